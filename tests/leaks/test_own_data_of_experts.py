"""What an expert downloads about himself names nothing he has no business with any more."""

import json

import pytest

from forms_app.review import reviewing
from portal.units.models import Role
from tests.factories.units import person_with
from tests.leaks.test_experts_named_later import comes_back

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def expert(db):
    return person_with(Role.EXPERT, staff_no="T2026007")


@pytest.fixture
def given(world, expert):
    [given] = reviewing.assign(world.in_review, experts=[expert], actor=world.cast.office)
    return given


def own_data(client, expert):
    client.force_login(expert)
    return json.dumps(client.get("/my/profile/data/").json()["applications"], ensure_ascii=False)


def test_what_he_may_see_he_finds(client, given, expert):
    assert given.entry.title in own_data(client, expert)


def test_what_became_of_it_after_he_had_to_stay_away_he_does_not(client, world, given, expert):
    before = given.entry.title
    given.entry.recusals.create(expert=expert, ground="office", reason="亲属")
    comes_back(world, title="改过的名称")

    data = own_data(client, expert)

    assert "改过的名称" not in data
    assert before in data


def test_what_he_never_had_he_does_not(client, world, expert):
    world.in_review.recusals.create(expert=expert, ground="office", reason="亲属")

    assert world.in_review.title not in own_data(client, expert)
