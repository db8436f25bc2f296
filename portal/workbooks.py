"""Writing .xlsx: the one place where a value becomes a cell.

Types are kept (numbers, amounts, days), and what people typed is text whatever it begins with: "=1+1" is no formula, not
even after somebody has edited the cell.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.plain_text import without_control

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TITLE = 31  # characters of a sheet's name
LONGEST_TEXT = 32767  # characters of a cell
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def new_book() -> Workbook:
    """Return a workbook without any sheet."""
    book = Workbook()
    book.remove(book.active)
    return book


def add_sheet(book: Workbook, title: str) -> Worksheet:
    """Return a new sheet; its name is cut, cleaned and made different from the others where Excel asks for it."""
    stem = _NOT_IN_TITLES.sub(" ", without_control(title)).strip()[:LONGEST_TITLE] or "Sheet"
    taken = {name.lower() for name in book.sheetnames}
    name, number = stem, 1
    while name.lower() in taken:
        number += 1
        name = f"{stem[: LONGEST_TITLE - len(str(number)) - 1]} {number}"
    return book.create_sheet(name)


def put(cell: Cell, value: Any) -> None:
    """Write a value into a cell with its type: text, whole number, amount (Decimal), day (date), yes or no."""
    if isinstance(value, str):
        text = without_control(value)[:LONGEST_TEXT]
        if not text:
            return
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text.startswith(_FORMULA)
        return
    cell.value = value
    if isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, date):
        cell.number_format = 'yyyy"年"m"月"d"日"'


def append(sheet: Worksheet, values: Iterable[Any]) -> None:
    """Write a row below the last one."""
    cells = []
    for value in values:
        cell = Cell(sheet)
        put(cell, value)
        cells.append(cell)
    # The sheet knows where it ends; `max_row` would look through all its cells.
    sheet.append(cells)


def headings(
    sheet: Worksheet, titles: Sequence[str], *, widths: Sequence[int] | int = 18, row: int = 1
) -> None:
    """Write the headings, which stay in sight.

    Args:
        widths: of the columns in characters, or one for all.
        row: where they stand.
    """
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(row, column)
        put(cell, title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F2ECE1")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        width = widths if isinstance(widths, int) else widths[column - 1]
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{row + 1}"


def title_row(sheet: Worksheet, title: str, *, columns: int) -> None:
    """Write a title across the first row."""
    put(sheet.cell(1, 1), title)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")


def rule(sheet: Worksheet, *, from_row: int) -> None:
    """Draw borders around the cells and let long texts break."""
    line = Side("thin")
    border = Border(left=line, right=line, top=line, bottom=line)
    # One style for all cells that look alike: a style of its own is what a cell costs most.
    alignments: dict[str | None, Alignment] = {}
    for row in sheet.iter_rows(min_row=from_row):
        for cell in row:
            horizontal = cell.alignment.horizontal
            if horizontal not in alignments:
                alignments[horizontal] = Alignment(
                    horizontal=horizontal, vertical="center", wrap_text=True
                )
            cell.border, cell.alignment = border, alignments[horizontal]


def as_bytes(book: Workbook) -> bytes:
    """Return a workbook as a file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()
