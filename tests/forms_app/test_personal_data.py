"""Each person sees what is kept about him: what he did, and where he is named."""

import json

import pytest

from forms_app.models import Conclusion, SignOff
from tests.factories.answers import attach, complete_application_answers, default_schema, tiny_pdf
from tests.factories.forms import CallFactory, Cast, draft, entry_in, form_with
from tests.factories.projects import activity_of, project_in
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db


def own_data(client, user):
    client.force_login(user)
    return client.get("/my/profile/data/").json()


def test_an_officer_finds_entries_files_events_and_messages(client):
    entry = entry_in("awaiting_chair")
    officer = entry.created_by
    attach(entry, "plan_file", "方案.pdf", tiny_pdf())

    data = own_data(client, officer)

    applications = data["applications"]
    assert [one["title"] for one in applications["entries"]] == [entry.title]
    assert [one["name"] for one in applications["files"]] == ["方案.pdf"]
    assert "send" in {one["action"] for one in applications["events"]}
    chair = own_data(client, Cast(entry.unit).chair)
    assert chair["messages"][0]["kind"]


def test_who_signed_finds_his_opinion_and_nobody_else_s(client):
    entry = entry_in("submitted")
    signed = SignOff.objects.filter(conclusion=Conclusion.AGREE).first()

    data = own_data(client, signed.signer)

    assert [one["entry"] for one in data["applications"]["sign_offs"]] == [entry.title]
    stranger = own_data(client, UserFactory())
    assert entry.title not in json.dumps(stranger, ensure_ascii=False)


def test_the_leader_of_a_project_finds_himself(client):
    leader = UserFactory(staff_no="T20260001")
    draft(
        call=CallFactory(form=form_with(default_schema("application"))),
        answers=complete_application_answers(leader_staff_no="T20260001"),
    )

    [found] = own_data(client, leader)["applications"]["entries"]

    assert found["names_you_as_leader"]
    assert not found["created_by_you"]


def test_who_recorded_an_activity_finds_it(client):
    activity = activity_of(project_in("cultivating"), name="开灯第一晚")

    data = own_data(client, activity.created_by)

    assert "开灯第一晚" in [one["name"] for one in data["projects"]["activities"]]


def test_who_has_left_his_post_learns_no_more_of_his_former_units_entries(client):
    entry = entry_in("submitted")
    officer = entry.created_by
    officer.memberships.update(since="2020-01-01", until="2021-01-01")

    [found] = own_data(client, officer)["applications"]["entries"]

    assert found["created_by_you"]
    assert not {"title", "status"} & set(found)
