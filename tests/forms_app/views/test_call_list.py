"""The section of the calls: what is open first, and the archive, by year and by form."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forms_app.models import FormKind
from tests.factories.forms import CallFactory, YearFactory

pytestmark = pytest.mark.django_db
A_YEAR = timedelta(days=365)


def shown(client, query=""):
    """Return the titles of the calls that are not over, and of those that are."""
    context = client.get(f"/calls/{query}").context
    return [call["title"] for call in context["current"]], [
        call["title"] for call in context["over"]
    ]


@pytest.fixture
def three_calls():
    """A call that is open, and of the year before one for applications and one for summaries."""
    ago = timezone.now() - A_YEAR
    over = {"opens_at": ago, "closes_at": ago + timedelta(days=30)}
    before = YearFactory(year=2041)
    CallFactory(title="今年的", programme_year=YearFactory(year=2042))
    CallFactory(title="往年的", programme_year=before, **over)
    later = {**over, "closes_at": ago + timedelta(days=200)}
    CallFactory(title="往年的总结", programme_year=before, kind=FormKind.SUMMARY, **later)


@pytest.mark.usefixtures("three_calls")
class TestTheList:
    def test_what_is_open_stands_apart_from_what_is_over_the_latest_first(self, client):
        assert shown(client) == (["今年的"], ["往年的总结", "往年的"])

    def test_a_year_shows_its_calls_alone(self, client):
        assert shown(client, "?year=2042") == (["今年的"], [])
        assert shown(client, "?year=2041") == ([], ["往年的总结", "往年的"])

    def test_year_and_form_narrow_together(self, client):
        assert shown(client, "?year=2041&kind=summary") == ([], ["往年的总结"])

    def test_choosing_a_form_keeps_the_year(self, client):
        text = client.get("/calls/?year=2041").content.decode()

        assert 'href="?year=2041&amp;kind=summary"' in text

    def test_where_nothing_fits_a_way_on_is_shown(self, client):
        text = client.get("/calls/?year=2042&kind=summary").content.decode()

        assert "没有这样的申报通知" in text
        assert "看全部申报通知" in text

    @pytest.mark.parametrize("query", ["?year=x", "?year=9999", "?kind=x", "?page=x", "?page=-1"])
    def test_a_strange_filter_shows_the_list(self, client, query):
        assert shown(client, query) == (["今年的"], ["往年的总结", "往年的"])


def test_twenty_calls_that_are_over_stand_on_a_page(client):
    year, closed = YearFactory(year=2041), timezone.now() - timedelta(days=1)
    for _number in range(21):
        CallFactory(programme_year=year, opens_at=closed - A_YEAR, closes_at=closed)

    assert [len(shown(client, query)[1]) for query in ("", "?page=2")] == [20, 1]


def test_any_number_of_calls_costs_the_same(client, django_assert_max_num_queries):
    year = YearFactory(year=2041)
    for _number in range(8):
        CallFactory(programme_year=year)
    client.get("/calls/")

    with django_assert_max_num_queries(15):
        client.get("/calls/")
