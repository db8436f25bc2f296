"""What a password must be, changing it, forgetting it."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from portal.messaging import delivery
from portal.messaging.models import Channel, Message
from portal.units.passwords import give_initial_passwords, random_password
from tests.factories.units import UserFactory

NEW = "Kind-Regards-7"
OLD = "correct-Horse-9"


@pytest.mark.parametrize("password", ["Abcdefgh12", "abc-def-123", "教工之家Abc123"])
def test_ten_characters_of_three_kinds_are_enough(password):
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["Abc-12345", "abcdefghijkl", "abcdefgh1234", "1234567890", "教工之家教工之家教工之家"],
)
def test_too_short_or_too_uniform_passwords_are_refused(password):
    with pytest.raises(ValidationError, match="密码至少 10 位"):
        validate_password(password)


@pytest.mark.parametrize("password", ["ZhangSan-2026", "x-20010001-Y"])
def test_a_password_does_not_contain_the_name_or_staff_number(password):
    person = UserFactory.build(username="zhangsan", staff_no="20010001")

    with pytest.raises(ValidationError, match="不能含有用户名或工号"):
        validate_password(password, person)


def test_initial_passwords_follow_the_rules_and_differ():
    drawn = {random_password() for _n in range(50)}

    assert len(drawn) == 50
    for password in drawn:
        validate_password(password)


@pytest.fixture
def person(db):
    return UserFactory(username="zhangsan", staff_no="20010001", email="zhangsan@example.com")


def change(client, old, new, again=None):
    data = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/accounts/password/change/", data)


def test_people_change_their_password_and_stay_signed_in(person, client_of, sign_in):
    client = client_of(person)

    assert change(client, OLD, NEW)["Location"] == "/my/"
    assert client.get("/my/profile/").status_code == 200
    assert sign_in("zhangsan", NEW).status_code == 302


def test_other_browsers_are_signed_out_by_the_change(person, client_of):
    here, elsewhere = client_of(person), client_of(person)
    change(here, OLD, NEW)

    assert elsewhere.get("/my/profile/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong", NEW, NEW, "密码"),
        (OLD, OLD, OLD, "新密码不能和现在的密码相同"),
        (OLD, "short", "short", "密码至少 10 位"),
        (OLD, NEW, NEW + "x", "密码"),
        (OLD, "my-20010001-A", "my-20010001-A", "不能含有用户名或工号"),
    ],
)
def test_a_bad_change_is_explained_and_changes_nothing(person, client_of, old, new, again, words):
    answer = change(client_of(person), old, new, again)
    person.refresh_from_db()

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert person.check_password(OLD)


def test_strangers_cannot_change_a_password(db, client):
    assert client.get("/accounts/password/change/").status_code == 302
    assert change(client, OLD, NEW).status_code == 302


def ask_for_link(client, name):
    answer = client.post("/accounts/password/reset/", {"email": name}, follow=True)
    delivery.sweep()
    return answer


@pytest.mark.parametrize("name", ["zhangsan", "20010001", "ZhangSan@example.com"])
def test_a_link_comes_by_mail_for_name_number_or_address(person, client, name):
    ask_for_link(client, name)

    (letter,) = mail.outbox
    assert letter.to == ["zhangsan@example.com"]
    assert letter.subject == "【一会一品】重设登录密码"
    assert "2 小时内" in letter.body


def test_the_answer_is_the_same_with_and_without_such_an_account(person, client):
    UserFactory(username="lisi", email="")

    pages = {
        name: ask_for_link(client, name).content.decode() for name in ("zhangsan", "lisi", "nobody")
    }

    assert "请查收邮件" in pages["zhangsan"]
    assert pages["zhangsan"] == pages["lisi"] == pages["nobody"]
    assert len(mail.outbox) == 1


def test_a_deactivated_person_gets_no_link(db, client):
    UserFactory(username="gone", is_active=False)
    ask_for_link(client, "gone")

    assert mail.outbox == []


def test_nothing_is_sent_while_somebody_waits_so_that_time_tells_nothing(person, client):
    client.post("/accounts/password/reset/", {"email": "zhangsan"})

    assert mail.outbox == []
    assert delivery.sweep() == 1


def test_the_link_is_kept_nowhere(person, client):
    """Whoever reads the register of messages could take the account by it."""
    ask_for_link(client, "zhangsan")
    _page, path = follow_link(client)

    [message] = Message.objects.all()
    assert message.channel == Channel.EMAIL
    assert path not in f"{message.path} {message.context}"


def test_who_asks_again_and_again_gets_one_mail_a_minute(person, client, time_machine):
    time_machine.move_to("2026-03-20 09:00:05+08:00", tick=False)
    for _n in range(3):
        ask_for_link(client, "zhangsan")
    assert len(mail.outbox) == 1

    time_machine.move_to("2026-03-20 09:01:05+08:00", tick=False)
    ask_for_link(client, "zhangsan")
    assert len(mail.outbox) == 2


def follow_link(client):
    (letter,) = mail.outbox
    path = re.search(r"https?://[^/]+(/accounts/\S+)", letter.body)[1]
    return client.get(path, follow=True), path


def test_the_link_sets_a_new_password_once(person, client, sign_in):
    ask_for_link(client, "zhangsan")
    page, path = follow_link(client)
    form = page.redirect_chain[-1][0]
    done = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)

    assert "密码已更换" in done.content.decode()
    assert sign_in("zhangsan", NEW).status_code == 302
    assert "这个链接已经失效" in Client().get(path, follow=True).content.decode()


def test_the_link_keeps_to_the_rules(person, client):
    ask_for_link(client, "zhangsan")
    page, _path = follow_link(client)
    answer = client.post(page.redirect_chain[-1][0], {"password1": "short", "password2": "short"})

    assert "密码至少 10 位" in answer.content.decode()


def test_a_made_up_link_is_refused(person, client):
    page = client.get("/accounts/password/reset/key/1-abc-def/", follow=True)

    assert "这个链接已经失效" in page.content.decode()


def test_the_link_also_ends_the_duty_to_change_an_initial_password(person, client):
    give_initial_passwords([person])
    ask_for_link(client, "zhangsan")
    page, _path = follow_link(client)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    person.refresh_from_db()

    assert not person.must_change_password
