"""Rules that hold on every page: the initial password first, and the idle limit."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from portal.cms.models import HomePage
from portal.units.models import User
from portal.units.passwords import give_initial_passwords
from portal.units.tasks import clear_sessions
from tests.factories.units import UserFactory

IDLE = "您有 30 分钟没有操作"


@pytest.fixture
def beginner(db):
    person = UserFactory(username="zhangsan", is_superuser=True)
    ((_person, password),) = give_initial_passwords([person])
    person.initial_password = password
    return person


def test_an_initial_password_works_and_leads_to_its_change(beginner, sign_in):
    client = Client()
    signed_in = sign_in("zhangsan", beginner.initial_password, client=client)

    assert client.get(signed_in["Location"])["Location"] == (
        "/accounts/password/change/?next=%2Fadmin%2F"
    )


@pytest.mark.parametrize(
    "path",
    ["/", "/my/profile/", "/my/profile/data/", "/admin/", "/admin/units/import/", "/notices/"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_else_is_open_before_the_change(beginner, client_of, path, method):
    answer = getattr(client_of(beginner), method)(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/password/change/")


def test_the_change_page_and_the_way_out_are_open(beginner, client_of):
    client = client_of(beginner)

    assert "您现在用的是初始密码" in client.get("/accounts/password/change/").content.decode()
    assert client.post("/accounts/logout/")["Location"] == "/"


def test_after_the_change_the_wanted_page_comes(beginner, client_of):
    client = client_of(beginner)
    new = {"oldpassword": beginner.initial_password, "password1": "Kind-Regards-7"}
    data = {**new, "password2": new["password1"], "next": "/my/profile/"}

    assert client.post("/accounts/password/change/", data)["Location"] == "/my/profile/"
    assert client.get("/my/profile/").status_code == 200


def test_public_pages_do_not_vary_by_cookie_for_strangers(db, client):
    assert "Cookie" not in client.get("/health/live").get("Vary", "")


def test_after_half_an_hour_without_a_click_one_signs_in_again(db, sign_in):
    UserFactory(username="zhangsan")
    client = Client()
    with time_machine.travel("2026-03-20 09:00+08:00", tick=False) as clock:
        sign_in("zhangsan", client=client)
        clock.shift(timedelta(minutes=31))
        answer = client.get("/my/profile/?tab=1", follow=True)

    assert answer.redirect_chain == [("/accounts/login/?next=/my/profile/%3Ftab%3D1", 302)]
    assert IDLE in answer.content.decode()


def test_every_click_starts_the_half_hour_anew(db, sign_in):
    UserFactory(username="zhangsan")
    client = Client()
    with time_machine.travel("2026-03-20 09:00+08:00", tick=False) as clock:
        sign_in("zhangsan", client=client)
        for _n in range(3):
            clock.shift(timedelta(minutes=29))
            assert client.get("/my/profile/").status_code == 200


def test_who_never_signed_in_is_told_nothing_about_idling(db, client):
    assert IDLE not in client.get("/my/profile/", follow=True).content.decode()


def test_who_signed_out_is_told_nothing_about_idling(db, client_of):
    client = client_of(UserFactory())
    client.post("/accounts/logout/")

    assert IDLE not in client.get("/my/profile/", follow=True).content.decode()


def test_a_form_sent_too_late_leads_back_to_its_page(db, sign_in):
    UserFactory(username="zhangsan")
    client = Client()
    with time_machine.travel("2026-03-20 09:00+08:00", tick=False) as clock:
        sign_in("zhangsan", client=client)
        clock.shift(timedelta(minutes=31))
        answer = client.post(
            "/my/profile/", {"phone": "13800000000"}, HTTP_REFERER="http://testserver/my/profile/"
        )

    assert unquote(answer["Location"]) == "/accounts/login/?next=/my/profile/"


def test_a_referer_of_another_host_is_not_followed(db, client):
    answer = client.post("/my/profile/", {}, HTTP_REFERER="http://evil.example/trap/")

    assert answer["Location"] == "/accounts/login/?next=/my/profile/"


def our_beat(client):
    return client.get("/my/profile/", headers={"X-Beat": "1"})


def beat_of_the_cms(client):
    editing = EditingSession.objects.create(
        user=User.objects.get(username="zhangsan"),
        content_type=ContentType.objects.get_for_model(Page),
        object_id=HomePage.objects.get().pk,
        last_seen_at=timezone.now(),
    )
    return client.post(
        f"/admin/editing-sessions/ping/wagtailcore/page/{editing.object_id}/{editing.pk}/"
    )


@pytest.mark.parametrize("beat", [our_beat, beat_of_the_cms])
def test_what_a_page_asks_by_the_clock_keeps_nobody_signed_in(db, sign_in, beat):
    UserFactory(username="zhangsan", is_superuser=True)
    client = Client()
    with time_machine.travel("2026-03-20 09:00+08:00", tick=False) as clock:
        sign_in("zhangsan", client=client)
        clock.shift(timedelta(minutes=20))
        assert beat(client).status_code in (200, 201)
        clock.shift(timedelta(minutes=20))
        answer = client.get("/my/profile/")

    assert answer["Location"].startswith("/accounts/login/")


def test_a_session_that_ended_long_ago_is_removed_and_one_of_yesterday_is_kept(db, client_of):
    for days in (8, 1, 0):
        with time_machine.travel(timezone.now() - timedelta(days=days), tick=False):
            client_of(UserFactory())

    assert clear_sessions() == 1
    assert Session.objects.count() == 2
