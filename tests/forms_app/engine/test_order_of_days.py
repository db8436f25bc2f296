"""Days in the rows of a table: each row by itself, and measured by a day outside the table."""

import pytest
from django.template.loader import render_to_string

from forms_app.engine.checking import problems, warnings
from forms_app.engine.forms import build_form
from forms_app.engine.schema_checks import flaws
from tests.factories.answers import (
    complete_application_answers,
    complete_summary_answers,
    default_schema,
    posted,
)

pytestmark = pytest.mark.django_db

FIRST = {"start": "2026-04-10", "end": "2026-05-31", "task": "开班"}


def found(*rows, **over):
    answers = complete_application_answers(schedule=list(rows), **over)
    return [
        (one.field_key, one.row, one.column, one.message)
        for one in problems(default_schema("application"), answers)
    ]


def test_a_row_that_ends_before_it_starts_is_told_at_its_cell():
    wrong = {"start": "2026-06-01", "end": "2026-05-01", "task": "练习"}

    assert found(FIRST, wrong) == [
        ("schedule", 1, "end", "第 2 行“结束”：结束日期早于这一行的开始日期，请改其中一个")
    ]


def test_a_row_of_one_day_is_right():
    assert found({"start": "2026-05-01", "end": "2026-05-01", "task": "展演"}) == []


def test_a_row_lies_within_the_days_of_the_project():
    early = {"start": "2026-04-09", "end": "2026-05-31", "task": "开班"}
    late = {"start": "2026-06-01", "end": "2026-12-01", "task": "展演"}

    assert found(early, late) == [
        (
            "schedule",
            0,
            "start",
            "第 1 行“开始”：早于项目的开始日期，请改这一行，或改项目的开始日期（“开始日期”是 2026年4月10日）",
        ),
        (
            "schedule",
            1,
            "end",
            "第 2 行“结束”：晚于项目的结束日期，请改这一行，或改项目的结束日期（“结束日期”是 2026年11月30日）",
        ),
    ]


def test_what_is_missing_in_one_row_hides_nothing_of_another():
    unnamed = {"start": "2026-04-10", "end": "2026-05-31"}
    wrong = {"start": "2026-06-01", "end": "2026-05-01", "task": "练习"}

    assert [(row, column) for _key, row, column, _said in found(unnamed, wrong)] == [
        (0, "task"),
        (1, "end"),
    ]


def test_a_day_that_is_missing_or_cannot_be_read_is_told_by_itself():
    assert [one[2] for one in found({"start": "2026-06-01", "task": "练习"})] == ["end"]
    assert [one[2] for one in found({**FIRST, "end": {"raw": "五月底"}})] == ["end"]
    assert [one[0] for one in found(FIRST, start_date=None)] == ["start_date"]


def test_the_cell_is_marked_with_the_reason_and_the_rule_stands_ready_in_the_page():
    schema = default_schema("application")
    wrong = {"start": "2026-06-01", "end": "2026-05-01", "task": "练习"}
    answers = complete_application_answers(schedule=[wrong])

    marked = page(build_form(schema, answers={}, data=posted(schema, answers), strict=True))
    opened = page(build_form(schema, answers=answers))

    assert 'id="f-schedule-0-end" value="2026-05-01" aria-required="true" aria-invalid="true"' in (
        marked
    )
    rule = 'data-day="f-schedule-*-end" data-day-after="f-schedule-*-start"'
    assert rule in opened
    assert rule not in marked  # it is told already


def test_advice_keeps_nothing_from_being_sent():
    schema = default_schema("summary")
    schema["rules"] = [{**one, "message": "请核对"} for one in schema["rules"]]
    day = {"date": "2026-04-09", "name": "动员"}
    answers = complete_summary_answers(
        activities=[day], start_date="2026-04-10", end_date="2026-11-30"
    )

    assert "activities" not in {one.field_key for one in problems(schema, answers)}
    assert [(one.field_key, one.row, one.message) for one in warnings(schema, answers)] == [
        ("activities", 0, "第 1 行“日期”：请核对（“项目开始日期”是 2026年4月10日）")
    ]


@pytest.mark.parametrize(
    ("field", "other", "part"),
    [
        ("schedule.end", "indicators.name", "other"),  # no day
        ("schedule.nothing", "start_date", "field"),
        ("nowhere.end", "start_date", "field"),
        ("schedule.end", "again.start", "other"),  # of another table
    ],
)
def test_a_rule_that_cannot_be_judged_is_told_to_who_draws_it(field, other, part):
    schema = default_schema("application")
    fields = schema["sections"][2]["fields"]
    schedule = next(one for one in fields if one["key"] == "schedule")
    fields.append({**schedule, "key": "again", "label": "再次安排"})
    rule = {"kind": "after", "field": field, "other": other, "message": "示例"}
    schema["rules"] = [rule]

    assert [(one.of, one.part) for one in flaws(schema, kind="application")] == [(rule, part)]


def test_a_column_that_is_not_there_is_told_by_its_name():
    schema = default_schema("application")
    schema["rules"] = [
        {"kind": "after", "field": "schedule.借用日子", "other": "start_date", "message": ""}
    ]

    [flaw] = flaws(schema, kind="application")
    assert "里没有“借用日子”这一列" in flaw.message
    assert "规则“日期先后”" in flaw.message


def page(form):
    return render_to_string("forms_app/form/form.html", {"form": form})
