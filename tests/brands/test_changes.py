"""Change requests: what a unit can ask for, what an approval carries out, who hears of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brands.cultivation import changing
from brands.due import due_for_office, due_for_unit
from brands.models import ChangeRequest, ChangeStatus, Project, ProjectStatus
from brands.writing.content import content_of, write
from forms_app.models import CallPage
from portal.lifecycle.door import Refused, why_not
from portal.messaging.models import Channel, Message
from portal.units.models import Role
from tests.factories.forms import Cast
from tests.factories.projects import (
    CHANGES,
    carried_to,
    change_in,
    project_in,
    public_page,
    summary_call,
)
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def established(made_once):
    def make():
        project = project_in()
        Cast(project.unit).take_up_posts()
        return project.pk

    return made_once(make)


@pytest.fixture
def project(db, established):
    return Project.objects.get(pk=established)


@pytest.fixture
def cast(project):
    return Cast(project.unit)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def told(kind):
    return {
        message.recipient
        for message in Message.objects.filter(kind=kind, channel=Channel.INBOX).select_related(
            "recipient"
        )
    }


def now(project):
    return Project.objects.get(pk=project.pk)


def test_an_approved_leader_changes_the_project_and_the_old_one_stays_on_record(project, cast):
    before = project.leader_name

    asked = change_in(ChangeStatus.APPROVED, project=project)

    assert now(project).leader_name == "示例乙"
    assert (asked.old_value, asked.new_value) == (before, "示例乙")
    assert told("change_approved") == {cast.officer, cast.chair}


@pytest.mark.parametrize("address", ["/search/", "/brands/"])
def test_a_public_brand_is_found_by_the_leader_it_names(client, project, cast, address):
    def found(name):
        return project.project_no.lower() in client.get(address, {"q": name}).text

    before = project.leader_name
    public_page(project)
    assert (found(before), found("示例乙")) == (True, False)

    change_in(ChangeStatus.APPROVED, project=project)

    assert (found(before), found("示例乙")) == (False, True)


def test_by_its_leader_nobody_finds_a_brand_that_is_not_public(client, project):
    assert project.project_no.lower() not in client.get("/search/", {"q": project.leader_name}).text


def test_a_new_title_reaches_the_brand_page_by_the_units_own_editing(project, cast):
    page = public_page(project)
    change_in(ChangeStatus.APPROVED, project=project, aspect="title", new_value="示例太极暮光")
    page = type(page).objects.get(pk=page.pk)
    assert (now(project).title, page.title) == ("示例太极暮光", project.title)

    write(page, content_of(page), actor=cast.officer)

    assert page.get_latest_revision_as_object().title == "示例太极暮光"


def test_a_title_that_the_page_has_of_its_own_stays(project, cast):
    page = public_page(project)
    draft = page.get_latest_revision_as_object()
    draft.title = "自己的标题"
    draft.save_revision(user=cast.officer)
    change_in(ChangeStatus.APPROVED, project=project, aspect="title", new_value="示例太极暮光")
    page = type(page).objects.get(pk=page.pk)

    write(page, content_of(page), actor=cast.officer)

    assert page.get_latest_revision_as_object().title == "自己的标题"


def test_an_extension_gives_the_unit_more_time_and_is_told_once(project, cast):
    call = summary_call(project.programme_year)
    asked = change_in(kind="extension", project=project)

    changing.approve(asked, actor=cast.office, until=in_days(45))

    asked.refresh_from_db()
    assert (asked.until, asked.granted_until) == (in_days(60), in_days(45))
    deadline = CallPage.objects.get(pk=call.pk).deadline_for(project.unit)
    assert timezone.localdate(deadline) == in_days(45)
    assert told("call_extended") == {cast.officer, cast.chair}
    assert told("change_approved") == set()


def test_an_answer_of_joined_signs_is_kept_whole(project, cast):
    summary_call(project.programme_year)
    asked = change_in(kind="extension", project=project)
    family = "👨\u200d👩\u200d👧" * 100

    changing.approve(asked, actor=cast.office, answer=family)

    asked.refresh_from_db()
    assert asked.answer == family
    [given] = summary_call(project.programme_year).extensions.all()
    assert len(given.reason) == 200


def test_without_a_call_for_summaries_an_approval_says_what_to_do(project, cast):
    asked = change_in(kind="extension", project=project)

    reason = why_not(asked, "approve", actor=cast.office, until=None)

    assert "请先发布通知" in str(reason)


def test_an_extension_is_later_than_what_the_unit_has(project, cast):
    summary_call(project.programme_year)
    asked = change_in(kind="extension", project=project)

    for until in (in_days(-1), in_days(5), in_days(5000)):
        with pytest.raises(Refused):
            changing.approve(asked, actor=cast.office, until=until)
    asked.refresh_from_db()
    assert asked.is_open


def test_an_approved_termination_ends_the_project(project, cast):
    change_in(ChangeStatus.APPROVED, kind="termination", project=project)

    assert now(project).status == ProjectStatus.TERMINATED
    assert told("project_terminated") >= {cast.officer, cast.chair}


def test_a_rejection_says_why_and_changes_nothing(project, cast):
    asked = change_in(project=project)
    with pytest.raises(Refused, match="理由"):
        changing.reject(asked, actor=cast.office, answer="  ")

    changing.reject(asked, actor=cast.office, answer="请先找到接手的人")

    assert now(project).leader_name == project.leader_name
    assert told("change_rejected") == {cast.officer, cast.chair}


def test_one_request_of_a_kind_is_open_at_a_time_and_a_double_click_is_one(project, cast):
    first = change_in(project=project)
    again = changing.request(project, kind="change", actor=cast.officer, wanted=CHANGES["change"])
    assert again == first

    with pytest.raises(Refused, match="已有一份"):
        changing.request(
            project,
            kind="change",
            actor=cast.chair,
            wanted={**CHANGES["change"], "new_value": "示例丙"},
        )
    changing.withdraw(first, actor=cast.chair)
    change_in(project=project)
    change_in(kind="termination", project=project)
    assert ChangeRequest.objects.filter(status=ChangeStatus.REQUESTED).count() == 2


def test_nothing_of_a_closed_request_changes_any_more(project, cast):
    asked = change_in(ChangeStatus.WITHDRAWN, project=project)

    for act in (
        lambda: changing.approve(asked, actor=cast.office),
        lambda: changing.reject(asked, actor=cast.office, answer="不"),
        lambda: changing.withdraw(asked, actor=cast.officer),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "wrong_state"


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("change", {"aspect": "leader", "new_value": "名" * 21, "reason": "理由"}),
        ("change", {"aspect": "title", "new_value": "名" * 31, "reason": "理由"}),
        ("change", {"aspect": "leader", "new_value": "👨\u200d👩\u200d👧" * 6, "reason": "理由"}),
        ("change", {"aspect": "other", "new_value": "字" * 501, "reason": "理由"}),
        ("change", {"aspect": "weather", "new_value": "晴", "reason": "理由"}),
        ("change", {"aspect": "leader", "new_value": " ", "reason": "理由"}),
        ("change", {"aspect": "leader", "new_value": "示例乙", "reason": "  "}),
        ("change", {"aspect": "leader", "new_value": "示例甲", "reason": "理由"}),
        ("extension", {"until": None, "reason": "理由"}),
        ("termination", {"reason": "字" * 501}),
    ],
)
def test_what_is_missing_too_long_or_no_change_is_refused(project, cast, kind, wanted):
    with pytest.raises(Refused) as refused:
        changing.request(project, kind=kind, actor=cast.officer, wanted=wanted)
    assert refused.value.code == "guard"


def test_only_the_unit_asks_and_only_while_the_project_runs(project, cast):
    for actor in (cast.party, cast.office, person_with(Role.AUDITOR)):
        assert changing.why_not_request(actor, project, "change").code == "forbidden"
    ended = carried_to(ProjectStatus.TERMINATED, project)
    assert changing.why_not_request(cast.officer, ended, "change").code == "wrong_state"


def test_a_request_whose_project_has_ended_can_only_be_declined(project, cast):
    asked = change_in(project=project)
    carried_to(ProjectStatus.TERMINATED, project)
    asked = ChangeRequest.objects.get(pk=asked.pk)

    assert why_not(asked, "approve", actor=cast.office).code == "guard"
    assert why_not(asked, "reject", actor=cast.office, answer="项目已终止") is None


def test_it_waits_on_the_offices_desk_and_calmly_on_the_units(project, cast):
    change_in(project=project)

    [item] = [it for it in due_for_office(cast.office) if "申请" in it.title]
    assert item.title == "变更（负责人）的申请待决定"
    [mine] = [it for it in due_for_unit(cast.officer) if "申请" in it.title]
    assert mine.waiting_for == "校工会"
    assert cast.office in told("change_asked")
    assert told("change_sent") == {cast.chair}
