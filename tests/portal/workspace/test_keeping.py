"""What is kept of a form whose session had ended is kept for its own person, from his own browser, and not for ever."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from portal.units import devices
from portal.workspace import keeping
from tests.factories.forms import Cast, draft

pytestmark = pytest.mark.django_db
TYPED = "写了半小时的口号"


@pytest.fixture
def entry():
    return draft()


@pytest.fixture
def officer(entry):
    return Cast(entry.unit).officer


def browser_used_by(person):
    """Return a client that stands for a browser in which this person has signed in before, now without a session."""
    client, response = Client(), HttpResponse()
    devices.remember(person, RequestFactory().get("/"), response)
    client.cookies = response.cookies
    return client


def mark_on(client, entry, person):
    """Return whose page it is, as it stands in a form drawn for a person in a browser that then loses its session."""
    client.force_login(person)
    form = client.get(reverse("forms_app:edit", args=[entry.pk])).text
    del client.cookies["sessionid"]
    return form.split('name="whose" value="')[1].split('"')[0]


def sent_without_a_session(client, entry, mark):
    """Return the address to come back to of a form that was sent after its session had ended."""
    form = reverse("forms_app:edit", args=[entry.pk])
    answer = client.post(
        form, {"whose": mark, "f-slogan": TYPED}, headers={"origin": "http://testserver"}
    )
    return parse_qs(urlsplit(answer.url).query)["next"][0]


def test_what_was_typed_comes_back_to_the_browser_it_was_typed_in(entry, officer):
    browser = browser_used_by(officer)

    back = sent_without_a_session(browser, entry, mark_on(browser, entry, officer))

    browser.force_login(officer)
    assert TYPED in browser.get(back).text


@pytest.mark.parametrize("has_signed_in", [False, True])
def test_nobody_puts_a_form_before_another_from_another_browser(entry, officer, has_signed_in):
    mark = mark_on(browser_used_by(officer), entry, officer)
    stranger = browser_used_by(Cast(entry.unit).chair) if has_signed_in else Client()

    assert not keeping.holds(sent_without_a_session(stranger, entry, mark))


def test_a_mark_of_the_day_before_yesterday_keeps_nothing_more(entry, officer):
    browser = browser_used_by(officer)
    mark = mark_on(browser, entry, officer)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert not keeping.holds(sent_without_a_session(browser, entry, mark))


def test_an_old_page_is_still_not_taken_from_another_person(entry, officer):
    browser = browser_used_by(officer)
    mark = mark_on(browser, entry, officer)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        browser.force_login(Cast(entry.unit).chair)
        answer = browser.post(
            reverse("forms_app:edit", args=[entry.pk]), {"whose": mark, "f-slogan": TYPED}
        )

    assert answer.status_code == 409


def test_the_name_of_the_copies_in_a_browser_is_no_mark(client, entry, officer):
    client.force_login(officer)

    form = client.get(reverse("forms_app:edit", args=[entry.pk])).text
    name = form.split('data-copies="')[1].split('"')[0]

    assert name == keeping.copies_of(officer)
    assert name != keeping.copies_of(Cast(entry.unit).chair)
    assert not keeping.holds(sent_without_a_session(Client(), entry, name))


def sent_without_any_cookie(entry, mark, **headers):
    """Return the answer to a form that was sent after all cookies were gone."""
    return Client(enforce_csrf_checks=True).post(
        reverse("forms_app:edit", args=[entry.pk]),
        {"whose": mark, "f-slogan": TYPED, "seen": "slogan:1 title:2"},
        headers=headers,
    )


def test_without_any_cookie_what_was_typed_is_shown_and_the_way_leads_by_signing_in(entry, officer):
    form = reverse("forms_app:edit", args=[entry.pk])
    mark = mark_on(browser_used_by(officer), entry, officer)

    answer = sent_without_any_cookie(
        entry, mark, origin="http://testserver", referer=f"http://testserver{form}"
    )

    assert answer.status_code == 403
    assert TYPED in answer.text
    assert "slogan:1" not in answer.text
    assert f"/accounts/login/?next={quote(form, safe='')}" in answer.text
    assert "后退" not in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_without_any_cookie_a_text_of_the_cms_is_shown_as_it_was_read(entry, officer):
    mark = mark_on(browser_used_by(officer), entry, officer)
    text = {"blocks": [{"key": "a", "text": TYPED}, {"key": "b", "text": "第二段"}]}
    answer = Client(enforce_csrf_checks=True).post(
        "/admin/pages/3/edit/",
        {"whose": mark, "body-0-value": json.dumps(text, ensure_ascii=False)},
        headers={"origin": "http://testserver"},
    )
    assert f"{TYPED}\n第二段" in answer.text
    assert "blocks" not in answer.text


def test_words_from_another_site_are_not_shown(entry, officer):
    mark = mark_on(browser_used_by(officer), entry, officer)

    assert TYPED not in sent_without_any_cookie(entry, mark, origin="http://evil.example").text


def test_a_script_without_any_cookie_is_told_to_sign_in_and_gets_a_new_token(entry, officer):
    mark = mark_on(browser_used_by(officer), entry, officer)

    answer = sent_without_any_cookie(entry, mark, accept="application/json")

    assert answer.status_code == 401
    assert "登录已过期" in answer.json()["message"]
    assert answer.cookies["csrftoken"].value
