"""The whole way of one entry (办理过程): everything that happened to it, from its records, in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.lifecycle.door import table_of

from .models import Entry, FormerReview, Review, Vote
from .showing import labels

# A signature is told by its own record.
SIGNED = ("sign_chair", "refuse_chair", "sign_party", "refuse_party")


@dataclass(frozen=True)
class Step:
    """One thing that happened.

    Attributes:
        who: the person, or "" where there was none.
        what: in a few words.
        said: the comment, reason or figures that were recorded.
    """

    at: datetime
    who: str
    what: str
    said: str = ""


def trail_of(entry: Entry) -> list[Step]:
    """Return every recorded step of an entry, the earliest first."""
    steps = [
        *_events(entry),
        *_versions(entry),
        *_signoffs(entry),
        *_remarks(entry),
        *_assignments(entry),
        *_reviews(entry),
        *_former_reviews(entry),
        *_talks(entry),
        *_objections(entry),
    ]
    return sorted(steps, key=lambda step: step.at)


def _events(entry: Entry) -> Iterator[Step]:
    names = {row.action: str(row.label) for row in table_of(entry).transitions}
    yield Step(entry.created_at, str(entry.created_by), _("开始填写"))
    for event in entry.events.select_related("actor").exclude(action__in=SIGNED):
        yield Step(event.at, str(event.actor), names[event.action], event.comment)


def _versions(entry: Entry) -> Iterator[Step]:
    for version in entry.versions.select_related("created_by"):
        yield Step(
            version.created_at,
            str(version.created_by),
            _("存档第 %(number)d 版（%(reason)s）")
            % {"number": version.number, "reason": version.get_reason_display()},
            _("校验码 %(digest)s") % {"digest": version.digest[:12]},
        )


def _signoffs(entry: Entry) -> Iterator[Step]:
    for signoff in entry.signoffs.select_related("signer"):
        yield Step(
            signoff.signed_at,
            str(signoff.signer),
            f"{signoff.get_level_display()}：{signoff.get_conclusion_display()}",
            signoff.text,
        )


def _remarks(entry: Entry) -> Iterator[Step]:
    names = labels(entry)
    for remark in entry.field_comments.select_related("author"):
        yield Step(
            remark.created_at,
            str(remark.author),
            _("对“%(label)s”提修改意见") % {"label": names.get(remark.field_key, remark.field_key)},
            remark.text,
        )


def _assignments(entry: Entry) -> Iterator[Step]:
    former = entry.former_assignments.select_related("expert", "assigned_by", "taken_back_by")
    given = entry.assignments.select_related("expert", "assigned_by")
    for one in (*former, *given):
        what = _("分配给%(expert)s评审") % {"expert": one.expert}
        yield Step(one.assigned_at, str(one.assigned_by), what)
    for one in former:
        what = _("收回%(expert)s的评审分配") % {"expert": one.expert}
        yield Step(one.taken_back_at, str(one.taken_back_by), what, one.reason)


def _reviews(entry: Entry) -> Iterator[Step]:
    for recusal in entry.recusals.select_related("expert"):
        yield Step(recusal.created_at, str(recusal.expert), _("回避"), recusal.reason)
    for former in entry.former_recusals.select_related("expert", "lifted_by"):
        yield Step(former.recused_at, str(former.expert), _("回避"), former.reason)
        yield Step(
            former.lifted_at,
            str(former.lifted_by),
            _("撤销%(expert)s的回避") % {"expert": former.expert},
            former.lifted_because,
        )
    reviews = Review.objects.filter(assignment__entry=entry, locked_at__isnull=False)
    for review in reviews.select_related("assignment__expert", "held_back_by").prefetch_related(
        "scores__criterion"
    ):
        points = [f"{score.criterion.name} {score.points}" for score in review.scores.all()]
        total = sum(score.points for score in review.scores.all())
        yield Step(
            review.locked_at,
            str(review.assignment.expert),
            _handed_in(review.vote, total),
            "；".join(points),
        )
        if review.held_back_at:
            yield Step(
                review.held_back_at,
                str(review.held_back_by),
                _("%(expert)s给单位的意见不转给单位") % {"expert": review.assignment.expert},
            )


def _former_reviews(entry: Entry) -> Iterator[Step]:
    former = FormerReview.objects.filter(review__assignment__entry=entry)
    for one in former.select_related("review__assignment__expert", "version", "reopened_by"):
        expert = str(one.review.assignment.expert)
        points = [f"{name} {given}" for name, given in one.points.items()]
        yield Step(one.locked_at, expert, _handed_in(one.vote, one.total), "；".join(points))
        yield Step(
            one.reopened_at,
            str(one.reopened_by or ""),
            _("重新打开%(expert)s的评分") % {"expert": expert},
            one.reason,
        )


def _handed_in(vote: str, total: Decimal) -> str:
    if vote:
        return _("提交表决：%(vote)s") % {"vote": Vote(vote).label}
    return _("提交评分 %(total)s") % {"total": total}


def _talks(entry: Entry) -> Iterator[Step]:
    names = labels(entry)
    for one in entry.adjustments.select_related("proposed_by", "answered_by"):
        label = names.get(one.field_key, one.field_key)
        yield Step(
            one.proposed_at,
            str(one.proposed_by),
            _("第 %(round)d 轮建议调整“%(label)s”") % {"round": one.round, "label": label},
            one.reason,
        )
        if one.answered_at:
            yield Step(
                one.answered_at,
                str(one.answered_by),
                _("对“%(label)s”的答复：%(answer)s")
                % {"label": label, "answer": one.get_answer_display()},
                one.answer_text,
            )


def _objections(entry: Entry) -> Iterator[Step]:
    for objection in entry.objections.prefetch_related("events__actor"):
        names = {row.action: str(row.label) for row in table_of(objection).transitions}
        # The objector is named on the objection's own page only: this one is printed and passed on.
        yield Step(objection.received_at, "", _("收到异议"), objection.text)
        for event in objection.events.all():
            yield Step(
                event.at,
                str(event.actor),
                _("异议：%(step)s") % {"step": names[event.action]},
                event.comment,
            )
