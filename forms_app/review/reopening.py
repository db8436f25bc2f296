"""What the office does to an expert's part in a review: opens locked scores again, has him stay away, or lifts that again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import (
    Entry,
    EntryStatus,
    FormerRecusal,
    FormerReview,
    Recusal,
    RecusalGround,
    Review,
)
from forms_app.permissions import may_handle
from portal.lifecycle.door import Refused
from portal.units.models import User

from .locking import lock_entry
from .reviewing import assigned_to, unlock
from .telling import tell_lifted, tell_recused, tell_reopened

# After the decision neither scores nor recusals can change what was decided.
BEFORE_DECISION = (EntryStatus.IN_REVIEW, EntryStatus.DECIDING)


def reopen_scores(entry: Entry, *, review: Review, actor: User, reason: str) -> FormerReview:
    """Give an expert his locked scores back to correct; they count again once he hands them in.

    Rule: domain section 5 — a locked score is reopened only with a recorded reason.

    Raises:
        Refused: not the office, the review has ended, the scores are not locked, or no reason.

    Side effects: what was handed in is kept as a FormerReview, a message to the expert.
    """
    with transaction.atomic():
        entry = _handled(
            entry,
            actor,
            during=(EntryStatus.IN_REVIEW,),
            otherwise=_("专家评审已经结束，评分不能再打开。"),
        )
        review = (
            Review.objects.select_for_update(of=("self",))
            .select_related("assignment__expert")
            .get(pk=review.pk, assignment__entry=entry)
        )
        if not review.locked_at:
            raise Refused(_("这位专家的评分没有提交，他自己就可以修改。"), code="wrong_state")
        if not reason.strip():
            raise Refused(_("请写明重新打开评分的理由。"), code="guard")
        former = unlock(review, at=timezone.now(), actor=actor, reason=reason)
        tell_reopened(former)
    return former


def recuse(entry: Entry, *, expert: User, actor: User, reason: str) -> Recusal:
    """Have an expert stay away from an entry for a reason the records do not show; his scores no longer count.

    Rule: domain section 5, 回避 — somebody named without a staff number: the office is asked.

    Raises:
        Refused: not the office, decided already, he stays away already, or no reason.

    Side effects: the recusal; a message to the expert if the entry had been given to him.
    """
    with transaction.atomic():
        entry = _handled(
            entry,
            actor,
            during=BEFORE_DECISION,
            otherwise=_("只有在评审和决定期间可以认定回避。"),
        )
        if not reason.strip():
            raise Refused(_("请写明回避的理由。"), code="guard")
        if entry.recusals.filter(expert=expert).exists():
            raise Refused(_("%(name)s已经回避。") % {"name": expert}, code="guard")
        recusal = Recusal.objects.create(
            entry=entry,
            expert=expert,
            ground=RecusalGround.OFFICE,
            reason=reason,
            recorded_by=actor,
        )
        if entry.assignments.filter(expert=expert).exists():
            tell_recused(recusal)
    return recusal


def lift_recusal(entry: Entry, *, recusal: Recusal, actor: User, reason: str) -> FormerRecusal:
    """Let an expert have an entry again that he, or the office, had taken from him by mistake.

    What he had scored is there again. It counts where it had been handed in and the office had taken it from him; what he declared
    himself he alone takes back, by handing in once more. Who must stay away by the records still does.

    Raises:
        Refused: not the office, the review has ended, or no reason.

    Side effects: the recusal is kept as a FormerRecusal; handed-in scores may be open again, what was handed in is kept as a
    FormerReview; a message to the expert if the entry had been given to him.
    """
    with transaction.atomic():
        entry = _handled(
            entry,
            actor,
            during=(EntryStatus.IN_REVIEW,),
            otherwise=_("专家评审已经结束，回避不能再撤销。"),
        )
        if not reason.strip():
            raise Refused(_("请写明撤销回避的理由。"), code="guard")
        recusal = entry.recusals.select_for_update(of=("self",)).filter(pk=recusal.pk).first()
        if recusal is None:
            raise Refused(_("这一项回避已经撤销。"), code="wrong_state")
        former = FormerRecusal.objects.create(
            entry=entry,
            expert=recusal.expert,
            ground=recusal.ground,
            reason=recusal.reason,
            recused_at=recusal.created_at,
            lifted_by=actor,
            lifted_because=reason,
        )
        recusal.delete()
        handed_in = (
            Review.objects.select_for_update(of=("self",))
            .filter(assignment__entry=entry, assignment__expert=former.expert)
            .exclude(locked_at=None)
            .first()
        )
        if handed_in and former.ground == RecusalGround.DECLARED:
            unlock(handed_in, at=timezone.now(), actor=actor, reason=reason)
        if given := assigned_to(former.expert).filter(entry=entry).first():
            tell_lifted(former, given)
    return former


def _handled(
    entry: Entry, actor: User, *, during: tuple[EntryStatus, ...], otherwise: str
) -> Entry:
    entry = lock_entry(entry.pk)
    if not may_handle(actor, entry):
        raise Refused(_("只有校工会办公室可以办理，本单位的人回避。"), code="forbidden")
    if entry.status not in during:
        raise Refused(otherwise, code="wrong_state")
    return entry
