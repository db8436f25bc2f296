"""What somebody hears who fills the form in with a screen reader: each wrong input names its own reason, each button its row."""

import re

import pytest
from django.template.loader import render_to_string

from forms_app.engine.context import FillingContext
from forms_app.engine.forms import build_form
from tests.factories.answers import complete_application_answers, default_schema, posted

pytestmark = pytest.mark.django_db


def page_of(answers):
    schema = default_schema("application")
    data = posted(schema, answers)
    form = build_form(schema, answers={}, data=data, strict=True, context=FillingContext())
    return render_to_string("forms_app/form/form.html", {"form": form})


def control(page, name):
    """Return the tag of an input."""
    return re.search(rf'<(?:input|select|textarea)[^>]*\sname="{re.escape(name)}"[^>]*>', page)[0]


def reasons(page, tag):
    """Return the words that the tag says it is described by."""
    ids = re.search(r'aria-describedby="([^"]+)"', tag)[1].split()
    return [re.search(rf'id="{re.escape(one)}"[^>]*>([^<]*)<', page)[1] for one in ids]


@pytest.fixture
def wrong(db):
    rows = [
        {"category": "training", "item": "课酬", "basis": "", "amount": "一百"},
        {"item": "展演"},
    ]
    answers = complete_application_answers(budget_items=rows)
    return page_of({**answers, "start_date": None, "end_date": None})


def test_a_wrong_cell_names_its_own_reason_and_no_other(wrong):
    said = reasons(wrong, control(wrong, "f-budget_items-0-amount"))

    assert len(said) == 1
    assert said[0].startswith("第 1 行")
    second = reasons(wrong, control(wrong, "f-budget_items-1-amount"))
    assert second[0].startswith("第 2 行")
    assert "aria-invalid" not in control(wrong, "f-budget_items-0-item")


def test_everything_that_is_named_as_a_reason_stands_on_the_page(wrong):
    named = {one for ids in re.findall(r'aria-describedby="([^"]+)"', wrong) for one in ids.split()}
    there = re.findall(r'\sid="([^"]+)"', wrong)

    assert named <= set(there)
    assert len(there) == len(set(there))


def test_whatever_is_wrong_says_why(wrong):
    silent = [
        tag
        for tag in re.findall(r'<(?:input|select|textarea)[^>]*aria-invalid="true"[^>]*>', wrong)
        if "aria-describedby" not in tag
    ]

    assert silent == []


def test_required_inputs_are_announced_as_such_in_tables_and_lists_too(wrong):
    for name in ("f-title", "f-budget_items-0-amount", "f-goals"):
        assert 'aria-required="true"' in control(wrong, name), name


def test_the_boxes_that_remove_a_row_are_told_apart(wrong):
    assert 'aria-label="删去第 1 行"' in control(wrong, "f-budget_items-0-DELETE")
    assert 'aria-label="删去第 2 行"' in control(wrong, "f-budget_items-1-DELETE")


def test_a_table_of_inputs_has_a_name(wrong):
    assert re.search(r"<table>\s*<caption[^>]*>[^<]+</caption>", wrong)
