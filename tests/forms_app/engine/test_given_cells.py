"""Locked cells of a table whose rows come and go: they follow what the row is about, and nobody types them."""

from types import SimpleNamespace

import pytest

from forms_app.engine import sources
from forms_app.engine.context import FillingContext
from forms_app.engine.forms import build_form, with_computed
from forms_app.engine.schema import fields_of
from forms_app.engine.schema_checks import faults
from tests.factories.answers import default_schema

BUDGET = [
    {"category": "training", "budgeted": "8000.00"},
    {"category": "activity", "budgeted": "4000.00"},
]


@pytest.fixture
def schema(monkeypatch):
    """The table of expenses, with a budget of its own."""
    monkeypatch.setitem(sources._prefills, "given_budget", lambda context: context.unit.budget)
    held = default_schema("summary")
    table = next(one for one in fields_of(held) if one["key"] == "expenses")
    table["options"]["prefill"] = "given_budget"
    return {"sections": [{"key": "s1", "title": "决算", "help": "", "fields": [table]}]}


def answered(schema, before, budget=BUDGET, **posted):
    data = {f"f-expenses-{name.replace('_', '-')}": value for name, value in posted.items()}
    data["f-expenses-TOTAL_FORMS"] = "3"
    context = FillingContext(unit=SimpleNamespace(budget=budget))
    form = build_form(schema, answers={"expenses": before}, data=data, context=context)
    return form.answers.get("expenses")


def test_what_is_posted_for_a_locked_cell_counts_for_nothing(schema):
    rows = answered(
        schema, BUDGET, **{"0_category": "training", "0_budgeted": "1", "0_spent": "7800"}
    )

    assert rows == [{"category": "training", "budgeted": "8000.00", "spent": "7800.00"}]


def test_a_locked_cell_follows_what_its_row_is_about_wherever_the_row_stands(schema):
    # The first row was dropped in the page, whose rows keep their numbers.
    rows = answered(
        schema,
        [BUDGET[1]],
        **{"0_DELETE": "yes", "0_category": "training", "1_category": "activity", "1_spent": "1"},
    )
    swapped = answered(schema, BUDGET, **{"0_category": "activity", "1_category": "training"})

    assert rows == [{"category": "activity", "budgeted": "4000.00", "spent": "1.00"}]
    assert swapped == [BUDGET[1], BUDGET[0]]


def test_a_budget_is_counted_once_and_what_was_not_budgeted_has_none(schema):
    rows = answered(
        schema,
        BUDGET,
        **{
            "0_category": "training",
            "1_category": "training",
            "1_spent": "2",
            "2_category": "other",
        },
    )

    assert rows == [
        BUDGET[0],
        {"category": "training", "spent": "2.00"},
        {"category": "other"},
    ]


def test_what_was_given_before_stays_where_the_source_says_nothing(schema):
    assert answered(schema, BUDGET, budget=None, **{"0_category": "activity"}) == [BUDGET[1]]


def test_answers_from_elsewhere_are_put_right_as_well(schema):
    context = FillingContext(unit=SimpleNamespace(budget=BUDGET))
    forged = {"expenses": [{"category": "training", "budgeted": "99999.00", "spent": "1.00"}]}

    assert with_computed(schema, forged, context)["expenses"] == [
        {"category": "training", "budgeted": "8000.00", "spent": "1.00"}
    ]


@pytest.mark.parametrize(
    "options",
    [{"given_by": "budgeted"}, {"given_by": "nothing"}, {"given_by": ""}, {"prefill": ""}],
)
def test_a_table_that_does_not_say_whose_its_locked_cells_are_is_not_published(options):
    schema = default_schema("summary")
    table = next(one for one in fields_of(schema) if one["key"] == "expenses")
    table["options"] = {key: value for key, value in (table["options"] | options).items() if value}

    assert [fault for fault in faults(schema, kind="summary") if "决算明细" in fault]
