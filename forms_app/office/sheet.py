"""The list of a call's entries as a spreadsheet (汇总表), as offices know it."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from ..models import CallPage, Entry, Outcome

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (6, 28, 36, 16, 12, 14, 14, 24)


def summary_sheet(call: CallPage, entries: Iterable[Entry]) -> bytes:
    """Return the list as an .xlsx file.

    Args:
        call: names the sheet.
        entries: with unit, category and decision joined, in the order of the list.

    What people typed is written as text whatever it begins with: a name like "=1+1" never becomes a formula.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = _("汇总表")
    heads = [
        _("序号"),
        _("单位"),
        _("项目名称"),
        _("类别"),
        _("负责人"),
        _("申请经费"),
        _("批准经费"),
        _("备注"),
    ]
    sheet.append([])
    put(sheet.cell(1, 1), call.title)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    for column, head in enumerate(heads, start=1):
        put(sheet.cell(2, column), head)
        sheet.cell(2, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[column - 1]
    for number, entry in enumerate(entries, start=1):
        for column, value in enumerate(_row(number, entry), start=1):
            put(sheet.cell(number + 2, column), value)
    line = Side(style="thin")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.freeze_panes = "A3"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


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


def put(cell: Any, value: Any) -> None:
    """Write a value into a cell: what people typed stays text whatever it begins with, sums get two decimals."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
