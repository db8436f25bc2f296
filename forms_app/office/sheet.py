"""The list of a call's entries as a spreadsheet (汇总表), as offices know it."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from portal.workbooks import add_sheet, append, as_bytes, headings, new_book, rule, title_row

from ..models import CallPage, Entry, Outcome

WIDTHS = (6, 28, 36, 16, 12, 14, 14, 24)


def summary_sheet(call: CallPage, entries: Iterable[Entry]) -> bytes:
    """Return the list as an .xlsx file.

    Args:
        call: names the sheet.
        entries: with unit, category and decision joined, in the order of the list.

    What people typed is written as text whatever it begins with: a name like "=1+1" never becomes a formula.
    """
    book = new_book()
    sheet = add_sheet(book, _("汇总表"))
    heads = [
        _("序号"),
        _("单位"),
        _("项目名称"),
        _("类别"),
        _("负责人"),
        _("申请经费（元）"),
        _("批准经费（元）"),
        _("备注"),
    ]
    title_row(sheet, call.title, columns=len(heads))
    headings(sheet, heads, widths=WIDTHS, row=2)
    entries = list(entries)
    for number, entry in enumerate(entries, start=1):
        append(sheet, _row(number, entry))
    if entries:
        sums = [sum(filter(None, map(one, entries)), Decimal(0)) for one in (requested, granted)]
        append(sheet, [_("合计"), "", "", "", "", *sums])
    rule(sheet, from_row=2)
    return as_bytes(book)


def requested(entry: Entry) -> Decimal | None:
    """Return the sum the unit applied for in 元, or None where the form holds no readable one."""
    try:
        return Decimal(str(entry.answers.get("amount_requested") or ""))
    except InvalidOperation:
        return None


def granted(entry: Entry) -> Decimal | None:
    """Return the sum that was granted in 元, or None before an establishment is released."""
    decision = getattr(entry, "decision", None)
    if decision is None or not decision.is_released or decision.outcome != Outcome.ESTABLISH:
        return None
    return decision.amount_granted


def _row(number: int, entry: Entry) -> list[Any]:
    return [
        number,
        str(entry.unit),
        str(entry),
        str(entry.category or ""),
        str(entry.answers.get("leader_name") or ""),
        requested(entry),
        granted(entry),
        entry.get_status_display(),
    ]
