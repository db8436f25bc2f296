"""A page belongs to the year of the date it shows: the one given, else that of its publication as the office's clock had it."""

from datetime import UTC, date, datetime

import pytest

from portal.cms.models import NoticePage
from portal.cms.years import in_year, years_of
from tests.factories.pages import live_notice

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NEW_YEAR_IN_SHANGHAI = datetime(2023, 12, 31, 16, 30, tzinfo=UTC)


def notice(title, *, given=None, published=None):
    page = live_notice(title)
    page.issued_on, page.first_published_at = given, published
    page.save()


def titles(year):
    return sorted(page.title for page in in_year(NoticePage.objects.all(), year))


def test_the_date_given_counts_before_that_of_publication():
    notice("补录", given=date(2019, 12, 31), published=NEW_YEAR_IN_SHANGHAI)
    notice("元旦", published=NEW_YEAR_IN_SHANGHAI)

    assert years_of(NoticePage.objects.all()) == [2024, 2019]
    assert titles(2024) == ["元旦"]
    assert titles(2019) == ["补录"]
    assert titles(2023) == []


def test_a_mistyped_year_is_no_choice_but_found():
    notice("笔误", given=date(219, 1, 1))
    notice("今年", given=date(2026, 5, 1))

    assert years_of(NoticePage.objects.all()) == [2026]
    assert titles(219) == ["笔误"]


@pytest.mark.parametrize("year", [0, 1, 9998, 9999, 10_000])
def test_years_of_no_calendar_have_nothing(year):
    notice("今年", given=date(2026, 5, 1))

    assert titles(year) == []


def test_without_pages_there_are_no_years():
    assert years_of(NoticePage.objects.all()) == []
