"""Comparing with what is stored, and applying exactly what was shown."""

from datetime import date

import pytest
import time_machine

from portal.units.importing.applying import Outdated, apply, keep, plan_of
from portal.units.importing.comparing import POSTS, compare
from portal.units.importing.reading import PEOPLE, UNITS, read_workbook
from portal.units.models import (
    AuditAction,
    AuditRecord,
    Membership,
    PeopleImport,
    Post,
    Role,
    Unit,
    User,
)
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with
from tests.portal.units.workbooks import of_people, of_units, workbook

pytestmark = pytest.mark.both

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-03-20 09:00+08:00"):
        yield


@pytest.fixture
def office(db):
    return person_with(Role.SCHOOL_UNION)


@pytest.fixture
def college(db):
    return UnitFactory(code="kj", name="会计学院工会", member_count=100)


def imported(content, office):
    plan, upload = keep(content, file_name="名单.xlsx", actor=office)
    assert plan.problems == []
    return apply(upload, actor=office)


def told(content, office):
    plan = compare(read_workbook(content), actor=office)
    return [(p.row, p.column, p.message) for p in plan.problems]


def test_new_units_and_people_are_created(office):
    content = workbook(
        units=[
            ["代码", "名称", "类型", "挂靠单位代码"],
            ["hc", "合唱协会", "教职工文体协会", "ys"],
            ["ys", "艺术设计学院工会", "学院工会", ""],
        ],
        people=[
            ["工号", "姓名", "手机", "单位代码", "职务"],
            ["0012", "示例甲", 13800000000, "hc", "会长"],
        ],
    )
    upload = imported(content, office)

    person = User.objects.get(staff_no="0012")
    held = person.memberships.get()
    assert Unit.objects.get(code="hc").host.code == "ys"
    assert (person.username, person.phone, person.name) == ("0012", "13800000000", "示例甲")
    assert (held.unit.code, held.post, held.since, held.until) == ("hc", Post.CHAIR, TODAY, None)
    assert list(upload.created_people.all()) == [person]


def test_new_people_have_no_password_until_the_office_hands_one_out(office):
    imported(of_people(["1", "示例甲"]), office)
    person = User.objects.get(staff_no="1")

    assert not person.has_usable_password()
    assert person.must_change_password


def test_units_are_matched_by_code_and_shown_field_by_field(office, college):
    content = of_units(["kj", "会计学院分工会", "学院工会", "是", "", 120])
    plan = compare(read_workbook(content), actor=office)
    (item,) = plan.items[UNITS]

    assert item.state == "changed"
    assert [(d.label, d.before, d.after) for d in item.differences] == [
        ("名称", "会计学院工会", "会计学院分工会"),
        ("会员人数", "100", "120"),
    ]


def test_people_are_matched_by_staff_number_never_by_name(office):
    namesake = UserFactory(name="示例甲", staff_no="1")
    imported(of_people(["2", "示例甲", "13900000000"], ["1", "示例丙"]), office)
    namesake.refresh_from_db()

    assert namesake.name == "示例丙"
    assert namesake.phone == ""
    assert User.objects.get(staff_no="2").phone == "13900000000"


def test_empty_cells_change_nothing(office, college):
    person = person_of(college, staff_no="1", name="示例甲", phone="13800000000")
    plan = compare(read_workbook(of_people(["1", "示例甲", "", ""])), actor=office)
    imported(of_people(["1", "示例乙", "", ""]), office)
    person.refresh_from_db()

    assert plan.changes_nothing
    assert person.phone == "13800000000"
    assert person.email.endswith("@example.com")


def test_who_is_not_in_the_workbook_is_not_touched(office, college):
    person_of(college, Post.CHAIR, staff_no="1")
    imported(of_people(["2", "示例乙", "", "", "kj", "主席"]), office)

    assert Membership.objects.filter(unit=college, until=None).count() == 2


def test_a_post_ends_only_when_the_workbook_says_so(office, college):
    person = person_of(college, Post.CHAIR, staff_no="1", name="示例甲")
    Membership.objects.update(since=date(2024, 3, 1))
    imported(of_people(["1", "示例甲", "", "", "kj", "工会主席", "", "2026-03-31"]), office)

    held = person.memberships.get()
    assert (held.since, held.until) == (date(2024, 3, 1), date(2026, 3, 31))


def test_a_second_chair_beside_the_one_in_office_is_pointed_out(office, college):
    person_of(college, Post.CHAIR, staff_no="1", name="示例甲")
    Membership.objects.update(since=date(2024, 3, 1))
    row = ["2", "示例乙", "", "", "kj", "工会主席"]

    [item] = compare(read_workbook(of_people(row)), actor=office).items[POSTS]
    assert "示例甲" in item.remark
    handed_over = of_people(["1", "示例甲", "", "", "kj", "工会主席", "", "2026-03-19"], row)
    plan = compare(read_workbook(handed_over), actor=office)
    assert [item.remark for item in plan.items[POSTS]] == ["", ""]


def test_a_unit_whose_place_is_not_given_stands_last(office, college):
    Unit.objects.update(order=10)
    imported(of_units(["aa", "示例新学院工会", "学院工会", "否"]), office)

    assert [unit.code for unit in Unit.objects.all()] == ["kj", "aa"]


def test_a_second_term_after_an_ended_one_is_new(office, college):
    person = person_of(college, Post.CHAIR, staff_no="1", name="示例甲")
    Membership.objects.update(since=date(2020, 3, 1), until=date(2024, 2, 29))
    imported(of_people(["1", "示例甲", "", "", "kj", "主席"]), office)

    assert [held.since for held in person.memberships.order_by("since")] == [
        date(2020, 3, 1),
        TODAY,
    ]


def test_two_posts_of_one_person_are_two_rows(office, college):
    UnitFactory(code="hc", name="合唱协会")
    imported(
        of_people(["1", "示例甲", "", "", "kj", "主席"], ["1", "示例甲", "", "", "hc", "经办人"]),
        office,
    )

    assert User.objects.get(staff_no="1").memberships.count() == 2


@pytest.mark.parametrize(
    ("rows", "row", "column", "words"),
    [
        ([["1", "甲"], ["1", "乙"]], 3, "姓名", "与第 2 行同一工号的人不一致"),
        ([["1", "甲", "", "", "无", "主席"]], 2, "单位代码", "只能由字母"),
        ([["1", "甲", "", "", "xx", "主席"]], 2, "单位代码", "没有代码为 xx 的单位"),
        ([["1", "甲", "", "", "kj", ""]], 2, "职务", "也要填职务"),
        ([["1", "甲", "", "", "", "主席"]], 2, "单位代码", "也要填单位代码"),
        ([["1", "甲", "", "", "kj", "主席"]] * 2, 3, "职务", "与第 2 行重复"),
        (
            [["1", "甲", "", "", "kj", "主席", "2026-03-01", "2026-02-01"]],
            2,
            "任职止",
            "不能早于开始日期",
        ),
        (
            [
                ["1", "甲", "", "", "kj", "主席", "2024-01-01"],
                ["1", "甲", "", "", "kj", "主席", "2025-01-01"],
            ],
            3,
            "任职起",
            "重叠",
        ),
        ([["12345", "甲"]], 2, "工号", "前导零可能被 Excel 去掉了：系统里有 0012345"),
        ([["zhangsan", "甲"]], 2, "工号", "已经是另一个账号的用户名"),
    ],
)
def test_contradictions_between_rows_and_with_stored_people(
    office, college, rows, row, column, words
):
    UserFactory(staff_no="0012345")
    UserFactory(username="zhangsan")
    ((number, heading, text),) = told(of_people(*rows), office)

    assert (number, heading) == (row, column)
    assert words in text


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        ([["a", "甲", "部门工会"], ["a", "乙", "部门工会"]], 3, "代码"),
        ([["a", "甲", "部门工会"], ["b", "甲", "部门工会"]], 3, "名称"),
        ([["a", "会计学院工会", "部门工会"]], 2, "名称"),
        ([["a", "甲", "部门工会", "是"]], 2, "学科性学院"),
        ([["kj", "会计学院工会", "部门工会", ""]], 2, "学科性学院"),
        ([["a", "甲", "教职工文体协会", "", "none"]], 2, "挂靠单位代码"),
        ([["a", "甲", "教职工文体协会", "", "a"]], 2, "挂靠单位代码"),
    ],
)
def test_contradictions_between_units(office, college, rows, row, column):
    ((number, heading, _text),) = told(of_units(*rows), office)

    assert (number, heading) == (row, column)


@pytest.mark.parametrize("role", [Role.SCHOOL_UNION, Role.FINAL_REVIEW, Role.AUDITOR])
def test_the_office_does_not_change_accounts_of_the_cms(office, role):
    person_with(role, staff_no="1", name="示例甲")
    content = of_people(["1", "示例甲", "", "thief@example.com"])

    assert "只能由系统管理员修改" in told(content, office)[0][2]
    assert told(content, UserFactory(is_superuser=True)) == []


def test_nothing_is_kept_while_there_are_problems_or_nothing_to_do(office, college):
    assert keep(of_people(["", "甲"]), file_name="a.xlsx", actor=office)[1] is None
    unchanged = of_units(["kj", "会计学院工会", "学院工会", "是", "", 100])
    assert keep(unchanged, file_name="a.xlsx", actor=office)[1] is None
    assert not PeopleImport.objects.exists()


def test_data_changed_in_between_stops_the_import(office, college):
    content = of_units(["kj", "会计学院分工会", "学院工会"], ["b", "新单位", "部门工会"])
    _plan, upload = keep(content, file_name="a.xlsx", actor=office)
    college.name = "会计学院联合工会"
    college.save()

    with pytest.raises(Outdated, match="数据有了变动"):
        apply(upload, actor=office)
    assert not Unit.objects.filter(code="b").exists()


def test_an_import_is_carried_out_once(office):
    upload = imported(of_people(["1", "示例甲"]), office)

    with pytest.raises(Outdated, match="已经导入过"):
        apply(upload, actor=office)


def test_the_file_with_its_phone_numbers_is_not_kept_afterwards(office):
    upload = imported(of_people(["1", "示例甲", "13800000000"]), office)

    assert bytes(upload.content) == b""


def test_an_earlier_upload_that_was_never_confirmed_goes(office):
    keep(of_people(["1", "示例甲"]), file_name="a.xlsx", actor=office)
    keep(of_people(["2", "示例乙"]), file_name="b.xlsx", actor=office)

    assert [upload.file_name for upload in PeopleImport.objects.all()] == ["b.xlsx"]


def test_the_import_is_recorded(office):
    upload = imported(of_people(["1", "示例甲"]), office)
    record = AuditRecord.objects.get(action=AuditAction.IMPORT)

    assert record.actor == office
    assert record.detail == upload.summary
    assert "人员：新增 1" in upload.summary


def test_importing_the_same_workbook_again_changes_nothing(office):
    content = workbook(
        units=[["代码", "名称", "类型"], ["hc", "合唱协会", "教职工文体协会"]],
        people=[["工号", "姓名", "单位代码", "职务"], ["1", "示例甲", "hc", "会长"]],
    )
    imported(content, office)

    assert compare(read_workbook(content), actor=office).changes_nothing


def test_a_thousand_people_take_few_queries(office, django_assert_max_num_queries):
    units = [[f"u{n}", f"单位{n}", "部门工会"] for n in range(30)]
    people = [
        [f"{n:07}", f"示例{n}", 13800000000 + n, "", f"u{n % 30}", "经办人"] for n in range(1000)
    ]
    content = workbook(
        units=[["代码", "名称", "类型"], *units],
        people=[["工号", "姓名", "手机", "邮箱", "单位代码", "职务"], *people],
    )
    with django_assert_max_num_queries(80):
        _plan, upload = keep(content, file_name="a.xlsx", actor=office)
        plan_of(upload, actor=office)
        apply(upload, actor=office)

    assert upload.created_people.count() == 1000
    assert User.objects.get(staff_no="0000007").phone == "13800000007"
    assert PEOPLE in plan_of(upload, actor=office).items


def test_everything_wrong_is_told_at_once_in_the_order_of_the_rows(office, college):
    content = workbook(
        units=[
            ["代码", "名称", "类型", "挂靠单位代码"],
            ["hc", "合唱协会", "教职工文体协会", "nowhere"],
            ["书画!", "书画协会", "教职工文体协会", "kj"],
            ["sy", "摄影协会", "协会", "nobody"],
        ],
        people=[
            ["工号", "姓名", "手机", "邮箱", "单位代码", "职务"],
            ["1", "示例甲", "123", "", "nowhere", "经办人"],
            ["2", "示例乙", "13800000000", "x", "kj", ""],
            ["3", "示例丙", "13800000000", "", "hc", "经办人"],
        ],
    )

    problems = compare(read_workbook(content), actor=office).problems

    assert [(p.sheet, p.row, p.column) for p in problems] == [
        ("单位", 2, "挂靠单位代码"),
        ("单位", 3, "代码"),
        ("单位", 4, "类型"),
        ("单位", 4, "挂靠单位代码"),
        ("人员", 2, "手机"),
        ("人员", 2, "单位代码"),
        ("人员", 3, "邮箱"),
        ("人员", 3, "职务"),
    ]


def test_people_of_a_unit_whose_row_is_wrong_are_not_told_that_it_is_unknown(office):
    content = workbook(
        units=[["代码", "名称", "类型"], ["sy", "摄影协会", "协会"]],
        people=[["工号", "姓名", "单位代码", "职务"], ["1", "示例甲", "sy", "经办人"]],
    )

    assert [column for _row, column, _words in told(content, office)] == ["类型"]
