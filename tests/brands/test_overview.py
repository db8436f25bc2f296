"""Year, unit and calendar tell what public pages tell, and nothing else."""

from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.models import BrandPageActivity, Project
from brands.views.calendar import escaped, folded
from tests.factories.forms import YearFactory
from tests.factories.projects import activity_of, project_in, public_page, quick_call, written_page
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def public_and_draft(made_once):
    def make():
        call = quick_call()
        public = project_in(call=call, unit=UnitFactory(code="seen", name="示例可见工会"))
        draft = project_in(call=call, unit=UnitFactory(code="unseen", name="示例未见工会"))
        told = activity_of(public, name="示例公开课", participants=1234)
        activity_of(public, name="示例没选的课", participants=99)
        public_page(public, activities=[told.pk])
        written_page(draft, activities=[activity_of(draft, name="示例草稿课").pk])
        return [public.pk, draft.pk]

    return made_once(make)


@pytest.fixture
def public(db, public_and_draft):
    return Project.objects.select_related("programme_year", "page").get(pk=public_and_draft[0])


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def addresses(public):
    year = public.programme_year.year
    return {
        "year": f"/brands/years/{year}/",
        "unit": "/brands/units/seen/",
        "calendar": "/brands/calendar/",
        "feed": "/brands/calendar.ics",
    }


def test_the_sitemap_names_the_overviews_that_show_something(client, public):
    text = text_of(client, "/sitemap.xml")

    shown = addresses(public)
    for name in ("year", "unit", "calendar"):
        assert (
            f"<loc>{public.page.full_url.removesuffix(public.page.url)}{shown[name]}</loc>" in text
        )
    assert "/brands/units/unseen/" not in text
    assert "/brands/awards/" not in text


@pytest.mark.parametrize("name", ["year", "unit", "calendar", "feed"])
def test_nothing_unpublished_is_told(client, public, name):
    text = text_of(client, addresses(public)[name])

    for words in ("示例草稿课", "示例没选的课", "示例未见工会"):
        assert words not in text


def test_the_year_counts_chosen_activities_only(client, public):
    text = text_of(client, addresses(public)["year"])

    assert "1,234" in text
    assert "1,333" not in text
    assert "示例可见工会" in text


@pytest.mark.parametrize(
    "address", ["/brands/years/1999/", "/brands/units/unseen/", "/brands/units/none/"]
)
def test_what_has_no_public_brand_has_no_page(client, public, address):
    assert client.get(address).status_code == 404


def test_the_calendar_shows_the_activity_on_its_day(client, public):
    text = text_of(client, "/brands/calendar/")

    assert "示例公开课" in text
    assert public.page.url in text


@pytest.mark.parametrize("month", ["1999-01", "x", "2026-13", "\x00"])
def test_a_month_without_anything_shows_the_last_that_has(client, public, month):
    response = client.get("/brands/calendar/", {"month": month})

    assert "示例公开课" in response.content.decode()


def test_the_calendar_says_that_this_month_has_nothing_yet_and_leads_to_it(client, public):
    BrandPageActivity.objects.update(date=date(2020, 2, 29))
    this_month = f"{timezone.localdate():%Y-%m}"

    opened = client.get("/brands/calendar/").text
    now = client.get("/brands/calendar/", {"month": this_month}).text

    assert "还没有公开的活动，先看最近有活动的一个月" in opened
    assert f'href="?month={this_month}"' in opened
    assert "示例公开课" in opened
    assert "本月还没有公开的活动" in now
    assert 'href="?month=2020-02"' in now


def test_a_month_that_was_asked_for_is_not_called_the_last_that_has_something(client, public):
    BrandPageActivity.objects.update(date=date(2020, 2, 29))

    asked = client.get("/brands/calendar/", {"month": "2020-02"}).text

    assert "先看最近有活动的一个月" not in asked
    assert ">本月<" in asked


def test_in_english_a_year_is_told_with_the_names_of_months_and_one_is_not_many(client, public):
    client.cookies["django_language"] = "en"

    text = text_of(client, addresses(public)["year"])

    assert "<small>brand</small>" in text
    assert "<small>event</small>" in text
    assert "<small>attendances</small>" in text
    assert all(month in text for month in (">Jan<", ">Feb<", ">Dec<"))


def test_the_feed_is_a_calendar_of_days(client, public):
    response = client.get("/brands/calendar.ics")
    text = response.content.decode()

    assert response["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:示例公开课" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_calendar_is_subscribed_to_not_imported_once(client, public):
    """Phones and Outlook follow webcal:; an address to copy serves the others, a file whoever wants to keep it."""
    text = text_of(client, "/brands/calendar/")

    assert 'href="webcal://testserver/brands/calendar.ics"' in text
    assert 'data-copy="http://testserver/brands/calendar.ics"' in text
    assert 'href="/brands/calendar.ics"' in text


def test_a_year_has_the_tools_to_print_it_and_pass_it_on(client, public):
    address = addresses(public)["year"]
    text = text_of(client, f"{address}?x=1")

    assert "data-print" in text
    assert f'data-copy="http://testserver{address}"' in text
    assert f"/qr.svg?to={quote(address, safe='')}" in text


def test_long_lines_are_folded_between_characters_and_marks_escaped():
    line = "DESCRIPTION:" + "读书" * 60

    assert folded(line).replace("\r\n ", "") == line
    assert escaped("甲;乙,丙\\丁\n戊") == "甲\\;乙\\,丙\\\\丁\\n戊"


def test_more_brands_cost_no_more_queries(client, public):
    def asked(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    few = {name: asked(address) for name, address in addresses(public).items()}
    earlier = quick_call(programme_year=YearFactory(year=2020))
    for project in (
        project_in(call=public.entry.call),
        project_in(call=earlier, unit=public.unit),
    ):
        public_page(project, activities=[activity_of(project, name="又一课").pk])

    assert {name: asked(address) for name, address in addresses(public).items()} == few


def test_a_day_of_long_ago_leaves_the_feed_sound(client, public):
    BrandPageActivity.objects.update(date=date(1, 2, 3))

    text = client.get("/brands/calendar.ics").content.decode()

    assert "DTSTART;VALUE=DATE:00010203" in text
    assert "DTEND;VALUE=DATE:00010204" in text
