"""Expert review: who is given what, who stays away, scores, and the end of the review."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app import messages
from forms_app.models import (
    Assignment,
    Entry,
    EntryVersion,
    FormerReview,
    Recusal,
    RecusalGround,
    Review,
    VersionReason,
)
from forms_app.models.status import EntryStatus
from forms_app.permissions import may_handle
from portal.lifecycle.door import Refused, carry_out
from portal.messaging.posting import post
from portal.units.models import User
from portal.units.permissions import is_expert, may_read_all

from .blind import unit_in_messages
from .conflicts import barred, barred_pairs, free_of_conflict, keep_barred_away, namesake_pairs
from .judgement import seal_of
from .locking import lock_entry
from .panel import serves

# While the review runs, and read-only afterwards until the decision is out.
REVIEW_VISIBLE = (EntryStatus.IN_REVIEW, EntryStatus.DECIDING, EntryStatus.ADJUSTING)
# A summary has reached its end when its review closes; its experts look back as long.
LOOK_BACK = timedelta(days=60)


def assigned_to(expert: User) -> QuerySet[Assignment]:
    """Return the assignments an expert may see: his own, of entries under review, none he must stay away from.

    An invited expert sees those of the call he is invited to, while the invitation is valid.
    """
    if not is_expert(expert):
        return Assignment.objects.none()
    now = timezone.now()
    of_his_call = Q(
        expert__invitation__call=F("entry__call"),
        expert__invitation__revoked_at__isnull=True,
        expert__invitation__expires_at__gt=now,
    )
    mine = Assignment.objects.filter(
        Q(entry__status__in=REVIEW_VISIBLE)
        | Q(entry__status=EntryStatus.EVALUATED, entry__closed_at__gt=now - LOOK_BACK),
        Q(expert__invitation__isnull=True) | of_his_call,
        expert=expert,
    )
    return (
        free_of_conflict(mine, expert)
        .select_related("entry__unit", "entry__category", "entry__call__rubric", "review")
        .distinct()
    )


def assign(entry: Entry, *, experts: Iterable[User], actor: User) -> list[Assignment]:
    """Give an entry to experts; those who have it already keep it.

    Raises:
        Refused: not the office, not under review, or one of the people must stay away (the reason names him).

    Side effects: assignments with empty reviews. The caller tells the experts once for all entries of a round.
    """
    with transaction.atomic():
        entry = lock_entry(entry.pk)
        if not may_handle(actor, entry):
            raise Refused(_("只有校工会可以分配专家，且不能处理本单位的申报。"), code="forbidden")
        if entry.status != EntryStatus.IN_REVIEW:
            raise Refused(_("这份申报不在专家评审阶段，不能分配专家。"), code="wrong_state")
        made = []
        for expert in experts:
            if not is_expert(expert):
                raise Refused(_("%(name)s不是评审专家。") % {"name": expert}, code="guard")
            if reason := barred(expert, entry):
                raise Refused(
                    _("%(name)s须回避：%(reason)s。") % {"name": expert, "reason": reason},
                    code="guard",
                )
            if namesake_pairs([expert], [entry]):
                raise Refused(
                    _("申报里写有与%(name)s同名的人，请先在这份申报的页面上认定是不是同一个人。")
                    % {"name": expert},
                    code="guard",
                )
            if may_read_all(expert):
                raise Refused(
                    _("%(name)s是校工会办公室或审计人员，看得到全部评分，不能兼任评审专家。")
                    % {"name": expert},
                    code="guard",
                )
            if not serves(expert, entry.call):
                raise Refused(
                    _("%(name)s没有受邀评审这次申报，或者邀请已经失效。") % {"name": expert},
                    code="guard",
                )
            assignment, created = Assignment.objects.get_or_create(
                entry=entry, expert=expert, defaults={"assigned_by": actor}
            )
            if created:
                Review.objects.create(assignment=assignment)
                made.append(assignment)
        return made


def declare_interest(assignment: Assignment, *, actor: User, reason: str) -> Recusal:
    """Stay away from an entry for a reason the records do not show; scores given so far no longer count.

    Raises:
        Refused: not his own assignment (any more), no reason, or the review is over: what was decided rests on its scores.
    """
    if assignment.expert_id != actor.pk:
        raise Refused(_("只能为自己申请回避。"), code="forbidden")
    if not reason.strip():
        raise Refused(_("请写明回避的理由。"), code="guard")
    with transaction.atomic():
        entry = lock_entry(assignment.entry_id)
        if not Assignment.objects.filter(pk=assignment.pk).exists():
            raise Refused(_("这份评审不是分配给您的，或者校工会已经收回。"), code="forbidden")
        if entry.status != EntryStatus.IN_REVIEW:
            raise Refused(
                _("评审已经结束，不能再申请回避；确有需要的，请联系校工会。"), code="wrong_state"
            )
        recusal, _created = Recusal.objects.get_or_create(
            entry=entry,
            expert=actor,
            defaults={"ground": RecusalGround.DECLARED, "reason": reason},
        )
    return recusal


def hand_in(review: Review, *, actor: User, seen: str | None = None) -> Review:
    """Lock an expert's scores; what he has handed in already stays so.

    Args:
        seen: `judgement.seal_of` of what he looked at before; None: he saw what the review holds.

    Raises:
        Refused: not his review, review closed, a criterion without a score, points that were given for an earlier
            version, or others than he saw.
    """
    with transaction.atomic():
        review = _his_review(review, actor)
        if review.locked_at:
            return review
        if missing := unfinished(review):
            raise Refused(
                _("还没有打分：%(names)s。") % {"names": "、".join(missing)}, code="guard"
            )
        if looks_older(review):
            raise Refused(
                _("单位修改后重新报送了这份申报，请看过新的内容，复核评分后再提交。"), code="guard"
            )
        if seen is not None and seen != seal_of(review):
            raise Refused(
                _("您在另一个窗口改过这份评分。请看过现在的分数，再提交。"), code="wrong_state"
            )
        review.locked_at = timezone.now()
        review.save()
    return review


def unfinished(review: Review) -> list[str]:
    """Return what an expert still has to judge before he can hand in: names of criteria, or the vote."""
    call = review.assignment.entry.call
    if call.votes:
        return [] if review.vote else [_("表决")]
    scored = {score.criterion_id for score in review.scores.all()}
    return [line.name for line in call.rubric.criteria.all() if line.pk not in scored]


def close_review(entry: Entry, *, actor: User, comment: str = "") -> Entry:
    """End the expert review of an entry: scores can no longer change; the office decides.

    Raises:
        Refused: no score handed in yet, not under review, or not the office.
    """
    return carry_out(entry, "close_review", actor=actor, comment=comment)


def has_scores(entry: Entry, **_details: object) -> str | None:
    """At least one expert who need not stay away has handed in, and no same name waits for the office's word."""
    if entry.assignments.awaiting_the_office().exists():
        return _("有专家与申报里的人同名，请先认定是不是同一个人。")
    experts = [one.assignment.expert for one in _handed_in(entry)]
    if len(barred_pairs(experts, [entry])) < len(experts):
        return None
    return _("还没有专家提交评分。")


def on_close_review(entry: Entry, *, at: datetime, to: str, **_details: object) -> None:
    """Ask once more who has to stay away: posts may have changed since. A summary has reached its end."""
    keep_barred_away(entry)
    if to == EntryStatus.EVALUATED:
        entry.closed_at = at


def sent_version(entry: Entry) -> EntryVersion:
    """Return what the unit sent last: the version experts score (one query)."""
    return entry.versions.filter(reason=VersionReason.SUBMITTED).latest("number")


def looks_older(review: Review) -> bool:
    """Return whether the points were given for other answers than those that stand now."""
    if review.version is None:
        return False
    return review.version.digest != sent_version(review.assignment.entry).digest


def reopen_older(entry: Entry, *, at: datetime) -> None:
    """Give the experts their reviews back where the unit has sent other answers than those they scored.

    The points stay as a draft to look over again; what had been handed in is kept as a FormerReview with its version.
    Sending the same answers again changes nothing.

    Side effects: former reviews, unlocked reviews, a message to each expert who had given points.
    """
    current = sent_version(entry)
    older = (
        Review.objects.select_for_update(of=("self",))
        .filter(assignment__entry=entry, version__isnull=False)
        .exclude(version__digest=current.digest)
        .exclude(assignment__expert__in=entry.recusals.values("expert"))
        .select_related("assignment__expert", "version")
    )
    for review in older:
        if review.locked_at:
            unlock(review, at=at, actor=None, reason=_("单位修改后重新报送"))
        post(
            messages.REVIEW_AGAIN,
            to=[review.assignment.expert],
            about=f"review:{review.pk}:version:{current.pk}",
            path=reverse("review:entry", args=[review.assignment_id]),
            title=str(entry),
            unit=unit_in_messages(entry),
        )


def unlock(review: Review, *, at: datetime, actor: User | None, reason: str) -> FormerReview:
    """Open a handed-in review again; its points stay as a draft, what was handed in is kept for the record.

    Args:
        review: a locked review, its row locked by the caller.
        at: when.
        actor: who opened it; None where sending other answers did.
        reason: why.
    """
    scores = list(review.scores.select_related("criterion"))
    former = FormerReview.objects.create(
        review=review,
        version=review.version,
        points={score.criterion.name: str(score.points) for score in scores},
        total=sum((score.points for score in scores), Decimal(0)),
        vote=review.vote,
        for_office=review.for_office,
        for_unit=review.for_unit,
        locked_at=review.locked_at,
        reopened_at=at,
        reopened_by=actor,
        reason=reason,
    )
    review.locked_at = None
    # What the office found of these words says nothing of those that come.
    review.held_back_by = review.held_back_at = None
    review.save(update_fields=["locked_at", "held_back_by", "held_back_at"])
    return former


def valid_reviews(entry: Entry) -> QuerySet[Review]:
    """Return the handed-in reviews that count: those of experts who did not have to stay away."""
    return Review.objects.filter(
        assignment__in=entry.assignments.counting(), locked_at__isnull=False
    )


def _handed_in(entry: Entry) -> QuerySet[Review]:
    return valid_reviews(entry).select_related("assignment__expert")


def open_review(review: Review, actor: User) -> Review:
    """Lock an expert's review to write into it, within a transaction.

    Raises:
        Refused: not his review, handed in already, or review closed.
    """
    review = _his_review(review, actor)
    if review.locked_at:
        raise Refused(_("评分已经提交，需要修改请联系校工会。"), code="wrong_state")
    return review


def _his_review(review: Review, actor: User) -> Review:
    lock_entry(review.assignment.entry_id)
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("assignment__entry__call__rubric", "version")
        .filter(pk=review.pk)
        .first()
    )
    # None: the office has taken it back since the page was asked for.
    if review is None or not assigned_to(actor).filter(review=review).exists():
        raise Refused(_("这份评审不是分配给您的，或者校工会已经收回。"), code="forbidden")
    if review.assignment.entry.status != EntryStatus.IN_REVIEW:
        raise Refused(_("评审已经结束，评分不能再改。"), code="wrong_state")
    return review
