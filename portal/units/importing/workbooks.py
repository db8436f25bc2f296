"""Workbooks that the office downloads: the template to fill in, and the list of initial passwords."""

from collections.abc import Iterable

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.workbooks import add_sheet, append, as_bytes, headings, new_book

from ..models import User
from .cells import KINDS
from .reading import COLUMNS, PEOPLE, UNITS

PREPARED_ROWS = 500
CHOICES = {
    "kind": list(KINDS),
    "post": ["经办人", "工会主席", "党组织书记", "会长", "挂靠单位负责人"],
    "is_disciplinary": ["是", "否"],
    "is_active": ["是", "否"],
}


def template() -> bytes:
    """Return the workbook to fill in: two sheets of text cells with lists to choose from, and one that explains."""
    workbook = new_book()
    for title, columns in COLUMNS.items():
        sheet = add_sheet(workbook, title)
        headings(sheet, [f"{c.title}*" if c.required else c.title for c in columns])
        for index, column in enumerate(columns, start=1):
            letter = get_column_letter(index)
            # Text cells keep leading zeros and long numbers as they are typed.
            for row in range(2, PREPARED_ROWS + 2):
                sheet.cell(row, index).number_format = "@"
            if column.key in CHOICES:
                choice = DataValidation("list", formula1=f'"{",".join(CHOICES[column.key])}"')
                choice.add(f"{letter}2:{letter}{PREPARED_ROWS + 1}")
                sheet.add_data_validation(choice)
    _explain(add_sheet(workbook, "填写说明"))
    return as_bytes(workbook)


def _explain(sheet: Worksheet) -> None:
    headings(sheet, ["工作表", "列", "必填", "说明"])
    for title in (UNITS, PEOPLE):
        for column in COLUMNS[title]:
            append(sheet, [title, column.title, "是" if column.required else "", column.help])
    for note in (
        "空着的单元格不改变系统里已有的内容；要清空某一项，请在管理后台的登记表里改。",
        "一个人任两个职务，就写两行，工号和姓名相同。",
        "不在表里的单位和人不会受影响；卸任的人，填上“任职止”才会结束任期。",
    ):
        append(sheet, ["", "", "", note])
    sheet.column_dimensions["D"].width = 70


def passwords(given: Iterable[tuple[User, str]]) -> bytes:
    """Return the list of initial passwords to hand out, in the order given."""
    workbook = new_book()
    sheet = add_sheet(workbook, "初始密码")
    headings(sheet, ["工号", "姓名", "用户名", "初始密码"])
    for person, password in given:
        append(sheet, [person.staff_no or "", person.name, person.username, password])
    return as_bytes(workbook)
