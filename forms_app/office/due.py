"""What is due for the office and for the experts: cards of the desk and of /my/."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.review.reviewing import assigned_to
from portal.dates import day
from portal.units.models import User
from portal.units.permissions import is_expert, is_school_union
from portal.workspace.due import DueItem

from ..models import CallPage, EntryEvent, EntryStatus
from .queues import notices_run_out, open_objections, reviewed


def due_for_office(user: User) -> Iterator[DueItem]:
    """Yield what waits for the school union's office, call by call."""
    if not is_school_union(user):
        return
    calls = CallPage.objects.annotate(
        to_check=Count("entries", filter=Q(entries__status=EntryStatus.SUBMITTED)),
        in_review=Count("entries", filter=Q(entries__status=EntryStatus.IN_REVIEW)),
        to_decide=Count("entries", filter=Q(entries__status=EntryStatus.DECIDING)),
        in_notice=Count("entries", filter=Q(entries__status=EntryStatus.IN_NOTICE)),
    ).filter(Q(to_check__gt=0) | Q(in_review__gt=0) | Q(to_decide__gt=0) | Q(in_notice__gt=0))
    # What holds an announcement back comes before what only waits.
    for objection in open_objections():
        yield DueItem(
            title=_("公示异议待处理"),
            subject=_("%(unit)s《%(title)s》")
            % {"unit": objection.entry.unit, "title": objection.entry},
            why=_("%(day)s收到；办结以前，这一项不能公布。")
            % {"day": day(timezone.localdate(objection.received_at))},
            path=reverse("office:objection", args=[objection.pk]),
            button=_("核实并办结"),
        )
    for call in calls.order_by("opens_at"):
        yield from _of_call(call)


def waiting_since(call: CallPage) -> datetime:
    """Return since when the entry that waits longest for its formal check has been there: a return begins a new wait."""
    arrivals = EntryEvent.objects.filter(
        subject__call=call, subject__status=EntryStatus.SUBMITTED, to_status=EntryStatus.SUBMITTED
    )
    newest = (
        arrivals.order_by()
        .values("subject")
        .annotate(last=Max("at"))
        .values_list("last", flat=True)
    )
    return min(newest)


def _of_call(call: CallPage) -> Iterator[DueItem]:
    queue = reverse("office:queue", args=[call.pk])
    if call.to_check:
        days = (timezone.now() - waiting_since(call)).days
        yield DueItem(
            title=_("形式审查：%(count)d 份") % {"count": call.to_check},
            subject=call.title,
            why=_("最早的一份已等了 %(days)d 天。") % {"days": days}
            if days
            else _("都是今天收到的。"),
            path=f"{queue}?status={EntryStatus.SUBMITTED}",
            button=_("去审查"),
        )
    if call.in_review and (done := reviewed(call.entries.all()).count()):
        yield DueItem(
            title=_("专家评审已完成：%(count)d 份") % {"count": done},
            subject=call.title,
            why=_("专家都已提交评分，可以结束评审。"),
            path=reverse("office:call", args=[call.pk]),
            button=_("结束评审"),
        )
    if call.to_decide:
        yield DueItem(
            title=_("待决定：%(count)d 份") % {"count": call.to_decide},
            subject=call.title,
            why=_("排名是参考，立项与否由校工会研究决定。"),
            path=reverse("office:board", args=[call.pk]),
            button=_("去决定"),
        )
    if call.in_notice and (over := notices_run_out(call.entries.all()).count()):
        yield DueItem(
            title=_("公示期满：%(count)d 项") % {"count": over},
            subject=call.title,
            why=_("没有未办结异议的，可以一次公布。"),
            path=reverse("office:call", args=[call.pk]),
            button=_("公布立项"),
        )


def due_for_expert(user: User) -> Iterator[DueItem]:
    """Yield one card for all an expert still has to review."""
    if not is_expert(user):
        return
    mine = assigned_to(user).filter(entry__status=EntryStatus.IN_REVIEW)
    done, total = 0, 0
    for _pk, locked_at in mine.values_list("pk", "review__locked_at"):
        total += 1
        done += locked_at is not None
    if done < total:
        yield DueItem(
            title=_("评审申报"),
            subject=_("已评 %(done)d / %(total)d") % {"done": done, "total": total},
            why=_("分数可以先存草稿，提交后就锁定。"),
            path=reverse("review:index"),
            button=_("去评审"),
            percent=100 * done // total,
        )
