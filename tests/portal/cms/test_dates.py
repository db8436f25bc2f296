"""Lists tell a page by the date its editor gave, else by the day it was first published, as the office's clock has it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.migrations.loader import MigrationLoader

from portal.cms.models import NoticeIndexPage, NoticePage, PolicyIndexPage, PolicyPage
from portal.units.models import Role
from tests.factories.pages import draft, draft_notice, live_notice, published
from tests.factories.units import person_with

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NEW_YEAR_IN_SHANGHAI = datetime(2023, 12, 31, 16, 30, tzinfo=UTC)


@pytest.fixture
def office():
    return person_with(Role.SCHOOL_UNION)


def listed():
    return [(page.title, page.dated) for page in NoticeIndexPage.objects.get().dated_pages()]


def test_without_a_date_it_is_of_the_day_of_its_publication(office, time_machine):
    time_machine.move_to(NEW_YEAR_IN_SHANGHAI, tick=False)

    published(draft_notice(office, "元旦"))

    assert listed() == [("元旦", date(2024, 1, 1))]


def test_published_anew_it_stays_of_its_first_day(office, time_machine):
    time_machine.move_to(NEW_YEAR_IN_SHANGHAI, tick=False)
    page = published(draft_notice(office, "元旦"))
    time_machine.move_to(NEW_YEAR_IN_SHANGHAI + timedelta(days=9), tick=False)

    page.title = "元旦放假"
    page.save_revision(user=office)
    published(page)

    assert listed() == [("元旦放假", date(2024, 1, 1))]


def test_a_date_that_is_changed_holds_once_it_is_public(office):
    live_notice("六月", issued_on=date(2024, 6, 1))
    page = live_notice("五月", issued_on=date(2024, 5, 1))

    page.issued_on = date(2024, 7, 1)
    page.save_revision(user=office)
    assert listed() == [("六月", date(2024, 6, 1)), ("五月", date(2024, 5, 1))]

    published(page)
    assert listed() == [("五月", date(2024, 7, 1)), ("六月", date(2024, 6, 1))]


def test_a_document_without_a_date_of_writing_gets_none_by_its_publication(office, time_machine):
    time_machine.move_to(NEW_YEAR_IN_SHANGHAI, tick=False)
    policies = PolicyIndexPage.objects.get()

    page = published(draft(PolicyPage(title="示例办法"), under=policies, author=office))

    assert page.written_on is None
    assert [it.dated for it in policies.dated_pages()] == [date(2024, 1, 1)]


def test_pages_of_before_are_given_their_days():
    live_notice("补录", issued_on=date(2019, 12, 31))
    fresh = live_notice("元旦")
    NoticePage.objects.update(dated=None)
    NoticePage.objects.filter(pk=fresh.pk).update(first_published_at=NEW_YEAR_IN_SHANGHAI)

    name = ("cms", "0007_fill_dated")
    loader = MigrationLoader(None)
    [operation] = loader.graph.nodes[name].operations
    operation.code(loader.project_state(name).apps, None)

    assert listed() == [("元旦", date(2024, 1, 1)), ("补录", date(2019, 12, 31))]
