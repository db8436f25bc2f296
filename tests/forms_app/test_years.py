"""The steps of a programme year follow one another."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.factories.forms import YearFactory

pytestmark = pytest.mark.django_db


def faults(year):
    with pytest.raises(ValidationError) as refused:
        year.full_clean()
    return refused.value.message_dict


def test_a_step_does_not_end_before_the_one_before_it():
    year = YearFactory()
    year.establish_until = year.apply_until - timedelta(days=1)

    assert set(faults(year)) == {"establish_until"}


def test_a_budget_is_no_debt():
    year = YearFactory()
    year.budget = Decimal(-100)

    assert set(faults(year)) == {"budget"}
