"""Reports as a workbook: a sheet for each table, ready to print."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from portal.dates import day_and_time
from portal.workbooks import add_sheet, append, as_bytes, headings, new_book, put, rule, title_row

from .table import Column, Kind, Report, Table, value_of

FIRST_ROW = 3  # below title and headings
PER_CENT = "0.0"


def workbook_of(reports: Iterable[Report], *, title: str, overview: bool = False) -> bytes:
    """Return reports as an .xlsx file.

    Args:
        title: stands above each table, before the table's own.
        overview: whether the first sheet gathers all figures.
    """
    several = list(reports)
    book = new_book()
    if overview:
        _overview(book, several, title)
    for report in several:
        for table in report.tables:
            _sheet(book, report, table, title)
    return as_bytes(book)


def _overview(book: Workbook, reports: Iterable[Report], title: str) -> None:
    table = Table(
        title=_("总览"),
        columns=[
            Column(_("报表"), width=16),
            Column(_("指标"), width=20),
            Column(_("数值"), width=20),
            Column(_("单位"), width=8),
        ],
        rows=[
            [report.title, figure.label, figure.value, figure.unit]
            for report in reports
            for figure in report.figures
        ],
    )
    sheet = _sheet(book, None, table, title)
    for row in sheet.iter_rows(min_row=FIRST_ROW, min_col=3, max_col=3):
        row[0].alignment = Alignment(horizontal="right", vertical="center")


def _sheet(book: Workbook, report: Report | None, table: Table, title: str) -> Worksheet:
    sheet = add_sheet(book, table.title)
    title_row(sheet, f"{title} · {table.title}", columns=len(table.columns))
    heads = [column.label for column in table.columns]
    headings(sheet, heads, widths=[column.width for column in table.columns], row=FIRST_ROW - 1)
    for row in table.rows:
        append(sheet, map(value_of, row))
    if table.totals:
        append(sheet, table.totals)
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
    for place, column in enumerate(table.columns, start=1):
        if column.kind == Kind.SHARE:
            for (cell,) in sheet.iter_rows(min_row=FIRST_ROW, min_col=place, max_col=place):
                cell.number_format = PER_CENT
    rule(sheet, from_row=FIRST_ROW - 1)
    end = sheet.max_row + 1
    below = [*(report.words if report else ()), table.note, "" if table.rows else table.empty]
    for number, words in enumerate(filter(None, below), start=end):
        put(sheet.cell(number, 1), words)
    at = _("生成时间：%(at)s") % {"at": day_and_time(timezone.now())}
    put(sheet.cell(sheet.max_row + 1, 1), at)
    _ready_to_print(sheet, table)
    return sheet


def _ready_to_print(sheet: Worksheet, table: Table) -> None:
    """Let the sheet fill A4 by its width, with the headings on each page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if table.wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{FIRST_ROW - 1}"
