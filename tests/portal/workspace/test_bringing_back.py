"""Whatever form of /my/ or /review/ somebody writes in: what he sends after his session has ended comes back filled."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from forms_app.review.reviewing import assign
from portal.units.models import Post
from tests.factories.forms import Cast, entry_in
from tests.factories.projects import picture_of, project_in
from tests.factories.units import person_of

pytestmark = pytest.mark.django_db
WORDS = "写了好一会儿的话"


def withdrawing():
    entry = entry_in("awaiting_chair")
    return Cast(entry.unit).officer, reverse("forms_app:withdraw", args=[entry.pk]), {"text": WORDS}


def handing_over():
    entry = entry_in("draft")
    colleague = person_of(entry.unit, Post.CHAIR)
    address = reverse("forms_app:hand_over", args=[entry.pk])
    return Cast(entry.unit).officer, address, {"to": colleague.pk, "text": WORDS}


def staying_away():
    entry = entry_in("in_review")
    cast = Cast(entry.unit)
    [given] = assign(entry, experts=[cast.expert], actor=cast.office)
    return cast.expert, reverse("review:recuse", args=[given.pk]), {"reason": WORDS}


def confirming_to_stay_away():
    expert, address, typed = staying_away()
    return expert, address, {**typed, "sure": "1"}


def describing_a_picture():
    project = project_in()
    material = picture_of(project)
    address = reverse("brands:describe_material", args=[project.project_no, material.pk])
    return Cast(project.unit).officer, address, {"caption": WORDS}


def keeping_a_report():
    project = project_in()
    address = reverse("brands:materials", args=[project.project_no])
    typed = {"do": "link", "link-kind": "press", "link-title": WORDS, "link-url": ""}
    return Cast(project.unit).officer, address, typed


@pytest.mark.parametrize(
    "begin",
    [
        withdrawing,
        handing_over,
        staying_away,
        confirming_to_stay_away,
        describing_a_picture,
        keeping_a_report,
    ],
)
def test_what_was_sent_after_the_session_ended_comes_back_and_is_said_to_be_unsent(client, begin):
    person, address, typed = begin()
    client.force_login(person)
    whose = re.search(r'name="whose" value="([^"]+)"', client.get(address).text)[1]
    client.logout()

    away = client.post(address, {**typed, "whose": whose}, headers={"origin": "http://testserver"})
    client.force_login(person)
    back = client.get(parse_qs(urlsplit(away["Location"]).query)["next"][0])

    assert back.status_code == 200
    assert WORDS in back.text
    assert "已经替您填回" in back.text
    assert WORDS not in client.get(address).text
