"""What a payment must not be: nothing, more than was granted, or of a day to come."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from brands.models import Disbursement
from tests.factories.projects import project_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """A project with its grant of 8,000 元, of which 5,000 are paid."""
    project = project_in("cultivating")
    project.disbursements.update(amount=5000)
    return project


def faults(project, **fields):
    payment = Disbursement(project=project, recorded_by=project.entry.created_by, **fields)
    try:
        payment.full_clean()
    except ValidationError as refused:
        return refused.message_dict
    return {}


def test_what_is_left_of_the_grant_may_be_paid(project):
    assert faults(project, amount=Decimal(3000), paid_on=timezone.localdate()) == {}


def test_more_than_is_left_is_refused_with_what_is_left(project):
    [words] = faults(project, amount=Decimal("3000.01"))["amount"]

    assert "最多 3,000.00 元" in words


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_is_no_payment(project, amount):
    assert "金额要大于 0。" in faults(project, amount=Decimal(amount))["amount"]


def test_a_payment_of_tomorrow_is_not_dated_yet(project):
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert set(faults(project, amount=Decimal(1), paid_on=tomorrow)) == {"paid_on"}
