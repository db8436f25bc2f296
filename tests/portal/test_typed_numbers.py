"""A number reads as it looks, from whatever keyboard, or it is refused: never as another number."""

from decimal import Decimal

import pytest
from django import forms
from wagtail.admin.forms.models import formfield_for_dbfield

from brands.forms import ActivityForm
from brands.models import Disbursement
from forms_app.engine.kinds.number import figure
from forms_app.models import Criterion, ProgrammeYear
from forms_app.office.fields import YuanField
from portal.typed_numbers import FigureField, WholeField

READ = [
    ("8.5", "8.5"),
    ("8。5", "8.5"),
    ("8｡5", "8.5"),
    ("８．５", "8.5"),
    ("８。５", "8.5"),
    ("1，200.50", "1200.50"),
    ("1,234,567", "1234567"),
    (" 12\u3000", "12"),
]
REFUSED = [
    "8,5",
    "8，5",
    "12,00",
    "8、5",
    "8..5",
    "8。。5",
    "8 5",
    "8²",
    "8½",
    "1_0",
    "①",
    "八",
    "8·5",
]


def read(field, text):
    try:
        return field.clean(text)
    except forms.ValidationError:
        return None


@pytest.mark.parametrize(("text", "meant"), READ)
def test_what_a_chinese_keyboard_writes_is_read_as_meant(text, meant):
    assert read(FigureField(), text) == Decimal(meant)
    assert read(YuanField(), f"{text}元") == Decimal(meant)
    assert figure(text) == Decimal(meant)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_becomes_none(text):
    assert read(FigureField(), text) is None
    assert read(YuanField(), text) is None
    assert read(WholeField(), text) is None
    assert figure(text) is None


@pytest.mark.parametrize(("text", "meant"), [("１２", 12), ("1，200", 1200), ("3。5", None)])
def test_a_whole_number_is_whole(text, meant):
    assert read(WholeField(), text) == meant


@pytest.mark.parametrize(
    ("model", "name"),
    [(ProgrammeYear, "budget"), (Criterion, "points"), (Disbursement, "amount")],
)
def test_the_cms_reads_alike_and_its_inputs_swallow_nothing(model, name):
    field = formfield_for_dbfield(model._meta.get_field(name))

    assert read(field, "8。5") == Decimal("8.5")
    assert read(field, "8,5") is None
    assert field.widget.input_type == "text"


def test_how_many_came_is_asked_in_an_input_that_swallows_nothing():
    field = ActivityForm.base_fields["participants"]

    assert field.widget.input_type == "text"
    assert read(field, "１，２００") == 1200
