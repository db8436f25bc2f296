"""What public lists cost on one machine, whose cache is a table: no row asks for anything by itself, and reading writes nothing."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.cultivation import cultivating
from brands.models import Activity, BrandPage, ProjectStatus
from brands.writing import editing
from brands.writing.content import PageContent, content_of
from portal.settings import base
from tests.factories.forms import Cast, YearFactory
from tests.factories.projects import (
    activity_of,
    approve_all,
    award_level,
    carried_to,
    picture_of,
    project_in,
    public_page,
    quick_call,
)

pytestmark = pytest.mark.django_db
API = "/api/v2/pages/"
WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN")


@pytest.fixture
def one_machine(settings):
    """Keep the cache as one machine without Redis keeps it."""
    settings.CACHES = {
        **base.CACHES,
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "portal_cache",
        },
    }
    call_command("createcachetable", verbosity=0)


def awarded_in(year, unit=None):
    """Return a public brand of a year with a picture, an activity and an award."""
    call = quick_call(programme_year=YearFactory(year=year))
    project = project_in(call=call, **({"unit": unit} if unit else {}))
    public_page(project, activities=[activity_of(project).pk])
    carried_to(ProjectStatus.ACCEPTED, project)
    level = award_level(project.programme_year)
    cultivating.give_award(project, actor=Cast(project.unit).office, level=level)
    return project


def asked(client, address):
    """Return the questions to the database of the second of two requests."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in queries.captured_queries]


def test_no_row_of_a_list_asks_by_itself_and_readers_write_nothing(client, one_machine):
    first = awarded_in(2020)
    addresses = (
        "/",
        "/brands/",
        first.page.url,
        "/brands/awards/2020/",
        f"/brands/units/{first.unit.code}/",
        "/brands/calendar/",
        "/feed/",
        "/feed/rss/",
        API,
        f"{API}?type=brands.BrandPage&fields=*",
    )
    few = {address: asked(client, address) for address in addresses}
    for year in (2021, 2022):
        awarded_in(year, first.unit)
    awarded_in(2020)

    for address, before in few.items():
        now = asked(client, address)
        assert len(now) == len(before), address
        assert not [one for one in now if one.startswith(WRITES)], address


def test_a_brand_with_200_activities_asks_no_more_than_one_with_two(client, one_machine):
    related, first = awarded_in(2020), awarded_in(2019)
    project = project_in(
        unit=first.unit,
        call=quick_call(programme_year=YearFactory(year=2021)),
        answers={"previous_project": first.project_no},
    )
    pictured = [activity_of(project, name=f"示例{n}") for n in range(2)]
    for activity in pictured:
        picture_of(project, activity=activity)
    page = public_page(project, activities=[activity.pk for activity in pictured])
    few = asked(client, page.url)
    officer = Cast(project.unit).officer
    Activity.objects.bulk_create(
        Activity(
            project=project,
            date=timezone.localdate(),
            name=f"示例练习{n}",
            participants=9,
            created_by=officer,
        )
        for n in range(198)
    )
    editing.save_page(
        page,
        actor=officer,
        content=PageContent(
            intro=page.intro,
            cover=page.cover_id,
            story=content_of(page).story,
            activities=list(project.activities.values_list("pk", flat=True)),
        ),
        based_on=BrandPage.objects.get(pk=page.pk).latest_revision_id,
    )
    editing.send_page(page, actor=officer)
    approve_all(page)

    many = asked(client, page.url)

    text = client.get(page.url).text
    assert page.shown_activities.count() == 200
    assert first.page.url in text
    assert related.page.url in text
    assert len(many) == len(few) <= 15
