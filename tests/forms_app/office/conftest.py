"""The people around an entry, signed in, and an application in each state the office meets."""

import pytest
from django.core.management import call_command

from portal.units.models import Post, Role
from tests.factories.forms import CallFactory
from tests.factories.units import UnitFactory, person_of, person_with


@pytest.fixture
def portal(db):
    """A fresh installation: groups with their rights, categories, rubrics, forms."""
    call_command("set_up", verbosity=0)


@pytest.fixture
def call(portal):
    return CallFactory(title="关于申报示例项目的通知", experts_per_entry=3)


@pytest.fixture
def unit(portal):
    return UnitFactory(name="示例学院工会")


@pytest.fixture
def office(portal):
    return person_with(Role.SCHOOL_UNION, name="示例办公室")


@pytest.fixture
def office_of_unit(portal, unit):
    """Office staff who also holds a post in the unit."""
    user = person_with(Role.SCHOOL_UNION, name="示例本单位")
    unit.memberships.create(user=user, post=Post.PARTY)
    return user


@pytest.fixture
def auditor(portal):
    return person_with(Role.AUDITOR, name="示例审计")


@pytest.fixture
def reviewer(portal):
    return person_with(Role.FIRST_REVIEW, name="示例初审")


@pytest.fixture
def officer(unit):
    return person_of(unit, Post.OFFICER, name="示例经办")


@pytest.fixture
def expert(portal):
    return person_with(Role.EXPERT, name="示例专家")


@pytest.fixture
def as_(client):
    """Return a function that signs a person in (None: signs out) and gives back the client."""

    def sign_in(user):
        client.logout()
        if user:
            client.force_login(user)
        return client

    return sign_in
