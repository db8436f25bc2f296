"""Every address of a unit's work, as everybody who might ask for it."""

import pytest
from django.urls import reverse

from forms_app.entries import attaching
from portal.units.models import Post, Role
from tests.factories import files
from tests.factories.answers import FILES_SCHEMA
from tests.factories.forms import CallFactory, Cast, entry_in, form_with
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with

pytestmark = pytest.mark.django_db

# page, state it is for: what officer, chair, party, office, auditor get
PAGES = [
    ("entry", "draft", (200, 200, 200, 200, 200)),
    ("entry", "submitted", (200, 200, 200, 200, 200)),
    ("entry", "approved", (200, 200, 200, 200, 200)),
    ("receipt", "submitted", (200, 200, 200, 200, 200)),
    ("receipt", "draft", (404, 404, 404, 404, 404)),
    ("edit", "draft", (200, 200, 403, 403, 403)),
    ("edit", "returned", (200, 200, 403, 403, 403)),
    ("edit", "submitted", (409, 409, 403, 403, 403)),
    ("check", "draft", (200, 200, 403, 403, 403)),
    ("sign", "awaiting_chair", (403, 200, 409, 403, 403)),
    ("sign", "awaiting_party", (403, 409, 200, 403, 403)),
    ("sign", "submitted", (403, 409, 409, 403, 403)),
    ("withdraw", "submitted", (200, 200, 403, 403, 403)),
    ("withdraw", "approved", (409, 409, 403, 403, 403)),
    ("answer", "adjusting", (200, 200, 403, 403, 403)),
    ("answer", "deciding", (409, 409, 403, 403, 403)),
]
POST_ONLY = ["autosave", "present"]


@pytest.mark.parametrize(("page", "status", "answers"), PAGES)
def test_pages(client, page, status, answers):
    entry = entry_in(status)
    cast = Cast(entry.unit)
    address = reverse(f"forms_app:{page}", args=[entry.pk])
    found = {}
    for name, person in {
        "officer": cast.officer,
        "chair": cast.chair,
        "party": cast.party,
        "office": cast.office,
        "auditor": person_with(Role.AUDITOR),
        "other unit": person_of(UnitFactory(), Post.CHAIR),
        "expert": person_with(Role.EXPERT),
        "nobody": UserFactory(),
    }.items():
        client.force_login(person)
        found[name] = client.get(address).status_code

    assert found == dict(
        zip(("officer", "chair", "party", "office", "auditor"), answers, strict=True)
    ) | {
        "other unit": 404,
        "expert": 404,
        "nobody": 404,
    }
    client.logout()
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={address}")


@pytest.mark.parametrize("page", POST_ONLY)
def test_acts_are_posted(client, page):
    entry = entry_in("draft")
    client.force_login(Cast(entry.unit).officer)

    assert client.get(reverse(f"forms_app:{page}", args=[entry.pk])).status_code == 405


@pytest.mark.parametrize("page", ["entry", "receipt", "check"])
def test_pages_to_read_take_no_post(client, page):
    entry = entry_in("draft")
    client.force_login(Cast(entry.unit).officer)

    assert client.post(reverse(f"forms_app:{page}", args=[entry.pk])).status_code == 405


@pytest.mark.parametrize(
    "page", ["edit", "autosave", "choose", "send", "sign", "withdraw", "answer"]
)
def test_nobody_writes_into_another_units_entry(client, page):
    entry = entry_in("awaiting_chair")
    client.force_login(person_of(UnitFactory(), Post.CHAIR))

    answer = client.post(
        reverse(f"forms_app:{page}", args=[entry.pk]), {"f-title": "改", "conclusion": "agree"}
    )

    assert answer.status_code == 404
    entry.refresh_from_db()
    assert (entry.status, entry.title) == ("awaiting_chair", "示例书香工会")


def test_at_a_change_of_officers_the_successor_finds_everything(client):
    entry = entry_in("draft")
    old, new = Cast(entry.unit).officer, person_of(entry.unit)
    old.memberships.update(since="2020-01-01", until="2020-12-31")

    client.force_login(old)
    assert client.get(reverse("forms_app:edit", args=[entry.pk])).status_code == 404
    client.force_login(new)
    assert client.get(reverse("forms_app:edit", args=[entry.pk])).status_code == 200


@pytest.fixture
def attachment():
    entry = entry_in(
        "draft", call=CallFactory(form=form_with(FILES_SCHEMA)), answers={"title": None}
    )
    return attaching.attach(
        entry,
        field_key="plan_file",
        upload=files.pdf("方案 一.pdf"),
        actor=Cast(entry.unit).officer,
    )


def test_files_are_handed_out_to_those_who_may_see_the_entry(client, attachment):
    cast = Cast(attachment.entry.unit)
    address = reverse("forms_app:file", args=[attachment.pk])
    answers = {}
    for name, person in {
        "officer": cast.officer,
        "party": cast.party,
        "office": cast.office,
        "auditor": person_with(Role.AUDITOR),
        "other unit": person_of(UnitFactory(), Post.CHAIR),
        "expert": person_with(Role.EXPERT),
    }.items():
        client.force_login(person)
        answer = client.get(address)
        answers[name] = answer.status_code
        if answer.streaming:
            assert b"".join(answer.streaming_content)  # read to its end, the file is closed
    client.logout()

    assert answers == {
        "officer": 200,
        "party": 200,
        "office": 200,
        "auditor": 200,
        "other unit": 404,
        "expert": 404,
    }
    assert client.get(address).status_code == 302


def test_a_file_comes_with_its_name_and_no_rights(client, attachment):
    client.force_login(Cast(attachment.entry.unit).officer)

    answer = client.get(reverse("forms_app:file", args=[attachment.pk]))

    assert (
        answer["Content-Disposition"]
        == "inline; filename*=utf-8''%E6%96%B9%E6%A1%88%20%E4%B8%80.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    b"".join(answer)  # read to its end, a file closes itself
