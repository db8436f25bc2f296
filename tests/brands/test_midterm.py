"""The mid-term check: who is asked, who hears of it, what is kept of what the unit writes."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from brands.cultivation import checking
from brands.due import due_for_office, due_for_unit
from brands.models import MidtermCheck, MidtermStatus, Project, ProjectStatus
from brands.personal_data import projects_data
from portal.lifecycle.door import Refused
from portal.messaging.models import Channel, Message
from portal.units.models import Post, Role
from tests.factories.forms import Cast
from tests.factories.projects import (
    MIDTERM_ANSWERS,
    carried_to,
    change_in,
    midterm_in,
    project_in,
    quick_call,
)
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def asked(made_once):
    return made_once(lambda: midterm_in().pk)


@pytest.fixture
def midterm(db, asked):
    return MidtermCheck.objects.select_related("project__unit").get(pk=asked)


@pytest.fixture
def cast(midterm):
    return Cast(midterm.project.unit)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def told(kind):
    return {
        message.recipient
        for message in Message.objects.filter(kind=kind, channel=Channel.INBOX).select_related(
            "recipient"
        )
    }


def titles(source, user):
    return [item.title for item in source(user)]


def saved(midterm, actor, based_on=0, **answers):
    return checking.save_draft(midterm, actor=actor, answers=answers, based_on=based_on)


def test_all_running_projects_are_asked_once_and_the_others_are_left_out():
    call = quick_call()
    running = [project_in(call=call), project_in(ProjectStatus.CULTIVATING, call=call)]
    ended = project_in(ProjectStatus.TERMINATED, call=call)
    own = project_in(call=call)
    office = person_with(Role.SCHOOL_UNION)
    own.unit.memberships.create(user=office, post=Post.PARTY)
    everybody = [*running, ended, own]

    first = checking.ask(everybody, actor=office, due_on=in_days(10), looks_at="看进度")
    again = checking.ask(everybody, actor=office, due_on=in_days(20), looks_at="再看")

    assert {one.project for one in first.checks} == set(running)
    assert {project for project, _reason in first.left_out} == {ended, own}
    assert again.checks == []
    assert list(checking.askable_in(call.programme_year)) == [own]
    assert MidtermCheck.objects.filter(due_on=in_days(20)).count() == 0


def test_only_the_office_asks_and_names_a_day_ahead_and_what_is_looked_at(midterm, cast):
    project = Project.objects.filter(pk=midterm.project_id)

    for actor, due_on, looks_at in (
        (cast.officer, in_days(5), "看进度"),
        (person_with(Role.AUDITOR), in_days(5), "看进度"),
        (cast.office, in_days(-1), "看进度"),
        (cast.office, in_days(900), "看进度"),
        (cast.office, in_days(5), "  "),
    ):
        with pytest.raises(Refused):
            checking.ask(project, actor=actor, due_on=due_on, looks_at=looks_at)


def test_officer_and_chair_are_told_and_find_it_due_with_its_day(midterm, cast):
    assert told("midterm_asked") == {cast.officer, cast.chair}

    [item] = [it for it in due_for_unit(cast.chair) if it.title == "中期检查"]

    assert (item.path, item.days_left) == (midterm.my_path, 14)
    assert "中期检查" not in titles(due_for_unit, cast.party)


def test_sent_it_waits_for_the_office_which_is_told(midterm, cast):
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)

    assert cast.office in told("midterm_arrived")
    assert told("midterm_sent") == {cast.chair}
    assert "中期检查待阅：1 份" in titles(due_for_office, cast.office)
    [item] = [it for it in due_for_unit(cast.officer) if it.title == "中期检查"]
    assert item.waiting_for == "校工会"


def test_the_conclusion_is_told_and_nothing_is_due_any_more(midterm, cast):
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    checking.conclude(midterm, actor=cast.office, conclusion="risk", opinion="经费没有动")

    assert told("midterm_concluded") == {cast.officer, cast.chair}
    [message] = Message.objects.filter(kind="midterm_concluded", recipient=cast.chair)[:1]
    assert message.context["conclusion"] == "存在风险"
    assert "中期检查" not in titles(due_for_unit, cast.officer)
    assert "中期检查待阅：1 份" not in titles(due_for_office, cast.office)


def test_a_return_is_due_until_its_day_and_what_was_sent_stays(midterm, cast):
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    checking.send_back(midterm, actor=cast.office, reason="请写明经费", until=in_days(3))

    [item] = [it for it in due_for_unit(cast.officer) if it.title == "中期检查退回修改"]
    assert (item.why, item.days_left) == ("请写明经费", 3)

    answers = {**MIDTERM_ANSWERS, "spent": Decimal("1500.00")}
    checking.send(midterm, actor=cast.chair, answers=answers, based_on=1)

    assert [report.spent for report in midterm.reports.all()] == [
        Decimal("1200.50"),
        Decimal("1500.00"),
    ]


def test_who_is_late_stands_on_the_desk_and_is_reminded_once_a_day(midterm, cast):
    year = midterm.project.programme_year
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        assert "中期检查过期未交：1 份" in titles(due_for_office, cast.office)
        assert checking.remind(year, actor=cast.office) == 1
        assert checking.remind(year, actor=cast.office) == 0
    with time_machine.travel(timezone.now() + timedelta(days=21), tick=False):
        assert checking.remind(year, actor=cast.office) == 1
    with pytest.raises(Refused):
        checking.remind(year, actor=cast.officer)


def test_a_project_that_ended_is_not_asked_for_anything(midterm, cast):
    carried_to(ProjectStatus.TERMINATED, midterm.project)

    assert titles(due_for_unit, cast.officer) == []
    assert checking.remind(midterm.project.programme_year, actor=cast.office) == 0


def test_a_new_day_is_told(midterm, cast):
    now = checking.redate(midterm, actor=cast.office, due_on=in_days(30))

    assert (now.status, now.due_on) == (MidtermStatus.ASKED, in_days(30))
    assert told("midterm_redated") == {cast.officer, cast.chair}


def test_a_draft_keeps_even_what_is_too_long(midterm, cast):
    now = saved(midterm, cast.officer, progress="字" * 900)

    assert len(now.progress) == 900
    with pytest.raises(Refused, match="最多 800 字"):
        checking.send(midterm, actor=cast.officer, answers={}, based_on=now.turn)


def test_two_people_do_not_overwrite_each_other(midterm, cast):
    saved(midterm, cast.officer, progress="经办人写的")

    with pytest.raises(checking.Overtaken):
        saved(midterm, cast.chair, progress="主席写的")
    midterm.refresh_from_db()
    assert midterm.progress == "经办人写的"
    assert saved(midterm, cast.chair, progress="经办人写的").turn == 1


def test_the_same_form_sent_twice_arrives_once(midterm, cast):
    for _time in range(2):
        checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)

    assert midterm.reports.count() == midterm.events.count() == 1


def test_more_than_the_grant_needs_a_remark(midterm, cast):
    over = midterm.project.granted + Decimal("0.01")
    answers = {**MIDTERM_ANSWERS, "spent": over}

    with pytest.raises(Refused, match="经费说明"):
        checking.send(midterm, actor=cast.officer, answers=answers, based_on=0)
    answers["spent_remark"] = "多出的由单位配套"
    sent = checking.send(midterm, actor=cast.officer, answers=answers, based_on=0)
    assert sent.status == MidtermStatus.SENT


def test_nobody_but_the_unit_writes(midterm, cast):
    for actor in (cast.party, cast.office, person_with(Role.EXPERT)):
        with pytest.raises(Refused):
            saved(midterm, actor, progress="外人写的")


def test_who_wrote_it_finds_it_among_his_own_data(midterm, cast):
    checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    change_in("approved", project=midterm.project)

    _key, mine = projects_data(cast.officer)

    assert [one["progress"] for one in mine["midterm_checks"]] == [MIDTERM_ANSWERS["progress"]]
    assert [one["what"] for one in mine["change_requests"]] == ["变更（负责人）"]
    assert [one["action"] for one in mine["events"]] == ["send"]
    _key, theirs = projects_data(cast.office)
    assert [one["action"] for one in theirs["events"]] == ["approve"]
