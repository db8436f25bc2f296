"""Reading answers: labels, dates, money, tables, files; what the public may see; versions whose kinds are gone."""

from copy import deepcopy

import pytest
from django.template.loader import render_to_string

from forms_app.engine.checking import problems, warnings
from forms_app.engine.display import display
from forms_app.engine.forms import build_form
from tests.factories.answers import complete_application_answers, default_schema, posted
from tests.factories.units import UnitFactory

SCHEMA = default_schema("application")


def page(answers, **how):
    return render_to_string("forms_app/answers.html", {"sections": display(SCHEMA, answers, **how)})


def items(answers, **how):
    return {item.key: item for section in display(SCHEMA, answers, **how) for item in section.items}


@pytest.mark.django_db
def test_answers_read_as_people_write():
    partner = UnitFactory(name="示例法学院工会", is_active=False)
    shown = items(
        complete_application_answers(partner_units=[partner.code], summary="一\n二\n\n三")
    )

    assert shown["category"].value == "校园文化类"
    assert shown["kind"].value == "新建"
    assert shown["partner_units"].value == ["示例法学院工会"]
    assert shown["start_date"].value == "2026年4月10日"
    assert shown["amount_requested"].value == "10,000.00 元"
    assert shown["expected_participants"].value == "300 人"
    assert shown["budget_items"].value["total"] == "12,000.00 元"
    assert shown["budget_items"].value["rows"][0][0]["text"] == "职工教育"
    assert shown["slogan"].shape == "text"
    assert shown["plan_file"].shape == "blank"
    assert "一<br>二</p>" in page({"summary": "一\n二\n\n三"})


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    units = [UnitFactory() for _number in range(5)]
    few = complete_application_answers(partner_units=[units[0].code])
    many = complete_application_answers(partner_units=[unit.code for unit in units])

    for answers in (few, many):
        with django_assert_num_queries(2):  # categories, units
            page(answers)


def test_the_public_sees_nothing_of_how_to_reach_a_person():
    answers = complete_application_answers(category=None)

    shown = items(answers, public_only=True)
    text = page(answers, public_only=True)

    assert "title" in shown
    assert not {"leader_phone", "leader_email", "leader_staff_no", "contact_phone"} & set(shown)
    for secret in ("13800000001", "jia@example.com", "T20260001", "T20260003", "0571-12345678"):
        assert secret not in text


def test_personal_columns_of_a_public_table_are_left_out():
    schema = deepcopy(SCHEMA)
    members = next(
        one
        for section in schema["sections"]
        for one in section["fields"]
        if one["key"] == "members"
    )
    members["public"] = True
    answers = {"members": [{"name": "示例丙", "staff_no": "T20260003"}]}

    sections = display(schema, answers, public_only=True)

    text = render_to_string("forms_app/answers.html", {"sections": sections})
    assert "示例丙" in text
    assert "T20260003" not in text


def test_what_could_not_be_read_is_shown_as_it_was_typed():
    text = page({"start_date": {"raw": "下个月"}, "budget_items": [{"amount": {"raw": "八千"}}]})

    assert "下个月" in text
    assert "八千" in text


def test_answers_are_escaped():
    text = page({"title": "<script>alert(1)</script>", "summary": "<b>x</b>"})

    assert "<script>" not in text
    assert "<b>x" not in text


@pytest.mark.django_db
def test_an_answer_whose_condition_does_not_hold_is_not_shown():
    assert "previous_project" not in items({"kind": "new", "previous_project": "YHYP-2024-001"})
    assert "previous_project" in items({"kind": "continued", "previous_project": "YHYP-2024-001"})


@pytest.mark.django_db
def test_a_version_whose_kind_is_gone_still_renders_and_keeps_its_answer():
    schema = deepcopy(SCHEMA)
    title = schema["sections"][0]["fields"][3]
    slogan = schema["sections"][0]["fields"][4]
    title["kind"], slogan["kind"] = "gone", "gone_too"
    answers = {"title": "太极晨光", "slogan": {"lines": ["一", "二"]}}

    text = render_to_string("forms_app/answers.html", {"sections": display(schema, answers)})
    form = build_form(schema, answers=answers, data=posted(schema, {}))

    assert "太极晨光" in text
    assert "{&quot;lines&quot;: [&quot;一&quot;, &quot;二&quot;]}" in text
    assert form.answers["title"] == "太极晨光"
    assert form.answers["slogan"] == {"lines": ["一", "二"]}
    assert "title" not in [one.field_key for one in problems(schema, {})]
    assert "太极晨光" in render_to_string("forms_app/form/form.html", {"form": form})


def test_words_that_a_budget_should_not_name_are_pointed_out_but_forbid_nothing():
    row = {"category": "other", "item": "活动礼品与餐费", "amount": "12000.00"}
    answers = complete_application_answers(budget_items=[row])

    assert [(one.field_key, one.message) for one in warnings(SCHEMA, answers)] == [
        (
            "budget_items",
            "预算里有需要说明的开支，请对照工会经费的规定再看一遍（餐费、礼品）",
        )
    ]
    assert problems(SCHEMA, answers) == []
    assert warnings(SCHEMA, complete_application_answers()) == []
