"""Workbooks as offices send them."""

import io

from openpyxl import Workbook, load_workbook

UNIT_TITLES = ["代码", "名称", "类型", "学科性学院", "挂靠单位代码", "会员人数"]
PEOPLE_TITLES = ["工号", "姓名", "手机", "邮箱", "单位代码", "职务", "任职起", "任职止"]


def workbook(*, units=None, people=None, prepare=None):
    """Return the bytes of a workbook.

    Args:
        units, people: the rows of the two sheets, the headings first; None leaves the sheet out.
        prepare: called with the openpyxl workbook before it is saved.
    """
    book = Workbook()
    book.remove(book.active)
    for title, rows in (("单位", units), ("人员", people)):
        if rows is not None:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
    if not book.sheetnames:
        book.create_sheet("Sheet1")
    if prepare:
        prepare(book)
    return saved(book)


def saved(book):
    """Return the bytes of an openpyxl workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def of_units(*rows):
    """Return a workbook of units with our usual headings."""
    return workbook(units=[UNIT_TITLES, *rows])


def of_people(*rows, prepare=None):
    """Return a workbook of people with our usual headings."""
    return workbook(people=[PEOPLE_TITLES, *rows], prepare=prepare)


def opened(content):
    """Return the rows of a workbook's first sheet."""
    return [list(row) for row in load_workbook(io.BytesIO(content)).worksheets[0].values]
