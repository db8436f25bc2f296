"""A call with short ways, an office, two experts, and entries given to them."""

import pytest
from django.urls import reverse

from forms_app.review.reviewing import assign
from portal.units.models import Role
from tests.factories.forms import CallFactory, entry_in
from tests.factories.units import person_with


@pytest.fixture
def office(db):
    return person_with(Role.SCHOOL_UNION, name="示例办公室")


@pytest.fixture
def expert(db):
    return person_with(Role.EXPERT, name="示例专家甲")


@pytest.fixture
def colleague(db):
    return person_with(Role.EXPERT, name="示例专家乙")


@pytest.fixture
def quick(office):
    """A call without the unit's signatures."""
    return CallFactory(needs_chair=False, needs_party=False)


@pytest.fixture
def give(quick, office, expert):
    """Return a function that makes an entry under review and gives it to experts."""

    def give(*people, **answers):
        entry = entry_in("in_review", call=quick, answers=answers)
        return assign(entry, experts=people or [expert], actor=office)[0]

    return give


@pytest.fixture
def desk(client, expert):
    """The expert's browser."""
    client.force_login(expert)
    return client


def page(assignment, name="entry"):
    return reverse(f"review:{name}", args=[assignment.pk])


def opened(browser, assignment):
    """Open the page of an entry anew; return what it posts along, so that saves from two pages can be told apart."""
    shown = browser.get(page(assignment)).context
    return {"page": shown["page_name"], "seen": shown["seen"]}
