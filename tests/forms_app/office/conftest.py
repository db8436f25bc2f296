"""The people around an entry, and the way they sign in."""

import pytest

from forms_app.models import CallPage
from portal.units.models import Post, Role, User
from tests.factories.forms import CallFactory
from tests.factories.units import UnitFactory, person_of, person_with


@pytest.fixture(scope="module")
def made(made_once):
    """A call and somebody of the office, made once for a file."""

    def make():
        call = CallFactory(title="关于申报示例项目的通知", experts_per_entry=2)
        return call.pk, person_with(Role.SCHOOL_UNION, name="示例办公室").pk

    return made_once(make)


@pytest.fixture
def call(db, made):
    return CallPage.objects.get(pk=made[0])


@pytest.fixture
def unit(db):
    return UnitFactory(name="示例学院工会")


@pytest.fixture
def office(db, made):
    return User.objects.get(pk=made[1])


@pytest.fixture
def people(office, unit):
    """Everybody who might come by, by what he is."""
    own = person_with(Role.SCHOOL_UNION, name="示例本单位")
    unit.memberships.create(user=own, post=Post.PARTY)
    return {
        "office": office,
        "office_of_unit": own,
        "auditor": person_with(Role.AUDITOR, name="示例审计"),
        "reviewer": person_with(Role.FIRST_REVIEW, name="示例初审"),
        "expert": person_with(Role.EXPERT, name="示例专家"),
        "officer": person_of(unit, Post.OFFICER, name="示例经办"),
        "other_unit": person_of(UnitFactory(), Post.CHAIR, name="示例他人"),
        "anonymous": None,
    }


@pytest.fixture
def as_(client):
    """Return a function that signs a person in (None: signs out) and gives back the client."""

    def sign_in(user):
        client.logout()
        if user:
            client.force_login(user)
        return client

    return sign_in


def said(response):
    """Return what the page says about what just happened."""
    return " ".join(str(message) for message in response.context["messages"])
