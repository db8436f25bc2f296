"""Work belongs to the post, not to the person: successors find it, and who holds two posts says for which he acts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forms_app.entries import starting
from forms_app.models import Entry
from portal.units.models import Membership, Post
from tests.factories.forms import CallFactory, Cast, draft
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db


def test_the_successor_finds_the_draft_and_the_predecessor_no_longer(client):
    entry = draft()
    before = Cast(entry.unit).officer
    Membership.objects.filter(user=before).update(
        since=timezone.localdate() - timedelta(days=365),
        until=timezone.localdate() - timedelta(days=1),
    )
    successor = person_of(entry.unit)
    page = reverse("forms_app:edit", args=[entry.pk])

    client.force_login(before)
    assert client.get(page).status_code == 404
    assert client.get(reverse("forms_app:entries")).context["rows"] == []
    client.force_login(successor)
    assert client.get(page).status_code == 200
    assert [
        found for found, _standing in client.get(reverse("forms_app:entries")).context["rows"]
    ] == [entry]
    assert starting.start(entry.call, unit=entry.unit, actor=successor) == entry


def test_a_post_that_ends_today_still_counts(client):
    entry = draft()
    officer = Cast(entry.unit).officer
    Membership.objects.filter(user=officer).update(until=timezone.localdate())
    client.force_login(officer)

    assert client.get(reverse("forms_app:edit", args=[entry.pk])).status_code == 200


@pytest.fixture
def two_units(client):
    """Sign in the officer of two units; return both."""
    first, second = UnitFactory(), UnitFactory()
    client.force_login(user := person_of(first))
    Membership.objects.create(user=user, unit=second, post=Post.OFFICER)
    return first, second


def test_the_officer_of_two_units_chooses_for_which_he_starts(client, two_units):
    first, second = two_units
    page = reverse("forms_app:start", args=[CallFactory().pk])

    shown = client.get(page, {"unit": second.code}).content.decode()
    client.post(page, {"unit": second.code})

    assert str(first) in shown
    assert f'value="{second.code}" checked' in shown
    assert [entry.unit for entry in Entry.objects.all()] == [second]


def test_a_unit_must_be_chosen_from_one_s_own(client, two_units):
    page = reverse("forms_app:start", args=[CallFactory().pk])

    assert client.post(page, {"unit": UnitFactory().code}).status_code == 404
    assert not Entry.objects.exists()
