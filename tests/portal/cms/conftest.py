"""The site as set_up leaves it, and the people around it."""

import pytest
from django.test import Client

from brands.set_up import set_up_wall
from forms_app.set_up import set_up_calls, set_up_categories
from portal.cms.set_up import (
    set_up_permissions,
    set_up_site,
    set_up_standing_pages,
    set_up_workflow,
)
from portal.units.models import Role
from portal.units.set_up import set_up_roles
from tests.factories.units import UserFactory, person_with


@pytest.fixture
def site(db):
    """Roles, page tree, workflow and permissions."""
    for part in (
        set_up_roles,
        set_up_site,
        set_up_workflow,
        set_up_permissions,
        set_up_standing_pages,
        set_up_categories,
        set_up_calls,
        set_up_wall,
    ):
        part()


@pytest.fixture
def office(site):
    return person_with(Role.SCHOOL_UNION, name="示例编辑")


@pytest.fixture
def reviewers(site):
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
def admin(site):
    return UserFactory(is_superuser=True, name="示例管理员")


@pytest.fixture
def sign_in():
    """Return a function that gives a signed-in browser."""

    def browser(user):
        client = Client()
        client.force_login(user)
        return client

    return browser
