"""What the office does to an expert's part in a review: takes it back, opens locked scores again, has him stay away, or lifts that again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import (
    Criterion,
    Entry,
    EntryStatus,
    FormerAssignment,
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
from .telling import tell_lifted, tell_recused, tell_reopened, tell_taken_back

# After the decision neither scores nor recusals can change what was decided.
BEFORE_DECISION = (EntryStatus.IN_REVIEW, EntryStatus.DECIDING)


def take_back_assignment(
    entry: Entry, *, expert: User, actor: User, reason: str
) -> FormerAssignment:
    """Take an entry from an expert it was given to by mistake; he may be given it again by hand.

    Raises:
        Refused: not the office, the review has ended, it is not his (any more), he has handed in once, he stays away, or
            no reason.

    Side effects: assignment, review and points are gone; who had it and what he had typed is kept as a FormerAssignment;
    a message to the expert.
    """
    with transaction.atomic():
        entry = _handled(
            entry,
            actor,
            during=(EntryStatus.IN_REVIEW,),
            otherwise=_("专家评审已经结束，分配不能再收回。"),
        )
        review = (
            Review.objects.select_for_update(of=("self",))
            .select_related("assignment__expert")
            .filter(assignment__entry=entry, assignment__expert=expert)
            .first()
        )
        if review is None:
            raise Refused(
                _("这份申报没有分配给%(name)s，或者已经收回。") % {"name": expert},
                code="wrong_state",
            )
        if refusal := why_not_take_back(review):
            raise refusal
        if not reason.strip():
            raise Refused(_("请写明收回的理由。"), code="guard")
        former = _keep(review, actor=actor, reason=reason)
        assignment = review.assignment
        review.scores.all().delete()
        review.delete()
        assignment.delete()
        tell_taken_back(former)
    return former


def why_not_take_back(review: Review) -> Refused | None:
    """Return what keeps an assignment from being taken back, or None (at most two queries, none where prefetched)."""
    name = {"name": review.assignment.expert}
    if review.locked_at or review.former.all():
        return Refused(
            _("%(name)s提交过评分，分配不能收回；不宜由他评审的，请认定回避。") % name,
            code="wrong_state",
        )
    away = {one.expert_id for one in review.assignment.entry.recusals.all()}
    if review.assignment.expert_id in away:
        return Refused(_("%(name)s已经回避，不用再收回。") % name, code="wrong_state")
    return None


def _keep(review: Review, *, actor: User, reason: str) -> FormerAssignment:
    """Put on record who had an entry, and what he had typed by then."""
    assignment = review.assignment
    points = {
        score.criterion.name: str(score.points)
        for score in review.scores.select_related("criterion")
    }
    names = {
        str(key): name
        for key, name in Criterion.objects.filter(pk__in=review.refused).values_list("pk", "name")
    }
    return FormerAssignment.objects.create(
        entry=assignment.entry,
        expert=assignment.expert,
        assigned_by=assignment.assigned_by,
        assigned_at=assignment.assigned_at,
        taken_back_by=actor,
        reason=reason,
        version=review.version,
        points=points
        | {names[key]: typed for key, typed in review.refused.items() if key in names},
        vote=review.vote,
        for_office=review.for_office,
        for_unit=review.for_unit,
    )


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
