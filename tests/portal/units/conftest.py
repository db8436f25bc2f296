"""The people of these tests, and how they sign in."""

import pytest
from django.test import Client

from portal.units.models import Post, Role
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with

PASSWORD = "correct-Horse-9"


@pytest.fixture
def people(db):
    """One person of every kind, by the name of the kind."""
    unit = UnitFactory()
    return {
        "officer": person_of(unit, Post.OFFICER),
        "expert": person_with(Role.EXPERT),
        "office": person_with(Role.SCHOOL_UNION),
        "reviewer": person_with(Role.FIRST_REVIEW),
        "auditor": person_with(Role.AUDITOR),
        "admin": UserFactory(is_superuser=True),
    }


@pytest.fixture
def client_of():
    """Return a function that gives a signed-in browser of a person."""

    def signed_in(person):
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def sign_in(db):
    """Return a function that types a name and a password into the sign-in form."""

    def typed(login, password=PASSWORD, *, client=None, next_path="", **headers):
        client = client or Client()
        data = {"login": login, "password": password, "next": next_path}
        return client.post("/accounts/login/", data, **headers)

    return typed
