"""申报排名: the order of merit of each call whose review is closed, with what was decided beside it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_app.models import CallPage, Entry, EntryStatus, FormKind
from forms_app.office.merit import Row, order
from forms_app.office.sheet import granted, requested

from .table import Cell, Column, Kind, Report, Table, items
from .year_facts import YearFacts

TO_COME = (EntryStatus.SUBMITTED, EntryStatus.RETURNED)


def ranking(facts: YearFacts) -> Report:
    """Return the report: a table for each application call; places by `ranking`, as the office's page of the call has them."""
    calls = [
        call
        for call in facts.calls.values()
        if call.kind == FormKind.APPLICATION and call.needs_experts
    ]
    tables, ranked, disputed, too_few = [], 0, 0, 0
    for call in calls:
        entries = sorted(
            (one for one in facts.applications if one.call_id == call.pk),
            key=lambda one: (one.submitted_at, one.pk),
        )
        rows = [row for row in order(call, entries) if row.place] if _is_closed(entries) else []
        ranked += len(rows)
        disputed += sum(row.disputed for row in rows)
        too_few += sum(row.too_few for row in rows)
        tables.append(_table(call, entries, rows))
    return Report(
        code="ranking",
        title=_("申报排名"),
        lede=_("专家评审结束后才有排名。排名是参考，立项与否由校工会研究决定，另有记录。"),
        figures=[
            items(_("参加排名"), ranked),
            items(_("分歧大"), disputed),
            items(_("有效评分不足"), too_few),
        ],
        tables=tables
        or [Table(_("申报排名"), _columns([]), [], empty=_("这一年没有经过专家评审的申报通知。"))],
    )


def _is_closed(entries: list[Entry]) -> bool:
    """Return whether the experts have finished with what was given to them."""
    return not any(entry.status == EntryStatus.IN_REVIEW for entry in entries)


def _table(call: CallPage, entries: list[Entry], rows: list[Row]) -> Table:
    if call.votes:
        measures = [
            Column(_("有效票"), Kind.COUNT, 8),
            Column(_("通过"), Kind.COUNT, 8),
            Column(_("通过率（%）"), Kind.SCORE, 10),
        ]
    else:
        measures = [
            Column(_("有效评分"), Kind.COUNT, 8),
            Column(_("计分"), Kind.SCORE, 10),
            Column(_("平均"), Kind.SCORE, 10),
        ]
    waiting = sum(entry.status in TO_COME for entry in entries)
    if _is_closed(entries):
        empty = _("还没有专家提交评分。")
    else:
        empty = _("专家评审还没有结束，结束以后这里列出排名。")
    return Table(
        title=call.title,
        columns=_columns(measures),
        rows=[_row(row) for row in rows],
        note=ngettext(
            "另有 %(count)d 份还没有进入评审，不在排名里。",
            "另有 %(count)d 份还没有进入评审，不在排名里。",
            waiting,
        )
        % {"count": waiting}
        if rows and waiting
        else "",
        empty=empty,
        wide=True,
    )


def _columns(measures: list[Column]) -> list[Column]:
    return [
        Column(_("名次"), Kind.COUNT, 6),
        Column(_("项目名称"), width=32, is_title=True),
        Column(_("单位"), width=28),
        Column(_("项目类别"), width=14),
        *measures,
        Column(_("结果"), width=12),
        Column(_("申请经费（元）"), Kind.MONEY, 16),
        Column(_("批准经费（元）"), Kind.MONEY, 16),
    ]


def _row(row: Row) -> list[Any]:
    entry = row.entry
    if row.ballot:
        measures = [row.ballot.count, row.ballot.yes, row.ballot.share]
    else:
        measures = [row.merit.count, row.merit.by_rule, row.merit.mean]
    return [
        row.place,
        Cell(str(entry), url=reverse("office:entry", args=[entry.pk])),
        Cell(str(entry.unit), url=reverse("yearly:unit", args=[entry.unit.code])),
        str(entry.category or ""),
        *measures,
        entry.get_status_display(),
        requested(entry),
        granted(entry),
    ]
