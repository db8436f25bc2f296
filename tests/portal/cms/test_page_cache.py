"""Public pages come from memory, and nobody ever sees an old one, a draft or somebody else's."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from portal.cms import page_cache
from portal.cms.models import HomePage, NoticePage, SiteSettings
from portal.cms.moderation.doors import take_down
from tests.factories.forms import CallFactory
from tests.factories.pages import draft_notice, live_notice, published
from tests.factories.units import UserFactory


@pytest.fixture(autouse=True)
def switched_on(settings, db):
    settings.PAGE_CACHE = True


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Return a context in which what is done is committed, as it would be outside a test."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def words(client, address, **headers):
    return client.get(address, **headers).content.decode()


def test_the_second_reader_costs_no_query(client, django_assert_num_queries):
    page = live_notice("校园龙舟节")
    first = client.get(page.url)
    with django_assert_num_queries(0):
        second = client.get(page.url)
    assert second.content == first.content
    assert second["ETag"] == first["ETag"]


@pytest.mark.parametrize("feed", ["/feed/", "/feed/rss/"])
def test_a_feed_comes_from_memory_until_something_else_is_public(
    client, commit, feed, django_assert_num_queries
):
    live_notice("校园龙舟节")
    first = words(client, feed)
    with django_assert_num_queries(0):
        assert words(client, feed) == first
    with commit():
        live_notice("书香校园")
    assert "书香校园" in words(client, feed)


def test_it_is_not_sent_again_to_who_has_it(client):
    page = live_notice("校园龙舟节")
    again = client.get(page.url, headers={"If-None-Match": client.get(page.url)["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_sent_compressed_to_who_takes_that(client):
    page = live_notice("校园龙舟节", "长" * 2000)
    plain = client.get(page.url)
    zipped = client.get(page.url, headers={"Accept-Encoding": "gzip, br"})
    assert zipped["Content-Encoding"] == "gzip"
    assert int(zipped["Content-Length"]) < int(plain["Content-Length"]) / 2
    assert client.head(page.url)["Content-Length"] == plain["Content-Length"]


def test_a_published_change_shows_at_once_and_a_draft_never(office, client, commit):
    page = published(draft_notice(office, "旧标题"))
    assert "旧标题" in words(client, page.url)
    with commit():
        page.title = "新标题"
        page.save_revision(user=office)
    assert "新标题" not in words(client, page.url) + words(client, "/notices/")
    with commit():
        published(NoticePage.objects.get(pk=page.pk))
    assert "新标题" in words(client, page.url)
    assert "新标题" in words(client, "/notices/")


def test_the_searchs_years_are_those_of_what_is_public_now(office, client, commit):
    def offered():
        return client.get("/search/").context["years"]

    with commit():
        page = live_notice("今年的通知")
    assert offered() == [timezone.localdate().year]
    with commit():
        NoticePage.objects.get(pk=page.pk).delete()
    assert offered() == []


def test_a_page_taken_down_is_gone_at_once(office, client, commit):
    page = published(draft_notice(office, "撤下的通知"))
    assert "撤下的通知" in words(client, "/notices/")
    client.get(page.url)
    with commit():
        take_down(page, actor=office, reason="有误")
    assert client.get(page.url).status_code == 404
    assert "撤下的通知" not in words(client, "/notices/")


def change_settings():
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(), defaults={"organiser": "示例新主办"}
    )


def restrict():
    page = NoticePage.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def move():
    NoticePage.objects.get().move(HomePage.objects.get(), pos="last-child")


def delete():
    NoticePage.objects.get().delete()


@pytest.mark.parametrize("change", [change_settings, restrict, move, delete])
def test_whatever_changes_what_is_public_shows_at_once(client, commit, change):
    page = live_notice("会变的通知")
    before = client.get(page.url)
    with commit():
        change()
    after = client.get(page.url)
    assert (after.status_code, after.content) != (before.status_code, before.content)


def test_an_address_that_leads_elsewhere_now_leads_there_at_once(client, commit):
    assert client.get("/notices/old/").status_code == 404
    with commit():
        Redirect.objects.create(old_path="/notices/old", redirect_link="/notices/")
    assert client.get("/notices/old/").status_code == 301


@pytest.mark.parametrize("address", ["/notices/", "/api/v2/pages/", "/brands/calendar.ics"])
def test_who_asks_first_for_the_head_alone_is_told_what_the_page_would_say(client, address):
    head = client.head(address)
    page = client.get(address)
    assert head.content == b""
    assert (head["ETag"], head["Content-Length"]) == (page["ETag"], page["Content-Length"])


def test_what_does_not_come_from_memory_is_shown_by_no_cache_unasked(client):
    assert client.get("/notices/?utm=1")["Cache-Control"] == "no-cache"
    assert client.get("/search/?q=龙舟")["Cache-Control"] == "no-cache"
    assert client.get("/no-such-page/")["Cache-Control"] == "no-cache"
    client.force_login(UserFactory())
    for address in ("/", "/search/", "/feed/", "/brands/calendar.ics"):
        assert client.get(address)["Cache-Control"] == "private, no-cache", address


def test_a_signed_in_person_gets_his_own_page_and_leaves_none(client):
    stranger = words(client, "/notices/")
    client.force_login(UserFactory(name="示例本人"))
    assert "示例本人" in words(client, "/notices/?page=1")
    assert "示例本人" in words(client, "/notices/")
    client.cookies.clear()
    assert "示例本人" not in words(client, "/notices/?page=1")
    assert words(client, "/notices/") == stranger


def test_each_language_has_its_own(client):
    live_notice("校园龙舟节")
    chinese = words(client, "/notices/")
    english = words(client, "/notices/", headers={"Accept-Language": "en"})
    assert english != chinese
    assert words(client, "/notices/") == chinese


def test_what_nobody_knows_behind_the_address_is_not_kept():
    assert page_cache._key(RequestFactory().get("/notices/", {"utm": "1"})) is None


@pytest.mark.parametrize("address", ["/my/", "/review/", "/admin/", "/accounts/login/", "/search/"])
def test_only_public_pages_are_kept(address):
    assert page_cache._key(RequestFactory().get(address)) is None


def test_a_call_closes_and_days_left_count_down_on_time(client):
    now = timezone.localtime().replace(hour=22, minute=0)
    with time_machine.travel(now, tick=False):
        CallFactory(closes_at=now + timedelta(days=3, hours=1), opens_at=now - timedelta(days=1))
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        before = words(client, "/")
    with time_machine.travel(now + timedelta(hours=2, minutes=1), tick=False):
        next_day = words(client, "/")
    with time_machine.travel(now + timedelta(days=3, minutes=59), tick=False):
        last = words(client, "/")
    with time_machine.travel(now + timedelta(days=3, minutes=61), tick=False):
        over = words(client, "/")
    assert len({before, next_day, last, over}) == 4


def test_a_page_rendered_across_a_change_is_served_to_nobody():
    answers = iter(["旧", "新"])

    def view(request):
        text = next(answers)
        if text == "旧":
            page_cache._next_generation()  # somebody publishes while it renders
        return HttpResponse(text)

    reader = page_cache.page_cache(view)
    asked = RequestFactory().get("/notices/", headers={"Host": "testserver"})
    assert reader(asked).content.decode() == "旧"
    assert reader(asked).content.decode() == "新"


def test_all_processes_of_one_machine_hear_of_a_change(settings, tmp_path):
    settings.PAGE_CACHE_FILE = str(tmp_path / "generation")
    texts = []
    first, second = (
        page_cache.page_cache(lambda request: HttpResponse(texts[-1])) for _ in range(2)
    )
    asked = RequestFactory().get("/notices/", headers={"Host": "testserver"})
    texts.append("旧")
    assert first(asked).content == second(asked).content
    texts.append("新")
    assert second(asked).content.decode() == "旧"
    page_cache._next_generation()
    assert [reader(asked).content.decode() for reader in (first, second)] == ["新", "新"]


def test_a_page_that_says_it_is_mounted_elsewhere_is_not_kept(client):
    client.get("/", SCRIPT_NAME="/notices")

    assert "通知公告" in words(client, "/notices/")
