"""The people around the site."""

import pytest
from django.test import Client

from portal.units.models import Role
from tests.factories.units import UserFactory, person_with


@pytest.fixture
def office(db):
    return person_with(Role.SCHOOL_UNION, name="示例编辑")


@pytest.fixture
def reviewers(db):
    """One person per stage."""
    return [
        person_with(role, name=name)
        for role, name in (
            (Role.FIRST_REVIEW, "示例初审"),
            (Role.SECOND_REVIEW, "示例复审"),
            (Role.FINAL_REVIEW, "示例终审"),
        )
    ]


@pytest.fixture
def admin(db):
    return UserFactory(is_superuser=True, name="示例管理员")


@pytest.fixture
def sign_in():
    """Return a function that gives a signed-in browser."""

    def browser(user):
        client = Client()
        client.force_login(user)
        return client

    return browser
