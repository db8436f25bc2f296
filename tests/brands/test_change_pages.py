"""The pages of change requests: who asks, what is kept of what was typed, who decides."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.models import ChangeRequest, Project, ProjectStatus
from portal.units.models import Post, Role
from portal.workspace import keeping
from tests.factories.forms import Cast
from tests.factories.projects import change_in, project_in, summary_call
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def established(made_once):
    return made_once(lambda: project_in().pk)


@pytest.fixture
def project(db, established):
    return Project.objects.get(pk=established)


@pytest.fixture
def cast(project):
    return Cast(project.unit)


def text(response):
    return response.content.decode()


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


ASKING = {
    "extension": {"until": in_days(60).isoformat(), "reason": "会演推迟"},
    "change": {"aspect": "leader", "new_value": "示例乙", "reason": "调离"},
    "termination": {"reason": "做不下去"},
}


@pytest.mark.parametrize("kind", ASKING)
def test_the_unit_asks_on_its_projects_page_and_takes_it_back(client, project, cast, kind):
    client.force_login(cast.officer)
    address = reverse("brands:ask_change", args=[project.project_no, kind])
    assert address in text(client.get(project.my_path))
    assert client.get(address).status_code == 200

    assert client.post(address, ASKING[kind]).status_code == 302

    asked = ChangeRequest.objects.get()
    assert asked.reason == ASKING[kind]["reason"]
    assert ASKING[kind]["reason"] in text(client.get(project.my_path))
    assert client.get(address).status_code == 409
    client.post(reverse("brands:withdraw_change", args=[project.project_no, asked.pk]))
    asked.refresh_from_db()
    assert asked.status == "withdrawn"


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("extension", {"until": "0001-01-01"}),
        ("extension", {"until": "9999-12-31"}),
        ("extension", {"until": "明天"}),
        ("change", {"aspect": "weather"}),
        ("change", {"new_value": "字" * 600}),
        ("change", {"new_value": "一二三四五六七八九十一二三四五六七八九十一"}),
        ("termination", {"reason": "\x00"}),
    ],
)
def test_a_wrong_request_is_refused_and_keeps_what_was_typed(client, project, cast, kind, changes):
    client.force_login(cast.officer)
    address = reverse("brands:ask_change", args=[project.project_no, kind])

    answer = client.post(address, {**ASKING[kind], **changes})

    assert answer.status_code == 422
    assert not ChangeRequest.objects.exists()


def test_a_day_that_is_no_extension_is_marked_at_its_field_and_told_at_the_top(
    client, project, cast
):
    call = summary_call(project.programme_year)
    client.force_login(cast.officer)
    address = reverse("brands:ask_change", args=[project.project_no, "extension"])
    # Until the end of the day on which it closes would be some hours more.
    too_early = timezone.localdate(call.deadline_for(project.unit)) - timedelta(days=1)

    for until in (in_days(-1), too_early):
        page = client.post(address, {"until": until.isoformat(), "reason": "会演推迟"}).text

        assert 'href="#id_until"' in page
        assert "有 1 处要改" in page
        field = page[page.index('<input type="date"') :]
        field = field[: field.index(">")]
        assert 'aria-invalid="true"' in field
        assert 'aria-describedby="id_until_error"' in field
        assert 'id="id_until_error"' in page


def test_who_may_not_ask_is_told_so_or_finds_nothing(client, project, cast):
    address = reverse("brands:ask_change", args=[project.project_no, "change"])
    for person, status in (
        (cast.party, 403),
        (cast.office, 403),
        (person_of(UnitFactory()), 404),
        (person_with(Role.EXPERT), 404),
    ):
        client.force_login(person)
        assert client.get(address).status_code == status
        assert client.post(address, ASKING["change"]).status_code == status
    client.force_login(cast.officer)
    assert client.get(address.replace("change/", "magic/")).status_code == 404


def test_a_reason_survives_an_expired_session(client, project, cast):
    address = reverse("brands:ask_change", args=[project.project_no, "termination"])
    mark = {keeping.WHOSE: keeping.mark_of(cast.officer)}

    sent = client.post(
        address, {"reason": "夜里写的", **mark}, headers={"origin": "http://testserver"}
    )
    client.force_login(cast.officer)
    back = client.get(address, {keeping.KEPT: sent.url.split("%3D")[-1]})

    assert "夜里写的" in text(back)


def test_the_office_decides_on_the_projects_page_with_another_date(client, project, cast):
    summary_call(project.programme_year)
    asked = change_in(kind="extension", project=project)
    client.force_login(cast.office)
    assert f'id="change-{asked.pk}"' in text(client.get(project.office_path))

    client.post(
        project.office_path,
        {"act": "approve", "asked": asked.pk, "until": in_days(40).isoformat(), "answer": ""},
    )

    asked.refresh_from_db()
    assert (asked.status, asked.granted_until) == ("approved", in_days(40))


def test_an_extension_of_no_deadline_yet_has_a_button_that_says_why(client, project, cast):
    change_in(kind="extension", project=project)
    client.force_login(cast.office)
    approve = 'name="act" value="approve"'

    shown = text(client.get(project.office_path))
    assert approve not in shown
    assert "还没有发布收总结表的通知" in shown

    summary_call(project.programme_year)
    assert approve in text(client.get(project.office_path))


def test_a_rejection_without_a_reason_comes_back(client, project, cast):
    asked = change_in(project=project)
    client.force_login(cast.office)

    answer = client.post(project.office_path, {"act": "reject", "asked": asked.pk, "answer": ""})

    assert answer.status_code == 422
    assert "请写明理由" in text(answer)
    client.post(project.office_path, {"act": "reject", "asked": asked.pk, "answer": "不行"})
    asked.refresh_from_db()
    assert asked.status == "rejected"


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30, "-1"])
def test_a_decision_about_no_request_of_the_project_is_not_there(client, project, cast, key):
    client.force_login(cast.office)

    answer = client.post(project.office_path, {"act": "approve", "asked": key})

    assert answer.status_code == 404


def test_office_staff_of_the_unit_and_auditors_decide_nothing(client, project, cast):
    asked = change_in(project=project)
    torn = person_with(Role.SCHOOL_UNION)
    project.unit.memberships.create(user=torn, post=Post.PARTY)

    for person in (torn, person_with(Role.AUDITOR)):
        client.force_login(person)
        assert 'value="approve"' not in text(client.get(project.office_path))
        answer = client.post(project.office_path, {"act": "approve", "asked": asked.pk})
        assert answer.status_code == 422
    asked.refresh_from_db()
    assert asked.is_open


def test_what_was_changed_stands_beside_what_was_approved(client, project, cast):
    change_in("approved", project=project)
    client.force_login(cast.officer)

    page = text(client.get(project.my_path))

    assert "示例乙" in page
    assert "前是“示例甲”" in page
    assert Project.objects.get(pk=project.pk).status != ProjectStatus.TERMINATED
