"""What is due for a unit's people around calls and entries: the cards of /my/."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.dates import day, day_and_time, end_of_day
from portal.units.models import Post, Unit, User
from portal.workspace.due import DueItem

from .decision.deciding import INTERNAL
from .entries.deadlines import NO_LONGER_COUNTED, Deadlines
from .entries.filling import progress
from .models import CallPage, Entry, EntryEvent, FormKind
from .models.status import CLOSED
from .models.status import EntryStatus as S
from .standing import post_title, standing, turn

FILLERS = {Post.OFFICER, Post.CHAIR}


def due_for_person(user: User) -> Iterator[DueItem]:
    """Yield the person's cards: calls his units have not answered, and every entry of theirs that is under way."""
    posts: dict[Unit, set[str]] = {}
    for held in user.posts:
        posts.setdefault(held.unit, set()).add(held.post)
    if not posts:
        return
    deadlines = Deadlines(unit__in=list(posts))
    yield from _open_calls(posts, deadlines)
    entries = list(
        Entry.objects.filter(unit__in=posts)
        .exclude(status__in=CLOSED)
        .select_related("call__programme_year", "unit", "form_version", "saved_by")
        .prefetch_related("attachments")
    )
    last = _last_events(entries)
    for entry in entries:
        yield _card(entry, posts[entry.unit], last.get(entry.pk), deadlines)


def _open_calls(posts: dict[Unit, set[str]], deadlines: Deadlines) -> Iterator[DueItem]:
    fillers = [unit for unit, held in posts.items() if held & FILLERS]
    now = timezone.now()
    calls = list(
        CallPage.objects.live()
        .filter(kind=FormKind.APPLICATION, opens_at__lte=now)
        .filter(Q(closes_at__gte=now) | Q(extensions__unit__in=fillers, extensions__until__gte=now))
        .select_related("programme_year")
        .distinct()
    )
    answered = set(
        Entry.objects.filter(call__in=calls, unit__in=fillers)
        .exclude(status__in=NO_LONGER_COUNTED)
        .values_list("call", "unit")
    )
    for call in calls:
        for unit in fillers:
            until = deadlines.of(call, unit)
            if (
                (call.pk, unit.pk) in answered
                or not call.admits(unit)
                or call.phase(now, until) != "open"
            ):
                continue
            yield DueItem(
                title=_("%(year)s年度项目申报") % {"year": call.programme_year.year},
                subject=call.title,
                why=_("%(unit)s还没有开始填写。%(at)s 截止。")
                % {"unit": unit, "at": day_and_time(until)},
                path=f"{reverse('forms_app:start', args=[call.pk])}?unit={unit.code}",
                button=_("开始填写"),
                until=until,
            )


def _card(entry: Entry, held: set[str], last: EntryEvent | None, deadlines: Deadlines) -> DueItem:
    if entry.status == S.DRAFT and held & FILLERS:
        return _draft(entry, deadlines)
    if entry.status == S.RETURNED and held & FILLERS:
        return _returned(entry, last, deadlines)
    if entry.status == S.ADJUSTING and held & FILLERS:
        return DueItem(
            title=_("校工会的调整建议"),
            subject=str(entry),
            why=_("%(date)s 提出：%(comment)s") % {"date": day(last.at), "comment": last.comment},
            path=reverse("forms_app:answer", args=[entry.pk]),
            button=_("看看改了什么"),
        )
    if (entry.status == S.AWAITING_CHAIR and Post.CHAIR in held) or (
        entry.status == S.AWAITING_PARTY and Post.PARTY in held
    ):
        return DueItem(
            title=_("请您签署%(form)s") % {"form": entry.get_kind_display()},
            subject=str(entry),
            why=_("%(who)s于 %(at)s 交来。") % {"who": last.actor, "at": day_and_time(last.at)},
            path=reverse("forms_app:sign", args=[entry.pk]),
            button=_("看过并签署"),
            until=None if entry.submitted_at else deadlines.of(entry.call, entry.unit),
        )
    return _calm(entry, last)


def _draft(entry: Entry, deadlines: Deadlines) -> DueItem:
    how_far = progress(entry)
    left = len(how_far.problems)
    return DueItem(
        title=_title(entry),
        subject=_("%(title)s · 还差 %(left)d 处") % {"title": entry, "left": left}
        if left
        else _("%(title)s · 已经填好，可以报送") % {"title": entry},
        why=_("上次保存 %(at)s，由%(who)s保存")
        % {"at": day_and_time(entry.saved_at), "who": entry.saved_by}
        if entry.saved_at
        else _("还没有保存过"),
        path=reverse("forms_app:edit" if left else "forms_app:check", args=[entry.pk]),
        button=_("继续填写") if left else _("检查并报送"),
        until=deadlines.of(entry.call, entry.unit),
        percent=how_far.percent,
    )


def _returned(entry: Entry, last: EntryEvent | None, deadlines: Deadlines) -> DueItem:
    until = None
    if entry.return_until:
        until = end_of_day(entry.return_until)
    elif not entry.submitted_at:
        until = deadlines.of(entry.call, entry.unit)
    return DueItem(
        title=_("退回修改：%(form)s") % {"form": _title(entry)},
        subject=str(entry),
        why=(
            _("%(who)s于 %(date)s 收回，改好以后请重新报送。")
            if last.action == "take_back"
            else _("%(who)s于 %(date)s 退回：%(comment)s")
        )
        % {"who": last.actor, "date": day(last.at), "comment": last.comment},
        path=reverse("forms_app:edit", args=[entry.pk]),
        button=_("去修改"),
        until=until,
    )


def _calm(entry: Entry, last: EntryEvent | None) -> DueItem:
    onward = standing(entry).onward
    if last:
        onward = _("%(date)s %(state)s。%(onward)s") % {
            "date": day(last.at),
            "state": entry.get_status_display(),
            "onward": onward,
        }
    return DueItem(
        title=_title(entry),
        subject=str(entry),
        why=onward,
        path=reverse("forms_app:entry", args=[entry.pk]),
        button=_("看一看"),
        waiting_for=turn(entry) or post_title(entry.unit, Post.OFFICER),
    )


def _title(entry: Entry) -> str:
    return _("%(year)s年度%(form)s") % {
        "year": entry.call.programme_year.year,
        "form": _("项目申报表") if entry.kind == FormKind.APPLICATION else _("项目总结表"),
    }


def _last_events(entries: list[Entry]) -> dict[int, EntryEvent]:
    # A newer form is told by a message; whose turn it is, and why, is what happened before.
    events = (
        EntryEvent.objects.filter(subject__in=entries)
        .exclude(action__in=(*INTERNAL, "move_form"))
        .select_related("actor")
    )
    return {event.subject_id: event for event in events.order_by("at", "pk")}
