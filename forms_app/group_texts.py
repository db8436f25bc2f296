"""Texts for the chat group (发到群里): what happened or what is due, whom it concerns by name, and where to look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail import hooks

from portal.dates import day, day_and_time
from portal.units.models import Unit

from .covering import coverage_of
from .decision.noticing import announcements_of, listed_on
from .entries.deadlines import Deadlines
from .models import CallPage, Entry, EntryStatus, FormKind, PublicNotice


@dataclass(frozen=True)
class GroupText:
    """One message to be pasted into a chat group. Texts are the office's words and always Chinese.

    Attributes:
        code: ASCII.
        title: what it is for.
        text: with the address at its end.
        address: the same address, for the QR picture.
    """

    code: str
    title: str
    text: str
    address: str


def texts_for(call: CallPage, *, host: str) -> list[GroupText]:
    """Return the texts a call offers today, the most pressing first.

    Args:
        call: the call, with its year joined.
        host: where the portal is reached, such as "https://union.example", without a slash at the end.
    """
    address = f"{host}{call.url}"
    texts = [*_reminders(call, address)]
    for notice in call.public_notices.all():
        if text := _notice(notice, host):
            texts.append(text)
    if text := _results(call, host):
        texts.append(text)
    if timezone.now() <= call.closes_at:
        texts.append(_call(call, address))
    return texts


def _call(call: CallPage, address: str) -> GroupText:
    summing_up = call.kind == FormKind.SUMMARY
    lines = [
        f"【{call.programme_year.year}年度一会一品】{call.title}",
        f"时间：{day(call.opens_at)}至 {day_and_time(call.closes_at)}。",
        f"范围：{call.programme_year.year}年度立项的项目，每个项目一份总结表。"
        if summing_up
        else f"范围：{'、'.join(call.who_may_apply)}，每单位限报 {call.limit_per_unit} 项。",
        "手机、电脑都能填，随时保存；填好后请主席、书记在线签署。",
    ]
    return _text("call", "总结通知" if summing_up else "申报通知", lines, address)


def _reminders(call: CallPage, address: str) -> Iterable[GroupText]:
    """Yield one text to those who still have time, and another to those who have not: extensions are each unit's own."""
    now, deadlines = timezone.now(), Deadlines(call__in=[call])
    what, who, missing = _missing(call)
    if now < call.opens_at:
        return
    until = {unit: deadlines.of(call, unit) for unit in missing}
    in_time = [unit for unit in missing if now <= until[unit]]
    late = [unit for unit in missing if now > until[unit]]
    if in_time:
        lines = [
            f"【{what}提醒】{call.title}{_ends(call, now)}，"
            f"还有 {len(in_time)} 个{who}没有报送：{_names(in_time, call, until)}。",
            f"请以上{who}抓紧填写，遇到问题可以在群里问。",
        ]
        yield _text("reminder", f"提醒没有报送的{who}", lines, address)
    if late:
        lines = [
            f"【{what}已截止】{call.title}已于 {day_and_time(call.closes_at)} 截止，"
            f"还有 {len(late)} 个{who}没有报送：{_names(late, call, until)}。",
            f"还要{what}的请尽快与校工会联系延期，不{what}的请说明原因。",
        ]
        yield _text("reminder-late", f"提醒过了时间还没有报送的{who}", lines, address)


def _missing(call: CallPage) -> tuple[str, str, list[Unit]]:
    """Return what a call waits for, how those are called who owe it, and who they are.

    Colleges for applications, units with projects for summaries.
    """
    if call.kind == FormKind.SUMMARY:
        awaited = [unit for hook in hooks.get_hooks("summaries_awaited") for unit in hook(call)]
        return "总结", "单位", awaited
    standing = coverage_of(call.programme_year)
    if standing.call is None or standing.call.pk != call.pk:
        return "申报", "学院", []
    return "申报", "学院", [one.unit for one in standing.missing]


def _ends(call: CallPage, now: datetime) -> str:
    return f"{'已' if now > call.closes_at else '将'}于 {day_and_time(call.closes_at)} 截止"


def _notice(notice: PublicNotice, host: str) -> GroupText | None:
    listed = list(listed_on(notice))
    if not listed or timezone.localdate() > notice.ends_on:
        return None
    lines = [
        f"【公示】{notice.call.programme_year.year}年度一会一品拟立项 {len(listed)} 项，"
        f"公示期 {day(notice.starts_on)}至{day(notice.ends_on)}（含当日）。",
        *_listed(listed),
        "对公示内容有异议的，可在公示页面署名提出。",
    ]
    return _text(f"notice-{notice.pk}", "公示", lines, f"{host}{notice.path}")


def _results(call: CallPage, host: str) -> GroupText | None:
    approved = list(
        call.entries.filter(kind=FormKind.APPLICATION, status=EntryStatus.APPROVED)
        .select_related("unit")
        .order_by("unit__order", "pk")
    )
    if not approved:
        return None
    announced = [page for page in announcements_of(call) if page.live]
    where = "公布的通知里" if announced else "平台上（请登录）"
    lines = [
        f"【立项结果】{call.programme_year.year}年度一会一品已立项 {len(approved)} 项：",
        *_listed(approved),
        f"祝贺以上单位！立项编号和批准经费在{where}查看。",
    ]
    page = announced[-1] if announced else call
    return _text("results", "立项结果", lines, f"{host}{page.url}")


def _listed(entries: Iterable[Entry]) -> list[str]:
    return [f"{number}. {entry.unit}《{entry}》" for number, entry in enumerate(entries, start=1)]


def _names(units: Iterable[Unit], call: CallPage, until: dict[Unit, datetime]) -> str:
    return "、".join(
        f"{unit}（延至 {day_and_time(until[unit])}）" if until[unit] > call.closes_at else str(unit)
        for unit in units
    )


def _text(code: str, title: str, lines: Iterable[str], address: str) -> GroupText:
    return GroupText(code, title, "\n".join([*lines, f"链接：{address}"]), address)
