"""Signing in and out: one door for everybody, and nothing told to strangers."""

import pytest
from django.test import Client

from portal.units.models import Role
from portal.units.permissions import home_of
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with

ALL_WRONG = "用户名（工号）或密码不正确。"


def text(response):
    return response.content.decode()


def test_people_sign_in_with_their_user_name(sign_in):
    UserFactory(username="zhangsan")

    assert sign_in("zhangsan").status_code == 302


def test_people_sign_in_with_their_staff_number(sign_in):
    UserFactory(username="zhangsan", staff_no="0012345")

    assert sign_in(" 0012345 ").status_code == 302


@pytest.mark.parametrize(
    ("kind", "home"),
    [
        ("office", "/admin/"),
        ("reviewer", "/admin/"),
        ("auditor", "/admin/"),
        ("admin", "/admin/"),
        ("expert", "/review/"),
        ("officer", "/my/"),
    ],
)
def test_everybody_lands_where_his_work_is(people, sign_in, kind, home):
    assert sign_in(people[kind].username)["Location"] == home


def test_an_office_member_who_also_holds_a_post_lands_in_the_office(db):
    person = person_of(UnitFactory())
    office = person_with(Role.SCHOOL_UNION, Role.EXPERT)
    person.groups.set(office.groups.all())

    assert home_of(person) == "/admin/"


def test_the_wanted_page_comes_after_signing_in(sign_in):
    UserFactory(username="zhangsan")

    assert sign_in("zhangsan", next_path="/my/profile/")["Location"] == "/my/profile/"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http://localhost/",
    ],
)
def test_nobody_is_led_to_another_host(sign_in, address):
    UserFactory(username="zhangsan")

    assert sign_in("zhangsan", next_path=address)["Location"] == "/my/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(sign_in):
    UserFactory(username="zhangsan")
    UserFactory(username="gone", is_active=False)

    answers = [sign_in("zhangsan", "wrong"), sign_in("nobody", "wrong"), sign_in("gone")]

    assert all(answer.status_code == 200 and ALL_WRONG in text(answer) for answer in answers)


def test_what_was_typed_as_name_stays(sign_in):
    assert 'value="zhangsan"' in text(sign_in("zhangsan", "wrong"))


@pytest.mark.parametrize(
    ("login", "password"), [("", ""), ("zhangsan", ""), ("a\0b", "x"), ("长" * 300, "x")]
)
def test_odd_input_is_refused_in_words(sign_in, login, password):
    answer = sign_in(login, password)

    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/inactive/",
        "/accounts/password/set/",
        "/accounts/confirm-email/",
        "/accounts/reauthenticate/",
        "/accounts/login/code/confirm/",
        "/django-admin/",
    ],
)
def test_nobody_registers_himself_and_no_other_door_is_open(db, client, path):
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_signing_out_takes_a_post(db, client_of):
    client = client_of(UserFactory())

    assert "要退出登录吗" in text(client.get("/accounts/logout/"))
    assert client.get("/my/profile/").status_code == 200

    client.post("/accounts/logout/")
    assert client.get("/my/profile/").status_code == 302


def test_signing_out_and_in_needs_the_csrf_token(db):
    client = Client(enforce_csrf_checks=True)

    assert client.post("/accounts/login/", {"login": "a", "password": "b"}).status_code == 403
    assert client.post("/accounts/logout/").status_code == 403


def test_a_deactivated_person_is_out_at_once(db, client_of):
    person = UserFactory()
    client = client_of(person)
    person.is_active = False
    person.save()

    assert client.get("/my/profile/").status_code == 302


def test_the_sign_in_page_is_not_kept_by_caches(db, client):
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]
