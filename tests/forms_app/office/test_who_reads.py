"""Who can open the office's screens, and that reading never changes anything."""

import pytest
from django.urls import reverse

from forms_app.decision.noticing import object_to
from tests.factories.forms import Cast, entry_in

READERS = {"office", "office_of_unit", "auditor"}
PEOPLE = [
    "office",
    "office_of_unit",
    "auditor",
    "reviewer",
    "expert",
    "officer",
    "other_unit",
    "anonymous",
]


@pytest.fixture
def addresses(call, unit, people):
    entry = entry_in("in_notice", call=call, unit=unit)
    objection = object_to(entry, name="示例职工", contact="示例电话", text="示例异议")
    return [
        reverse("office:calls"),
        *(
            reverse(f"office:{name}", args=[call.pk])
            for name in ("call", "queue", "queue_xlsx", "merit", "scores", "scores_xlsx", "stage")
        ),
        *(
            reverse(f"office:{name}", args=[entry.pk])
            for name in ("entry", "entry_scores", "entry_scores_xlsx")
        ),
        reverse("office:objections"),
        reverse("office:objection", args=[objection.pk]),
    ]


def test_only_the_office_and_the_auditors_read(addresses, people, as_):
    for who in PEOPLE:
        client = as_(people[who])

        answers = {client.get(address).status_code for address in addresses}

        if who in READERS:
            assert answers == {200}, who
        elif who == "reviewer":
            assert answers == {404}
        else:
            assert answers <= {302, 403, 404}, who


def test_nothing_is_posted_to_a_page_that_is_read(addresses, people, as_):
    client = as_(people["office"])

    answers = {client.post(address).status_code for address in addresses[:-1]}

    assert answers == {405}


@pytest.mark.parametrize("name", ["call", "queue", "queue_xlsx", "merit", "entry", "objection"])
def test_what_does_not_exist_is_not_found(name, people, as_):
    assert as_(people["office"]).get(reverse(f"office:{name}", args=[999_999])).status_code == 404


@pytest.mark.parametrize("who", ["auditor", "office_of_unit"])
@pytest.mark.parametrize("status", ["submitted", "in_review", "deciding"])
def test_who_does_not_handle_an_entry_gets_no_button_but_the_reason(
    who, status, call, unit, people, as_
):
    entry = entry_in(status, call=call, unit=unit)

    response = as_(people[who]).get(reverse("office:entry", args=[entry.pk]))

    assert response.context["acts"] == []
    assert response.context["bystander"] in response.text
    assert 'id="act-' not in response.text


@pytest.mark.parametrize("name", ["distribute", "remind", "close_reviews", "extend"])
def test_an_auditor_sees_no_button_on_a_call(name, call, unit, people, as_):
    entry_in("in_review", call=call, unit=unit)

    page = as_(people["auditor"]).get(reverse("office:call", args=[call.pk])).text

    assert reverse(f"office:{name}", args=[call.pk]) not in page


def test_the_office_reads_phones_and_sees_where_a_text_came_from(call, unit, people, as_):
    entry = entry_in("deciding", call=call, unit=unit)

    page = as_(people["office"]).get(reverse("office:entry", args=[entry.pk])).text

    version = entry.versions.get()
    assert version.digest[:12] in page
    for event in entry.events.all():
        assert event.actor.name in page
    assert entry.signoffs.first().text in page


def test_an_earlier_version_is_read_as_it_was_sent(call, unit, people, as_):
    entry = entry_in("returned", call=call, unit=unit, answers={"slogan": "原来的口号"})
    entry.answers = {**entry.answers, "slogan": "改过的口号"}
    entry.save()
    client = as_(people["office"])
    address = reverse("office:entry", args=[entry.pk])

    assert "原来的口号" in client.get(address, {"version": "1"}).text
    assert "原来的口号" not in client.get(address).text
    assert client.get(address, {"version": "甲"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["7", "9" * 30, "9" * 5000])
def test_a_version_that_there_never_was_is_no_error_of_the_server(number, client):
    entry = entry_in("submitted")
    client.force_login(Cast(entry.unit).office)

    page = reverse("office:entry", args=[entry.pk])
    assert client.get(page, {"version": number}).status_code == 200
