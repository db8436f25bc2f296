"""What is due with projects, and for whom."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.cultivation import recording
from brands.due import QUIET_DAYS, due_for_office, due_for_unit
from brands.models import ProjectStatus
from brands.tasks import tell_of_summaries
from brands.writing import editing
from portal.cms.moderation import doors
from portal.messaging.models import Channel, Message
from portal.units.models import Role
from tests.factories.forms import Cast, YearFactory
from tests.factories.pages import stage_of
from tests.factories.projects import (
    activity_of,
    evaluated,
    project_in,
    public_page,
    quick_call,
    summary_call,
    written_page,
)
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = pytest.mark.django_db


def titles(user):
    return [item.title for item in due_for_unit(user)]


def one(user, title):
    [item] = [item for item in due_for_unit(user) if item.title == title]
    return item


@pytest.fixture
def project():
    return project_in()


@pytest.fixture
def cast(project):
    return Cast(project.unit)


def test_guidance_is_due_until_it_is_read(project, cast):
    note = recording.write_guidance(project, actor=cast.office, text="多拍照片")
    assert one(cast.chair, "校工会的指导意见").why == "多拍照片"

    recording.read_guidance(note, actor=cast.officer)

    assert "校工会的指导意见" not in titles(cast.chair)


def test_who_carries_a_project_is_told_once_when_summaries_are_collected(project, cast):
    people = {cast.officer, cast.chair}
    tell_of_summaries()
    assert not Message.objects.filter(kind="project_summary_due").exists()
    summary_call(project.programme_year)

    tell_of_summaries()
    tell_of_summaries()

    found = Message.objects.filter(kind="project_summary_due", channel=Channel.INBOX)
    assert sorted(one.recipient_id for one in found) == sorted(person.pk for person in people)
    assert found[0].path == f"{project.my_path}#summary"


def test_an_open_call_for_summaries_is_due(project, cast):
    assert titles(cast.officer) == ["品牌页还没有送审"]

    call = summary_call(project.programme_year)

    item = one(cast.officer, f"{project.programme_year}总结表")
    assert item.until == call.closes_at


def test_a_rectification_is_due_with_its_day():
    project = project_in(ProjectStatus.RECTIFYING)

    item = one(Cast(project.unit).officer, "限期整改")

    assert timezone.localdate(item.until) == project.rectify_until


def test_a_page_under_review_waits_for_the_school_union(project, cast):
    editing.send_page(written_page(project), actor=cast.officer)

    assert one(cast.officer, "品牌页").waiting_for == "校工会初审"


def test_a_returned_page_is_due_with_the_reason(project, cast):
    page = written_page(project)
    editing.send_page(page, actor=cast.officer)
    doors.return_page(stage_of(page), actor=person_with(Role.FIRST_REVIEW), reason="请换封面")

    item = one(cast.officer, "品牌页退回修改")

    assert (item.why, item.path) == ("请换封面", f"{project.my_path}page/")


def test_a_public_page_is_done(project, cast):
    public_page(project)

    assert titles(cast.officer) == []


def test_a_quiet_project_is_asked_for_news(project, cast):
    with time_machine.travel(timezone.now() + timedelta(days=QUIET_DAYS + 1), tick=False):
        assert "记一次活动" in titles(cast.officer)
        activity_of(project)
        assert "记一次活动" not in titles(cast.officer)


def test_a_project_that_ended_asks_for_nothing():
    project = project_in(ProjectStatus.TERMINATED)

    with time_machine.travel(timezone.now() + timedelta(days=QUIET_DAYS + 1), tick=False):
        assert titles(Cast(project.unit).officer) == []


def test_only_who_carries_the_project_is_asked(project, cast):
    for other in (cast.party, cast.office, person_of(UnitFactory()), person_with(Role.EXPERT)):
        assert titles(other) == []


def test_the_office_gives_verdicts_and_awards():
    project = evaluated(project_in(ProjectStatus.EVALUATING))
    accepted = project_in(ProjectStatus.ACCEPTED)

    items = {item.title: item for item in due_for_office(Cast(project.unit).office)}

    assert items["评估验收"].path == project.office_path
    assert items["表彰奖励"].subject.startswith("1 个项目")
    assert list(due_for_office(Cast(accepted.unit).officer)) == []
    assert list(due_for_office(person_with(Role.AUDITOR))) == []


def test_the_number_of_queries_does_not_grow(project, cast):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            titles(cast.officer)
        return len(queries)

    editing.send_page(written_page(project), actor=cast.officer)
    few = asked()
    for year in (2020, 2021, 2022):
        other = project_in(
            unit=project.unit, call=quick_call(programme_year=YearFactory(year=year))
        )
        editing.send_page(written_page(other), actor=cast.officer)

    assert asked() == few <= 10


def test_a_unit_with_more_time_is_asked_for_its_summary_until_then(project, cast):
    call = summary_call(project.programme_year)
    until = call.closes_at + timedelta(days=5)
    call.extensions.create(unit=project.unit, until=until, reason="换届")
    title = f"{project.programme_year}总结表"

    with time_machine.travel(call.closes_at + timedelta(days=1), tick=False):
        assert one(cast.officer, title).until == until
    with time_machine.travel(until + timedelta(days=1), tick=False):
        assert title not in titles(cast.officer)
