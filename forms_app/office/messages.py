"""What the office's own acts tell people: experts get work or a reminder, the office gets an objection."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms_app.review.blind import unit_in_messages
from portal.messaging.kinds import register_kind
from portal.messaging.posting import post, told
from portal.units.models import Role
from portal.units.permissions import people_with

from ..models import Assignment, CallPage, FormerRecusal, FormerReview, Objection, Recusal

register_kind(
    "review_assigned",
    subject=_("请评审{call}的申报"),
    text=_(
        "校工会请您评审 {count} 份申报（{call}）。用手机或电脑打开都可以评分，分数可以先存草稿。"
    ),
)
register_kind(
    "review_reminder",
    subject=_("还有 {count} 份申报等您评审"),
    text=_("{call}还有 {count} 份申报等您提交评分，请抽空完成。"),
)
register_kind(
    "objection_received",
    subject=_("收到一条公示异议：{title}"),
    text=_("有人对公示中的“{title}”（{unit}）提出异议。核实并作出结论以前，这一项不能公布。"),
)
register_kind(
    "review_reopened",
    subject=_("请修改评分：{title}"),
    text=_(
        "校工会重新打开了您对《{title}》（{unit}）的评分：“{reason}”。原来的分数都在，修改后请再次提交。"
    ),
)
register_kind(
    "review_recused",
    subject=_("不再需要您评审：{title}"),
    text=_("按回避规定，《{title}》（{unit}）不再由您评审，已打的分不计入。"),
)
register_kind(
    "review_recusal_lifted",
    subject=_("请继续评审：{title}"),
    text=_(
        "校工会撤销了您对《{title}》（{unit}）的回避：“{reason}”。这一份又由您评审，原来打的分都在。"
    ),
)


def tell_assigned(call: CallPage, assignments: Iterable[Assignment]) -> None:
    """Tell each expert once how many entries he got in this round.

    Side effects: messages in the outbox.
    """
    assignments = list(assignments)
    counts = Counter(assignment.expert_id for assignment in assignments)
    newest = {assignment.expert_id: assignment for assignment in assignments}
    for key, assignment in newest.items():
        post(
            "review_assigned",
            to=[assignment.expert],
            about=f"assignment:{assignment.pk}",
            path=reverse("review:index"),
            call=call.title,
            count=counts[key],
        )


def remind(call: CallPage, assignments: Iterable[Assignment]) -> int:
    """Remind the experts of what they have not handed in; once a day.

    Args:
        call: the call.
        assignments: what is still open.

    Returns:
        How many people were reminded; those who were reminded today already are not.

    Side effects: messages in the outbox.
    """
    assignments = list(assignments)
    counts = Counter(assignment.expert_id for assignment in assignments)
    about = f"call:{call.pk}:{timezone.localdate():%Y%m%d}"
    done = told("review_reminder", about=about)
    experts = {one.expert_id: one.expert for one in assignments if one.expert_id not in done}
    for key, expert in experts.items():
        post(
            "review_reminder",
            to=[expert],
            about=about,
            path=reverse("review:index"),
            call=call.title,
            count=counts[key],
        )
    return len(experts)


def tell_objection(objection: Objection) -> None:
    """Tell the office that somebody objects; the objector is not named.

    Side effects: messages in the outbox.
    """
    post(
        "objection_received",
        to=people_with(Role.SCHOOL_UNION),
        about=f"objection:{objection.pk}",
        path=reverse("office:objection", args=[objection.pk]),
        title=str(objection.entry),
        unit=str(objection.entry.unit),
    )


def tell_reopened(former: FormerReview) -> None:
    """Tell the expert why his scores are open again.

    Side effects: messages in the outbox.
    """
    assignment = former.review.assignment
    post(
        "review_reopened",
        to=[assignment.expert],
        about=f"reopening:{former.pk}",
        path=reverse("review:entry", args=[assignment.pk]),
        title=str(assignment.entry),
        unit=unit_in_messages(assignment.entry),
        reason=former.reason,
    )


def tell_recused(recusal: Recusal) -> None:
    """Tell the expert that an entry has been taken from him.

    Side effects: messages in the outbox.
    """
    post(
        "review_recused",
        to=[recusal.expert],
        about=f"recusal:{recusal.pk}",
        path=reverse("review:index"),
        title=str(recusal.entry),
        unit=unit_in_messages(recusal.entry),
    )


def tell_lifted(former: FormerRecusal, assignment: Assignment) -> None:
    """Tell the expert that he has an entry again.

    Side effects: messages in the outbox.
    """
    post(
        "review_recusal_lifted",
        to=[former.expert],
        about=f"lifted:{former.pk}",
        path=reverse("review:entry", args=[assignment.pk]),
        title=str(former.entry),
        unit=unit_in_messages(former.entry),
        reason=former.lifted_because,
    )
