"""The signed score sheet as a workbook: the order of merit, every score behind it, former scores, recusals."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.workbook import Workbook

from portal.workbooks import add_sheet, append, as_bytes, headings, new_book, put, rule, title_row

from ..models import CallPage
from .merit import Record


def score_sheet(call: CallPage, criteria: list[str], records: list[Record]) -> bytes:
    """Return the score sheet as an .xlsx file: four sheets, from the order back to each score, who and when.

    Args:
        criteria: names of the rubric's criteria, in order.
        records: as `merit.records` gives them.
    """
    book = new_book()
    _sheet(book, _("排名"), call, *_order(call, records), signed=True)
    _sheet(book, _("评分明细"), call, *_scores(call, criteria, records))
    _sheet(book, _("以前的评分"), call, *_former(records))
    _sheet(book, _("回避"), call, *_recusals(records))
    return as_bytes(book)


def _order(call: CallPage, records: Iterable[Record]) -> tuple[list[str], list[list[Any]]]:
    heads = [_("名次"), _("项目名称"), _("单位"), _("有效评分")]
    if call.votes:
        heads += [_("通过"), _("不通过"), _("弃权"), _("通过率%")]
    else:
        heads += [
            _("计分"),
            _("平均分"),
            _("中位数"),
            _("去高低平均"),
            _("标准分"),
            _("极差"),
            _("标准差"),
            _("总分"),
        ]
    heads.append(_("提示"))
    rows = []
    for one in records:
        row = one.row
        figures: list[Any] = [None] * (len(heads) - 5)
        if row.merit:
            m = row.merit
            figures = [
                m.by_rule,
                m.mean,
                m.median,
                m.trimmed,
                m.standard,
                m.spread,
                m.deviation,
                m.total,
            ]
        elif row.ballot:
            b = row.ballot
            figures = [b.yes, b.no, b.abstain, b.share]
        hints = [
            words
            for words, applies in (
                (_("有效评分不足"), row.too_few),
                (_("分歧大"), row.disputed),
            )
            if applies
        ]
        count = (row.merit or row.ballot).count if row.merit or row.ballot else 0
        rows.append(
            [row.place, str(row.entry), str(row.entry.unit), count, *figures, "、".join(hints)]
        )
    return heads, rows


def _scores(
    call: CallPage, criteria: list[str], records: Iterable[Record]
) -> tuple[list[str], list[list[Any]]]:
    heads = [
        _("名次"),
        _("项目名称"),
        _("专家"),
        *([_("表决")] if call.votes else [*criteria, _("合计")]),
        _("所评版本"),
        _("提交时间"),
        _("计入"),
    ]
    return heads, [
        [
            one.row.place,
            str(one.row.entry),
            str(given.assignment.expert),
            *([given.vote] if call.votes else [*given.points, given.total]),
            given.assignment.review.version.number if given.assignment.review.version else None,
            _moment(given.assignment.review.locked_at),
            given.counted or _("计入"),
        ]
        for one in records
        for given in one.evidence
    ]


def _former(records: Iterable[Record]) -> tuple[list[str], list[list[Any]]]:
    heads = [
        _("项目名称"),
        _("专家"),
        _("原来的评分"),
        _("合计"),
        _("所评版本"),
        _("提交时间"),
        _("重新打开"),
        _("办理人"),
        _("理由"),
    ]
    return heads, [
        [
            str(one.row.entry),
            str(given.assignment.expert),
            former.get_vote_display()
            if former.vote
            else "；".join(f"{name} {points}" for name, points in former.points.items()),
            former.total,
            former.version.number,
            _moment(former.locked_at),
            _moment(former.reopened_at),
            str(former.reopened_by or _("系统")),
            former.reason,
        ]
        for one in records
        for given in one.evidence
        for former in given.former
    ]


def _recusals(records: Iterable[Record]) -> tuple[list[str], list[list[Any]]]:
    heads = [_("项目名称"), _("专家"), _("依据"), _("理由"), _("认定人"), _("时间")]
    return heads, [
        [
            str(one.row.entry),
            str(recusal.expert),
            recusal.get_ground_display(),
            recusal.reason,
            str(recusal.recorded_by or ""),
            _moment(recusal.created_at),
        ]
        for one in records
        for recusal in one.recusals
    ]


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _sheet(
    book: Workbook,
    title: str,
    call: CallPage,
    heads: list[str],
    rows: list[list[Any]],
    *,
    signed: bool = False,
) -> None:
    sheet = add_sheet(book, title)
    title_row(sheet, f"{call.title} · {title}", columns=len(heads))
    widths = [
        min(40, 2 * max([len(head), *(len(str(row[number] or "")) for row in rows)]) + 4)
        for number, head in enumerate(heads)
    ]
    headings(sheet, heads, widths=widths, row=2)
    for row in rows:
        append(sheet, row)
    rule(sheet, from_row=2)
    if signed:
        end = len(rows) + 4
        put(sheet.cell(end, 1), _("专家签名："))
        put(sheet.cell(end + 2, 1), _("计分人：          监督人：          日期：    年  月  日"))
