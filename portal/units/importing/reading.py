"""Reading the workbook: sheets, headings, rows. What is wrong is collected with its place, not raised one by one."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHEET_MAIN_NS
from PIL.Image import DecompressionBombError

from portal.office_files import BROKEN, MB, Limits, Unsound, marked_up_parts

from . import cells

MAX_ROWS = 5_000
# MAX_ROWS people fill some four hundred thousand tags and attributes.
LIMITS = Limits(markup=30 * MB, marks=1_200_000)
MOST_COVERED = 50_000  # cells under merged areas and links: openpyxl makes each of them
COVERING = (f"{{{SHEET_MAIN_NS}}}mergeCell", f"{{{SHEET_MAIN_NS}}}hyperlink")


REASONS = {
    "broken": gettext_lazy("这不是 Excel 的 .xlsx 文件，或文件已损坏。"),
    "locked": gettext_lazy("文件设有打开密码。请取消密码后重新上传。"),
    "too_large": gettext_lazy("文件解压后太大，请删去图片和多余的工作表。"),
    "dtd": gettext_lazy(
        "文件里有 Excel 不会写的定义（DTD），不能接收。请用 Excel 另存后重新上传。"
    ),
    "covered": gettext_lazy("表里合并的单元格或链接太多。请取消合并、清除链接后再上传。"),
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet. `limit` is the most characters; `help` is for the template's second sheet."""

    key: str
    title: str
    read: Callable[[Cell], Any]
    required: bool = False
    limit: int | None = None
    help: str = ""


UNITS = "单位"
PEOPLE = "人员"
COLUMNS: dict[str, tuple[Column, ...]] = {
    UNITS: (
        Column("code", "代码", cells.code, True, help="单位的唯一编号，已有的代码会更新该单位"),
        Column("name", "名称", cells.name, True, 60),
        Column("short_name", "简称", cells.name, limit=20),
        Column("kind", "类型", cells.kind, True, help="、".join(cells.KINDS)),
        Column("is_disciplinary", "学科性学院", cells.yes_no, help="是或否；只有学院工会可以填是"),
        Column("host", "挂靠单位代码", cells.code, help="协会挂靠的单位的代码"),
        Column("party_organisation", "党组织", cells.name, limit=60),
        Column("member_count", "会员人数", cells.count),
        Column("order", "排序", cells.count, help="全校单位的排列次序，小的在前"),
        Column("is_active", "在用", cells.yes_no, help="撤并的单位填否"),
    ),
    PEOPLE: (
        Column("staff_no", "工号", cells.code, True, help="已有的工号会更新该人；从不按姓名匹配"),
        Column("name", "姓名", cells.name, True, 40),
        Column("phone", "手机", cells.mobile, help="11 位"),
        Column("email", "邮箱", cells.email),
        Column("unit", "单位代码", cells.code, help="任职的单位；没有职务的人不填"),
        Column("post", "职务", cells.post, help="、".join(cells.POSTS)),
        Column("since", "任职起", cells.day, help="如 2024-03-20；不填为导入当天"),
        Column("until", "任职止", cells.day, help="卸任的人填最后一天；不填则不改变"),
    ),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong and where: sheet, row number and column heading as the typist sees them (0 and "" for the file)."""

    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass
class Reading:
    """What was read. A row is its number and its values by column key; columns missing from the sheet have no value.

    Attributes:
        rows: by sheet, the rows of which every cell could be read.
        partly: by sheet, the other rows: number, what could be read, and the keys of the cells that could not.
        problems: what is wrong, as it was found.
    """

    rows: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    partly: dict[str, list[tuple[int, dict[str, Any], frozenset[str]]]] = field(
        default_factory=dict
    )
    problems: list[Problem] = field(default_factory=list)


def read_workbook(content: bytes) -> Reading:
    """Read the sheets 单位 and 人员 (either may be missing).

    Args:
        content: the bytes of an .xlsx file.

    Returns:
        Rows and problems.
    """
    reading = Reading()
    try:
        workbook = _opened(content)
    except Unsound as unsound:
        reading.problems.append(Problem(str(REASONS[unsound.code])))
        return reading
    sheets = [sheet for sheet in COLUMNS if sheet in workbook.sheetnames]
    if not sheets:
        reading.problems.append(
            Problem(_("文件里没有名为“单位”或“人员”的工作表，请使用下载的模板。"))
        )
    for title in sheets:
        _read_sheet(workbook[title], title, reading)
    if sheets and not reading.problems and not any(reading.rows.values()):
        reading.problems.append(Problem(_("表里没有数据。请从第 2 行开始填写。")))
    return reading


def _opened(content: bytes) -> Workbook:
    """Return the workbook; links to other workbooks are left out.

    Raises:
        Unsound: it is not opened, or cannot be.
    """
    covered = sum(
        _cells_of(one.get("ref", ""))
        for _name, root in marked_up_parts(content, LIMITS)
        for one in root.iter(COVERING)
    )
    if covered > MOST_COVERED:
        raise Unsound("covered")
    try:
        return load_workbook(io.BytesIO(content), keep_links=False)
    except DecompressionBombError as bomb:
        raise Unsound("too_large") from bomb
    except (InvalidFileException, TypeError, IndexError, OSError, SyntaxError, *BROKEN) as error:
        # openpyxl lets through whatever the archive or its XML makes its parsers raise.
        raise Unsound("broken") from error


def _cells_of(area: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(area)
        return (right - left + 1) * (bottom - top + 1)
    except (ValueError, TypeError):  # no area, or a whole column or row
        return MOST_COVERED + 1 if ":" in area else 1


def _read_sheet(sheet: Worksheet, title: str, reading: Reading) -> None:
    reading.rows[title], reading.partly[title] = [], []
    if sheet.max_row > MAX_ROWS + 1:
        message = _("表里有 %(rows)d 行，一次最多 %(most)d 行。如有空行，请删除后再上传。")
        values = {"rows": sheet.max_row, "most": MAX_ROWS}
        reading.problems.append(Problem(message % values, title))
        return
    columns = _read_headings(sheet, title, reading.problems)
    if columns is None:
        return
    for line in sheet.iter_rows(min_row=2, max_col=len(columns)):
        if any(cell.value not in (None, "") for cell in line):
            _read_row(line, columns, title, reading)


def _read_headings(
    sheet: Worksheet, title: str, problems: list[Problem]
) -> list[Column | None] | None:
    """Return the columns in the order of the sheet, or None after noting what is wrong with the headings."""
    if any(area.min_row == 1 for area in sheet.merged_cells.ranges):
        problems.append(Problem(_("表头有合并的单元格。表头只占第 1 行，一列一个标题。"), title, 1))
        return None
    known = {column.title: column for column in COLUMNS[title]}
    headings = ["".join(str(cell.value or "").split()).rstrip("*＊") for cell in sheet[1]]
    while headings and not headings[-1]:
        headings.pop()
    found = len(problems)
    for heading in headings:
        if heading and heading not in known:
            words = {"heading": heading, "words": "、".join(known)}
            message = _("不认识的列“%(heading)s”。可用的列：%(words)s。") % words
            problems.append(Problem(message, title, 1, heading))
        elif heading and headings.count(heading) > 1:
            problems.append(Problem(_("这一列出现了不止一次。"), title, 1, heading))
    problems += [
        Problem(_("缺少这一列。"), title, 1, column.title)
        for column in COLUMNS[title]
        if column.required and column.title not in headings
    ]
    return None if len(problems) > found else [known.get(heading) for heading in headings]


def _read_row(
    line: tuple[Cell, ...], columns: list[Column | None], title: str, reading: Reading
) -> None:
    values: dict[str, Any] = {}
    bad = set()
    for cell, column in zip(line, columns, strict=True):
        if column is None:
            continue
        try:
            value = column.read(cell)
            if value == "" and column.required:
                raise cells.BadCell(_("必填。"))
            if column.limit and len(value) > column.limit:
                raise cells.BadCell(_("超过 %(limit)d 个字。") % {"limit": column.limit})
            values[column.key] = value
        except cells.BadCell as reason:
            bad.add(column.key)
            reading.problems.append(Problem(str(reason), title, cell.row, column.title))
    if bad:
        reading.partly[title].append((line[0].row, values, frozenset(bad)))
    else:
        reading.rows[title].append((line[0].row, values))
