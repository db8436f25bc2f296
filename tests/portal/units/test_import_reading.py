"""What offices type, and what is told them when it cannot be read."""

from datetime import date, datetime

import pytest

from portal.units.importing import workbooks as downloads
from portal.units.importing.reading import PEOPLE, UNITS, read_workbook
from portal.units.models import Post, UnitKind
from tests.portal.units.workbooks import PEOPLE_TITLES, UNIT_TITLES, of_people, of_units, workbook


def problems(content):
    return [(p.sheet, p.row, p.column, p.message) for p in read_workbook(content).problems]


def message(content):
    ((_sheet, _row, _column, words),) = problems(content)
    return words


def person(content):
    reading = read_workbook(content)
    assert reading.problems == []
    return reading.rows[PEOPLE][0][1]


def test_a_unit_is_read():
    reading = read_workbook(of_units(["kj", "会计学院工会", "学院工会", "是", "", 120]))

    assert reading.rows[UNITS] == [
        (
            2,
            {
                "code": "kj",
                "name": "会计学院工会",
                "kind": UnitKind.COLLEGE,
                "is_disciplinary": True,
                "host": "",
                "member_count": 120,
            },
        )
    ]


def test_a_person_is_read():
    values = person(
        of_people(
            ["0012345", "示例甲", "13800000000", "a@example.com", "kj", "会长", "2024/3/20", ""]
        )
    )

    assert values["staff_no"] == "0012345"
    assert values["post"] == Post.CHAIR
    assert values["since"] == date(2024, 3, 20)
    assert values["until"] == ""


@pytest.mark.parametrize(
    "typed", ["2024-03-20", "2024年3月20日", "2024.3.20", datetime(2024, 3, 20)]
)
def test_dates_as_people_write_them(typed):
    values = person(of_people(["1", "示例甲", "", "", "kj", "经办人", typed, ""]))

    assert values["since"] == date(2024, 3, 20)


@pytest.mark.parametrize(
    "typed",
    [13800000000, 13800000000.0, "138 0000 0000", "１３８００００００００", "138-0000-0000"],
)
def test_mobile_numbers_as_excel_keeps_them(typed):
    assert person(of_people(["1", "示例甲", typed]))["phone"] == "13800000000"


def test_a_number_shown_with_leading_zeros_keeps_them():
    def show_zeros(book):
        book["人员"]["A2"].number_format = "0000000"

    assert person(of_people([12345, "示例甲"], prepare=show_zeros))["staff_no"] == "0012345"


@pytest.mark.parametrize("typed", ["　示例甲　", "示　例甲", " 示 例 甲 "])
def test_spaces_in_chinese_names_are_only_for_the_eye(typed):
    assert person(of_people(["1", typed]))["name"] == "示例甲"


def test_spaces_in_latin_names_stay():
    assert person(of_people(["1", " Ada  Example "]))["name"] == "Ada Example"


def test_full_width_digits_and_spaces_in_codes():
    assert person(of_people(["　００１２　", "示例甲"]))["staff_no"] == "0012"


def test_columns_may_come_in_any_order_and_optional_ones_may_be_missing():
    values = person(workbook(people=[["姓名*", "工号"], ["示例甲", "1"]]))

    assert values == {"name": "示例甲", "staff_no": "1"}


def test_empty_rows_are_passed_over():
    reading = read_workbook(of_people(["1", "示例甲"], [None] * 8, ["", ""], ["2", "示例乙"]))

    assert [row for row, _values in reading.rows[PEOPLE]] == [2, 5]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["", "示例甲"], "工号", "必填"),
        (["1", ""], "姓名", "必填"),
        (["1", "长" * 41], "姓名", "超过 40 个字"),
        (["１-Ａ/2", "示例甲"], "工号", "只能由字母、数字"),
        (["1", "示例甲", "1380"], "手机", "不是 11 位手机号"),
        (["1", "示例甲", "1.38E+10"], "手机", "科学计数法"),
        (["1", "示例甲", "", "a@"], "邮箱", "不是邮箱地址"),
        (["1", "示例甲", "", "", "kj", "科长"], "职务", "无法识别"),
        (["1", "示例甲", "", "", "kj", "经办人", "三月"], "任职起", "不是日期"),
        (["1", "示例甲", "", "", "kj", "经办人", "2024-02-30"], "任职起", "不是日期"),
        (["=A1", "示例甲"], "工号", "公式"),
        ([1234567890123456789, "示例甲"], "工号", "超过 15 位"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(row, column, words):
    ((sheet, number, heading, text),) = problems(of_people(row))

    assert (sheet, number, heading) == ("人员", 2, column)
    assert words in text


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["kj", "会计学院工会", "学院"], "类型"),
        (["kj", "会计学院工会", "学院工会", "有"], "学科性学院"),
        (["kj", "会计学院工会", "学院工会", "是", "", -3], "会员人数"),
        (["kj", "会计学院工会", "学院工会", "是", "", 1.5], "会员人数"),
    ],
)
def test_a_bad_cell_of_a_unit_is_named(row, column):
    ((_sheet, _row, heading, _text),) = problems(of_units(row))

    assert heading == column


def test_all_bad_cells_are_told_at_once():
    assert len(problems(of_people(["", "示例甲", "1"], ["2", "", "2"]))) == 4


@pytest.mark.parametrize("content", [b"", b"just text", b"PK\x03\x04broken", b"MZ" + bytes(2000)])
def test_what_is_no_workbook_is_refused(content):
    assert "不是 Excel 的 .xlsx 文件" in message(content)


def test_a_workbook_without_our_sheets_is_refused():
    assert "没有名为“单位”或“人员”的工作表" in message(workbook())


def test_a_workbook_without_rows_is_refused():
    assert "没有数据" in message(workbook(people=[PEOPLE_TITLES]))


def test_a_missing_column_is_named():
    assert problems(workbook(people=[["姓名"], ["示例甲"]])) == [
        ("人员", 1, "工号", "缺少这一列。")
    ]


def test_an_unknown_column_is_named():
    assert "不认识的列“部门”" in message(
        workbook(people=[["工号", "姓名", "部门"], ["1", "甲", "x"]])
    )


def test_a_column_that_comes_twice_is_named():
    found = problems(workbook(people=[["工号", "姓名", "姓名"], ["1", "甲", "乙"]]))

    assert {column for _sheet, _row, column, _text in found} == {"姓名"}


def test_a_merged_heading_is_refused():
    content = workbook(
        units=[UNIT_TITLES, ["kj", "会计学院工会", "学院工会"]],
        prepare=lambda book: book["单位"].merge_cells("A1:B1"),
    )

    assert "合并的单元格" in message(content)


def test_too_many_rows_are_refused_with_the_number():
    content = workbook(
        people=[PEOPLE_TITLES, ["1", "甲"]],
        prepare=lambda book: book["人员"].cell(20000, 1).__setattr__("value", "2"),
    )

    assert "表里有 20000 行" in message(content)


def test_the_template_is_accepted_as_soon_as_it_is_filled_in():
    assert "没有数据" in message(downloads.template())
