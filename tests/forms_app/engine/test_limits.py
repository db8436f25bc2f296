"""Every limit of the forms, at both edges, with the characters people really type."""

from typing import Any

import pytest

from forms_app.engine.checking import mistakes, problems
from forms_app.engine.context import FillingContext
from forms_app.engine.forms import build_form
from forms_app.engine.kinds import KINDS
from tests.factories.answers import complete_application_answers, default_schema, prose

pytestmark = pytest.mark.both


def schema_of(kind: str, *, required: bool = False, **options: Any) -> dict[str, Any]:
    """Return a schema of one field called `it`."""
    field = {
        "key": "it",
        "kind": kind,
        "label": "它",
        "help": "",
        "required": required,
        "public": True,
        "options": options,
    }
    return {
        "sections": [{"key": "s1", "title": "一", "help": "", "fields": [field]}],
        "rules": [],
        "warnings": [],
    }


def typed(kind: str, text: str, **options: Any) -> tuple[Any, list[str]]:
    """Return the answer and the messages for one typed text, as for sending."""
    schema = schema_of(kind, **options)
    form = build_form(schema, answers={}, data={"f-it": text}, strict=True)
    form.is_valid()
    return form.answers.get("it"), list(form.errors.get("it", []))


@pytest.mark.parametrize("character", ["字", "a", "𠮷", "😀", "é"])
def test_characters_are_counted_as_people_count_them(character):
    assert typed("text", character * 30, max_characters=30)[1] == []
    assert typed("text", character * 31, max_characters=30)[1] == ["超出 1 字，最多 30 字"]


def test_a_line_break_counts_as_one_character_however_it_is_sent():
    assert typed("long_text", "一\r\n二", max_characters=3) == ("一\n二", [])
    assert typed("long_text", "一\r\n\r\n二", max_characters=3)[1] == ["超出 1 字，最多 3 字"]


def test_too_short_says_how_much_is_missing():
    assert typed("long_text", prose(200), min_characters=200)[1] == []
    assert typed("long_text", prose(165), min_characters=200)[1] == ["还差 35 字，至少 200 字"]


def test_blanks_at_the_ends_do_not_count():
    assert typed("text", "  名  ", max_characters=1) == ("名", [])


def test_only_blanks_is_no_answer():
    assert typed("text", " \r\n\t ", required=True)[1] == ["请填写“它”"]


def test_invisible_control_characters_are_left_out():
    assert typed("text", "太极\x00晨光\x08\ufeff") == ("太极晨光", [])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("0", "0.00"),
        ("1200", "1200.00"),
        ("1,200.5", "1200.50"),
        ("１２００．５０元", "1200.50"),
        ("¥99999999.99", "99999999.99"),
        ("-0", "0.00"),
    ],
)
def test_money_is_read_as_offices_write_it(text, answer):
    assert typed("money", text) == (answer, [])


@pytest.mark.parametrize(
    "text", ["12a", "1.234", "1,20", "1e3", "NaN", "Infinity", "--1", "9" * 40, "壹"]
)
def test_what_is_no_amount_is_kept_and_reported(text):
    answer, messages = typed("money", text)

    assert answer == {"raw": text}
    assert messages == [f"请填以元为单位的金额，最多两位小数，如 1200.50；现在是“{text}”"]


def test_money_has_a_range():
    assert typed("money", "-0.01")[1] == ["不能小于 0.00 元"]
    assert typed("money", "100000000")[1] == ["不能大于 99,999,999.99 元"]
    assert typed("money", "100.00", max="100.00")[1] == []
    assert typed("money", "100.01", max="100.00")[1] == ["不能大于 100.00 元"]


def test_whole_numbers_at_both_edges():
    assert typed("integer", "1", min=1, max=10) == (1, [])
    assert typed("integer", "10 ", min=1, max=10) == (10, [])
    assert typed("integer", "0", min=1, max=10) == (0, ["不能小于 1"])
    assert typed("integer", "11", min=1, max=10) == (11, ["不能大于 10"])
    assert typed("integer", "1.5")[0] == {"raw": "1.5"}
    assert typed("integer", "1,000人", unit="人") == (1000, [])


def test_percentages_run_from_0_to_100():
    assert typed("percentage", "0") == ("0", [])
    assert typed("percentage", "100%") == ("100", [])
    assert typed("percentage", "100.01")[1] == ["不能大于 100"]
    assert typed("percentage", "-1")[1] == ["不能小于 0"]


@pytest.mark.parametrize("text", ["2024-02-29", "2024/2/29", "2024年2月29日", "２０２４．２．２９"])
def test_days_are_read_as_people_write_them(text):
    assert typed("date", text) == ("2024-02-29", [])


@pytest.mark.parametrize("text", ["2023-02-29", "下周", "0000-01-01", "2024-13-01", "20240320"])
def test_what_is_no_day_is_kept_and_reported(text):
    assert typed("date", text) == ({"raw": text}, [f"请填日期，如 2024-03-20；现在是“{text}”"])


def test_mobile_numbers_have_11_digits():
    assert typed("phone", "138 0000-0001") == ("13800000001", [])
    assert typed("phone", "1380000000")[1] == ["手机号码是以 1 开头的 11 位数字，现在是 10 位"]
    assert typed("phone", "0571-12345678")[1] != []
    assert typed("phone", "0571-12345678", landline=True)[1] == []
    assert typed("phone", "123", landline=True)[1] != []


def test_addresses_and_staff_numbers():
    assert typed("email", "a@example.com")[1] == []
    assert typed("email", "a@")[1] == ["请填完整的邮箱地址，如 name@example.com"]
    assert typed("staff_no", "T" * 20)[1] == []
    assert typed("staff_no", "T" * 21)[1] == ["工号只含字母和数字，最多 20 位"]
    assert typed("url", "www.example.com/a") == ("https://www.example.com/a", [])
    assert typed("url", "javascript:alert(1)")[1] == ["请填完整的网址，以 https:// 或 http:// 开头"]


CHOICES = [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙"}]


def test_a_choice_is_one_of_the_list_and_something_else_only_where_allowed():
    assert typed("choice", "a", choices=CHOICES) == ("a", [])
    assert typed("choice", "z", choices=CHOICES)[1] == ["这个选项已经没有了，请重新选择"]
    assert typed("choice", "__other__", choices=CHOICES)[0] == {"raw": "__other__"}
    assert typed("choice", "__other__", choices=CHOICES, other=True) == (
        {"other": ""},
        ["请写明“其他”是什么"],
    )


def test_several_choices_up_to_their_number():
    schema = schema_of("choices", choices=CHOICES, max_choices=1)
    form = build_form(schema, answers={}, data={"f-it": ["a", "b"]}, strict=True)

    assert form.errors["it"] == ["最多选 1 项，现在选了 2 项"]
    assert form.answers["it"] == ["a", "b"]


def test_no_is_an_answer():
    assert typed("yes_no", "no", required=True) == (False, [])
    assert typed("yes_no", "", required=True)[1] == ["请选择“它”"]


def test_a_declaration_must_be_ticked():
    assert typed("declaration", "", required=True)[1] == ["请阅读并勾选“它”"]
    assert typed("declaration", "yes", required=True) == (True, [])


def rows(count: int) -> list[dict[str, Any]]:
    return [{"category": "training", "item": "教练课酬", "amount": "100.00"}] * count


@pytest.mark.parametrize(("count", "messages"), [(20, []), (21, ["最多 20 行，请删去 1 行"])])
def test_a_table_holds_no_more_than_its_rows(count, messages):
    answers = complete_application_answers(
        budget_items=rows(count), amount_requested=f"{count * 100}.00", amount_matching=None
    )

    found = problems(default_schema("application"), answers)

    assert [one.message for one in found] == messages


def test_a_table_needs_its_first_row():
    answers = complete_application_answers(schedule=None)

    found = problems(default_schema("application"), answers)

    assert [(one.field_key, one.message) for one in found] == [
        ("schedule", "请至少填一行“进度安排”")
    ]


def test_a_fault_in_a_table_says_where_it_is():
    answers = complete_application_answers(
        schedule=[
            {"start": "2026-04-10", "end": {"raw": "五月底"}, "task": "开班"},
            {"start": "2026-06-01", "end": "2026-11-30"},
        ]
    )

    found = problems(default_schema("application"), answers)

    assert [(one.row, one.column, one.message) for one in found] == [
        (0, "end", "第 1 行“结束”：请填日期，如 2024-03-20；现在是“五月底”"),
        (1, "task", "第 2 行：请填写“工作内容”"),
    ]


@pytest.mark.django_db
def test_a_draft_is_not_told_what_is_still_missing():
    assert mistakes(default_schema("application"), {}) == []
    assert build_form(default_schema("application"), answers={}, data={}).is_valid()


@pytest.mark.django_db
def test_every_kind_renders_empty_and_has_a_designer_block():
    for code, kind in KINDS.items():
        spec = schema_of(code, **kind.compiled({}))["sections"][0]["fields"][0]
        assert isinstance(kind.widget(None, spec, FillingContext()), dict)
        assert kind.label
