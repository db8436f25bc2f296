"""Five failures lock an account for a quarter of an hour."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.signals import password_reset
from django.test import Client

from portal.units.devices import COOKIE
from portal.units.lockout import FAILURES_PER_ADDRESS, NAMES_PER_ADDRESS
from portal.units.models import AuditAction, AuditRecord, SignInTries
from portal.units.passwords import give_initial_passwords
from tests.factories.units import UserFactory

MORNING = "2026-03-20 09:00+08:00"
LOCKED = "已暂时锁定"


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def person(db):
    return UserFactory(username="zhangsan", staff_no="20010001")


def fail(sign_in, times, login="zhangsan", **headers):
    for _n in range(times):
        answer = sign_in(login, "wrong", **headers)
    return answer.content.decode()


def sign_out(client):
    """Press 退出; the test client's own logout would throw all cookies away."""
    client.post("/accounts/logout/")


def spray(sign_in, times, **headers):
    for n in range(times):
        sign_in(f"guess{n}", "wrong", **headers)


def test_the_fifth_failure_locks(clock, person, sign_in):
    assert LOCKED not in fail(sign_in, 4)
    assert LOCKED in fail(sign_in, 1)


def test_the_right_password_does_not_help_while_locked(clock, person, sign_in):
    fail(sign_in, 5)

    assert sign_in("zhangsan").status_code == 200


def test_the_message_says_when_to_try_again_and_whom_to_ask(clock, person, sign_in):
    answer = fail(sign_in, 5)

    assert "09:16" in answer
    assert "校工会办公室" in answer


def test_remaining_attempts_are_told(clock, person, sign_in):
    assert "再错 4 次" in fail(sign_in, 1)


def test_after_a_quarter_of_an_hour_it_is_open_again(clock, person, sign_in):
    fail(sign_in, 5)
    clock.shift(timedelta(minutes=14, seconds=59))
    assert sign_in("zhangsan").status_code == 200

    clock.shift(timedelta(seconds=2))
    assert sign_in("zhangsan").status_code == 302


def test_after_the_lock_five_new_failures_are_counted(clock, person, sign_in):
    fail(sign_in, 5)
    clock.shift(timedelta(minutes=15, seconds=1))

    assert LOCKED not in fail(sign_in, 4)
    assert LOCKED in fail(sign_in, 1)


def test_a_success_starts_the_count_anew(clock, person, sign_in):
    fail(sign_in, 4)
    sign_in("zhangsan")
    clock.shift(1)

    assert LOCKED not in fail(sign_in, 4)


def test_failures_are_forgotten_after_a_quarter_of_an_hour(clock, person, sign_in):
    fail(sign_in, 4)
    clock.shift(timedelta(minutes=15, seconds=1))

    assert LOCKED not in fail(sign_in, 4)


def test_user_name_and_staff_number_are_counted_together(clock, person, sign_in):
    fail(sign_in, 3, "zhangsan")

    assert LOCKED in fail(sign_in, 2, "20010001")


def test_another_persons_account_stays_open(clock, person, sign_in):
    UserFactory(username="lisi")
    fail(sign_in, 5)

    assert sign_in("lisi").status_code == 302


def test_an_unknown_name_is_locked_like_an_account(clock, db, sign_in):
    assert LOCKED not in fail(sign_in, 4, "nobody")
    assert LOCKED in fail(sign_in, 1, "nobody")


def test_a_new_initial_password_lifts_the_lock(clock, person, sign_in):
    fail(sign_in, 5)
    clock.shift(1)
    ((_person, password),) = give_initial_passwords([person])

    assert sign_in("zhangsan", password).status_code == 302


def test_an_address_that_tries_many_accounts_is_locked(clock, person, sign_in):
    spray(sign_in, FAILURES_PER_ADDRESS, REMOTE_ADDR="203.0.113.9")

    assert LOCKED in fail(sign_in, 1, REMOTE_ADDR="203.0.113.9")
    assert sign_in("zhangsan", REMOTE_ADDR="198.51.100.7").status_code == 302


def test_the_address_is_open_again_after_a_quarter_of_an_hour(clock, person, sign_in):
    spray(sign_in, FAILURES_PER_ADDRESS)
    clock.shift(timedelta(minutes=15, seconds=1))

    assert sign_in("zhangsan").status_code == 302


def test_without_proxies_a_forwarded_address_is_not_believed(clock, db, sign_in):
    sign_in("nobody", "wrong", HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="198.51.100.7")

    assert AuditRecord.objects.get().ip == "198.51.100.7"


def test_behind_a_proxy_the_address_that_it_saw_counts(clock, db, sign_in, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sign_in("nobody", "wrong", HTTP_X_FORWARDED_FOR="10.9.9.9, 203.0.113.9", REMOTE_ADDR="10.0.0.1")

    assert AuditRecord.objects.get().ip == "203.0.113.9"


def test_the_lock_is_recorded_once(clock, person, sign_in):
    fail(sign_in, 9)

    assert AuditRecord.objects.filter(action=AuditAction.LOCK, person=person).count() == 1


def test_every_cache_is_fine_because_the_count_is_in_the_records(clock, person, sign_in, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert LOCKED in fail(sign_in, 5)


def test_a_signed_in_person_keeps_working_while_his_account_is_locked(clock, person, sign_in):
    client = Client()
    client.force_login(person)
    fail(sign_in, 5)

    assert client.get("/my/profile/").status_code == 200


@pytest.fixture
def own_browser(person, sign_in):
    """The browser in which the person signed in yesterday."""
    client = Client()
    sign_in("zhangsan", client=client)
    sign_out(client)
    return client


def test_strangers_cannot_lock_a_person_out_of_his_own_browser(clock, person, sign_in, own_browser):
    assert LOCKED in fail(sign_in, 5)

    assert sign_in("zhangsan", client=own_browser).status_code == 302


def test_his_own_browser_has_five_tries_of_its_own(clock, person, sign_in, own_browser):
    fail(sign_in, 5)

    assert LOCKED not in fail(sign_in, 4, client=own_browser)
    assert LOCKED in fail(sign_in, 1, client=own_browser)
    assert sign_in("zhangsan", client=own_browser).status_code == 200


def test_a_lock_in_his_own_browser_does_not_help_strangers(clock, person, sign_in, own_browser):
    fail(sign_in, 5, client=own_browser)

    assert LOCKED not in fail(sign_in, 4)
    assert LOCKED in fail(sign_in, 1)


def test_his_own_browser_is_open_while_its_address_is_locked(clock, person, sign_in, own_browser):
    spray(sign_in, FAILURES_PER_ADDRESS)

    assert sign_in("zhangsan").status_code == 200
    assert sign_in("zhangsan", client=own_browser).status_code == 302


def test_one_persons_browser_is_a_strangers_for_everybody_else(clock, sign_in, own_browser):
    UserFactory(username="lisi")
    fail(sign_in, 5, "lisi")

    assert sign_in("lisi", client=own_browser).status_code == 200


def test_a_browser_that_two_people_share_is_known_for_both(clock, sign_in, own_browser):
    UserFactory(username="lisi")
    sign_in("lisi", client=own_browser)
    sign_out(own_browser)
    fail(sign_in, 5)
    fail(sign_in, 5, "lisi")

    assert sign_in("zhangsan", client=own_browser).status_code == 302
    sign_out(own_browser)
    assert sign_in("lisi", client=own_browser).status_code == 302


def test_a_cookie_that_was_made_up_makes_no_known_browser(clock, person, sign_in):
    client = Client()
    client.cookies[COOKIE] = "eyJtYXJrIjoiYSIsInBlb3BsZSI6WzFdfQ:1w:made-up"
    fail(sign_in, 5)

    assert sign_in("zhangsan", client=client).status_code == 200


def test_many_failures_at_few_names_lock_no_address(clock, person, sign_in):
    for n in range(FAILURES_PER_ADDRESS):
        sign_in(f"guess{n % (NAMES_PER_ADDRESS - 1)}", "wrong")
        if n % 19 == 0:  # each name is open again, the address would not be
            SignInTries.objects.all().delete()

    assert sign_in("zhangsan").status_code == 302


def test_a_new_password_by_mail_lifts_the_lock(clock, person, sign_in):
    fail(sign_in, 5)
    password_reset.send(sender=type(person), request=None, user=person)

    assert sign_in("zhangsan").status_code == 302


def test_counters_of_a_quarter_of_an_hour_ago_are_not_kept(clock, person, sign_in):
    fail(sign_in, 3, "nobody")
    clock.shift(timedelta(minutes=15, seconds=1))
    fail(sign_in, 1)

    assert [tries.account for tries in SignInTries.objects.all()] == [f"person {person.pk}"]
