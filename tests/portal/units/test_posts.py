"""Terms of office: dates, and at 换届 a successor after the predecessor."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from portal.units.models import Membership, Post
from portal.units.permissions import holders, holds_post
from tests.factories.units import UnitFactory, UserFactory


@pytest.fixture
def chair(db):
    person, unit = UserFactory(), UnitFactory()
    return Membership.objects.create(
        user=person, unit=unit, post=Post.CHAIR, since=date(2024, 3, 1), until=date(2025, 2, 28)
    )


def term(membership, since, until=None, **changes):
    fields = {"user": membership.user, "unit": membership.unit, "post": membership.post, **changes}
    return Membership(since=since, until=until, **fields)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2025, 2, 28), None),
        (date(2024, 1, 1), date(2024, 3, 1)),
        (date(2024, 5, 1), date(2024, 6, 1)),
        (date(2023, 1, 1), None),
    ],
)
def test_terms_of_the_same_post_do_not_overlap(chair, since, until):
    with pytest.raises(ValidationError, match="不能重叠"):
        term(chair, since, until).full_clean()


@pytest.mark.parametrize(
    ("since", "until"), [(date(2025, 3, 1), None), (date(2024, 1, 1), date(2024, 2, 29))]
)
def test_a_second_term_follows_or_precedes(chair, since, until):
    term(chair, since, until).full_clean()


def test_one_person_may_hold_two_posts_at_a_time(chair):
    term(chair, chair.since, post=Post.OFFICER).full_clean()
    term(chair, chair.since, unit=UnitFactory()).full_clean()


def test_a_term_ends_after_it_begins(chair):
    with pytest.raises(ValidationError, match="不能早于开始日期"):
        term(chair, date(2026, 3, 1), date(2026, 2, 1)).full_clean()


def test_a_term_may_be_corrected(chair):
    chair.until = date(2025, 3, 31)
    chair.full_clean()


def test_the_successor_holds_the_post_from_his_first_day(chair):
    successor = UserFactory()
    Membership.objects.create(
        user=successor, unit=chair.unit, post=Post.CHAIR, since=date(2025, 3, 1)
    )

    with time_machine.travel("2025-02-28 12:00+08:00"):
        assert list(holders(chair.unit, Post.CHAIR)) == [chair.user]
    with time_machine.travel("2025-03-01 00:30+08:00"):
        assert list(holders(chair.unit, Post.CHAIR)) == [successor]
        assert not holds_post(chair.user, chair.unit)
