"""The site before anything has been published: no empty place leads to another one, and the office is led to what it writes first."""

import pytest

from forms_app.models import CallPage
from portal.units.models import Role
from tests.factories.forms import CallFactory, YearFactory
from tests.factories.projects import project_in, public_page
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


def text_of(client, address):
    return client.get(address).content.decode()


def test_where_no_call_has_ever_been_none_is_led_to(client):
    assert "看往年的申报通知" not in text_of(client, "/")
    assert "申报通知发布以后，在这里看得到" in text_of(client, "/")


def test_where_calls_are_over_they_are_led_to(client):
    call = CallFactory()
    CallPage.objects.update(opens_at=call.opens_at.replace(year=2020), closes_at=call.opens_at)

    assert "看往年的申报通知" in text_of(client, "/")


def test_the_year_goes_nowhere_before_there_is_one(client):
    assert "每年五步" in text_of(client, "/")

    YearFactory()

    assert "这一年走到哪一步" in text_of(client, "/")


def test_a_wall_without_brands_offers_nothing_to_filter(client):
    text = text_of(client, "/brands/")

    assert "第一批品牌正在培育" in text
    assert "<form class=" not in text.split("<main")[1]


def test_whoever_applies_is_led_to_how_others_did_it_once_somebody_has(client):
    call = CallFactory()

    assert "/brands/?year=" not in text_of(client, call.url)

    project = project_in()
    public_page(project)

    year = project.programme_year.year
    assert f'href="/brands/?year={year}"' in text_of(client, call.url)


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("/notices/", "cms/noticepage"),
        ("/policies/", "cms/policypage"),
        ("/calls/", "forms_app/callpage"),
    ],
)
def test_the_office_writes_the_next_page_of_a_section_from_the_section(section, kind, client):
    client.force_login(person_with(Role.SCHOOL_UNION))

    assert f'href="/admin/pages/add/{kind}/' in text_of(client, section)


def test_nobody_else_is_offered_to_write(client):
    assert "/admin/pages/add/" not in text_of(client, "/notices/")


def test_brand_pages_are_begun_by_their_units_and_not_there(client):
    client.force_login(person_with(Role.SCHOOL_UNION))

    assert "/admin/pages/add/" not in text_of(client, "/brands/")
