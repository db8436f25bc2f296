"""Filling in the default forms: sending, drafts that keep everything, tables, conditions, what the system computes."""

import pytest
from django.template.loader import render_to_string

from forms_app.engine import sources
from forms_app.engine.context import FillingContext
from forms_app.engine.forms import build_form, prefilled
from tests.factories.answers import (
    complete_application_answers,
    default_schema,
    posted,
    prose,
)
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


def send(answers, **over):
    schema = default_schema("application")
    data = posted(schema, answers)
    for name, value in over.items():
        data[name] = value
    return build_form(schema, answers={}, data=data, strict=True)


def render(form):
    return render_to_string("forms_app/form/form.html", {"form": form})


def test_a_complete_application_can_be_sent():
    answers = complete_application_answers()

    form = send(answers)

    assert form.is_valid(), form.errors
    assert form.answers == {**answers, "amount_total": "12000.00"}


def test_an_empty_application_names_every_required_field_once():
    form = send({})

    assert not form.is_valid()
    required = [
        field["key"]
        for section in default_schema("application")["sections"]
        for field in section["fields"]
        if field["required"]
    ]
    assert list(form.errors) == required
    assert all(len(messages) == 1 for messages in form.errors.values())


def test_a_title_of_31_characters_is_refused_with_the_number_and_kept():
    form = send(complete_application_answers(title="极" * 31))

    assert form.errors["title"] == ["超出 1 字，最多 30 字"]
    assert form.answers["title"] == "极" * 31


def test_a_budget_that_does_not_add_up_says_by_how_much():
    form = send(complete_application_answers(amount_matching="1000.00"))

    assert form.errors["budget_items"] == [
        "预算明细要等于经费来源之和：明细合计 12,000.00 元，来源合计 11,000.00 元，相差 1,000.00 元"
    ]


def test_the_end_lies_after_the_start():
    schedule = [{"start": "2026-04-10", "end": "2026-04-10", "task": "示例"}]
    same_day = send(complete_application_answers(end_date="2026-04-10", schedule=schedule))
    next_day = send(complete_application_answers(end_date="2026-04-11", schedule=schedule))

    assert same_day.errors["end_date"] == ["结束日期要晚于开始日期"]
    assert next_day.is_valid()


def test_a_draft_keeps_whatever_was_typed():
    schema = default_schema("application")
    typed = {
        "f-title": "极" * 40,
        "f-start_date": "下个月",
        "f-expected_participants": "三百",
        "f-amount_requested": "一万",
        "f-leader_phone": "138",
        "f-budget_items-TOTAL_FORMS": "2",
        "f-budget_items-0-item": "教练课酬",
        "f-budget_items-0-amount": "八千",
        "f-budget_items-1-item": "",
    }

    form = build_form(schema, answers={}, data=typed)

    assert not form.is_valid()
    assert set(form.errors) == {
        "title",
        "start_date",
        "expected_participants",
        "amount_requested",
        "leader_phone",
        "budget_items",
    }
    assert form.answers["start_date"] == {"raw": "下个月"}
    assert form.answers["budget_items"] == [{"item": "教练课酬", "amount": {"raw": "八千"}}]
    reopened = render(build_form(schema, answers=form.answers))
    for text in ("极" * 40, "下个月", "三百", "一万", "138", "教练课酬", "八千"):
        assert f'value="{text}"' in reopened


def test_a_reopened_draft_still_says_what_is_wrong_in_it():
    form = build_form(default_schema("application"), answers={"start_date": {"raw": "下个月"}})

    assert "请填日期，如 2024-03-20；现在是“下个月”" in render(form)


def test_one_more_row_is_offered_without_script():
    schema = default_schema("application")
    data = posted(schema, complete_application_answers())
    data["add_row"] = "budget_items"

    form = build_form(schema, answers={}, data=data)

    assert form.changes_rows == "budget_items"
    page = render(form)
    assert 'name="f-budget_items-TOTAL_FORMS" value="3"' in page
    assert 'name="f-budget_items-2-item"' in page


@pytest.mark.parametrize(("rows", "says_why"), [(19, False), (20, True)])
def test_a_full_table_says_why_no_row_can_be_added(rows, says_why):
    items = [{"item": f"第{number}项"} for number in range(rows)]

    page = render(build_form(default_schema("application"), answers={"budget_items": items}))

    words = '<small id="f-budget_items-full" data-row-full>'
    assert (words in page) is says_why
    assert "已经有 20 行，不能再加" in page


def test_a_ticked_row_is_left_out():
    schema = default_schema("application")
    data = posted(schema, complete_application_answers())
    data["f-budget_items-0-DELETE"] = "yes"

    form = build_form(schema, answers={}, data=data)

    assert [row["item"] for row in form.answers["budget_items"]] == ["年底展演"]


def test_a_forged_number_of_rows_does_no_harm():
    data = {"f-budget_items-TOTAL_FORMS": "999999999", "f-budget_items-0-item": "一"}

    form = build_form(default_schema("application"), answers={}, data=data)

    assert form.answers["budget_items"] == [{"item": "一"}]


def test_the_earlier_project_is_asked_only_of_continued_projects():
    new = send(complete_application_answers(kind="new"))
    continued = send(complete_application_answers(kind="continued"))

    assert new.is_valid()
    assert continued.errors["previous_project"] == ["延续提升的项目，请选出延续的是哪个项目"]


def test_an_answer_whose_condition_does_not_hold_is_kept_but_not_checked():
    schema = default_schema("application")
    data = posted(schema, complete_application_answers(kind="new"))
    data["f-previous_project"] = "YHYP-1999-999"

    form = build_form(schema, answers={}, data=data, strict=True)

    assert form.is_valid()
    assert form.answers["previous_project"] == {"raw": "YHYP-1999-999"}


def test_the_own_unit_and_closed_units_are_no_partners():
    own, other, closed = UnitFactory(), UnitFactory(), UnitFactory(is_active=False)
    schema = default_schema("application")
    data = posted(schema, {"partner_units": [own.code, other.code, closed.code]})

    form = build_form(schema, answers={}, data=data, context=FillingContext(unit=own))

    assert form.answers["partner_units"] == [
        {"raw": own.code},
        other.code,
        {"raw": closed.code},
    ]
    assert form.errors["partner_units"] == [f"“{own.code}、{closed.code}”已经不能选了，请去掉"]


def test_no_more_than_five_partners():
    units = [UnitFactory() for _number in range(6)]
    codes = [unit.code for unit in units]

    five = send(complete_application_answers(partner_units=codes[:5]))
    six = send(complete_application_answers(partner_units=codes))

    assert five.is_valid()
    assert six.errors["partner_units"] == ["最多选 5 项，现在选了 6 项"]


def test_the_system_fills_in_number_year_and_unit():
    unit = UnitFactory(name="示例图书馆工会")
    context = FillingContext(unit=unit, year=2026, project_no="YHYP-2026-001")

    form = build_form(default_schema("application"), answers={}, context=context)

    assert form.answers == {
        "project_no": "YHYP-2026-001",
        "year": 2026,
        "unit": "示例图书馆工会",
        "amount_total": "0.00",
    }


def test_nobody_types_what_the_system_fills_in():
    form = send(complete_application_answers(), **{"f-amount_total": "1.00", "f-unit": "别的单位"})

    assert form.answers["amount_total"] == "12000.00"
    assert "unit" not in form.answers


@pytest.fixture
def approved(monkeypatch):
    """The approved application had one indicator."""
    row = {"name": "活动场次", "target": 40, "unit_label": "场"}
    monkeypatch.setitem(sources._prefills, "approved_indicators", lambda context: [dict(row)])


@pytest.mark.usefixtures("approved")
def test_the_summary_copies_the_indicators_and_only_the_result_can_be_typed():
    schema = default_schema("summary")
    start = prefilled(schema, FillingContext())
    data = {
        "f-indicator_results-0-actual": "46",
        "f-indicator_results-0-target": "1",
        "f-indicator_results-1-actual": "9",
        "f-indicator_results-TOTAL_FORMS": "2",
        "f-indicator_results-0-DELETE": "",
    }

    form = build_form(schema, answers=start, data=data)

    assert form.answers["indicator_results"] == [
        {"name": "活动场次", "target": 40, "unit_label": "场", "actual": 46}
    ]


def test_the_balance_is_the_grant_less_what_was_spent():
    schema = default_schema("summary")
    answers = {"granted": "10000.00", "expenses": [{"spent": "7800.50"}, {"spent": {"raw": "?"}}]}

    form = build_form(schema, answers=answers, data=posted(schema, answers))

    assert form.answers["balance"] == "2199.50"


def test_a_form_with_twenty_budget_rows_asks_for_its_lists_only(django_assert_num_queries):
    for _number in range(30):
        UnitFactory()
    row = {"category": "training", "item": "课酬", "basis": prose(40), "amount": "100.00"}
    answers = complete_application_answers(budget_items=[row] * 20)
    render(build_form(default_schema("application"), answers={}))  # templates are compiled once

    with django_assert_num_queries(3):  # categories, units, own projects
        page = render(
            build_form(default_schema("application"), answers=answers, context=FillingContext())
        )

    assert 'name="f-budget_items-19-amount"' in page


def test_remarks_of_a_return_stand_at_their_field():
    page = render(
        build_form(
            default_schema("application"), answers={}, remarks={"goals": ["请写出可以检查的目标"]}
        )
    )

    assert page.count("请写出可以检查的目标") == 1
    assert 'id="f-goals-remarks"' in page


def test_answers_are_escaped():
    page = render(
        build_form(default_schema("application"), answers={"title": '"><script>alert(1)</script>'})
    )

    assert "<script>" not in page
