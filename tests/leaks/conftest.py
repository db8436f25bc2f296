"""The unit with its secrets, and everybody who must not learn them."""

import pytest
from django.test import Client

from portal.units.models import Post, Role
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with
from tests.leaks.world import World

STRANGERS = {
    "anonymous": lambda: None,
    "nobody": UserFactory,
    "other officer": lambda: person_of(UnitFactory()),
    "other chair": lambda: person_of(UnitFactory(), Post.CHAIR),
    "former officer": None,  # made with the world: he left the very unit
    "expert": lambda: person_with(Role.EXPERT),
    "reviewer": lambda: person_with(Role.FIRST_REVIEW),
}


@pytest.fixture(scope="module")
def the_world(made_once):
    return made_once(World)


@pytest.fixture
def world(the_world, db):
    return the_world


@pytest.fixture(params=STRANGERS)
def stranger(request, world):
    """A browser of somebody who has no business with the unit."""
    make = STRANGERS[request.param]
    person = make() if make else former_officer(world)
    client = Client()
    if person:
        client.force_login(person)
    return client


def former_officer(world):
    """Somebody who held a post in the unit until the year before."""
    person = person_of(world.unit)
    person.memberships.update(since="2020-01-01", until="2021-01-01")
    return person
