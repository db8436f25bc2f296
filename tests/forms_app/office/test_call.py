"""A call as a whole: even assignment, reminders, ends of reviews and notices, extensions, coverage."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from forms_app.entries.extending import open_until
from forms_app.models import Entry, PublicNotice
from forms_app.review.assigning import distribute
from forms_app.review.reviewing import declare_interest
from portal.dates import day_and_time
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.messaging.rendering import render
from portal.units.models import Role
from tests.factories.forms import Cast, entry_in
from tests.factories.reviews import finish
from tests.factories.units import UnitFactory, person_with

from .conftest import said
from .test_who_reads import PEOPLE

ACTS = ["distribute", "remind", "close_reviews", "conclude_notices", "extend"]


def do(client, call, act, data=None):
    return client.post(reverse(f"office:{act}", args=[call.pk]), data or {}, follow=True)


def hand_in_all(entry):
    for assignment in entry.assignments.all():
        finish(assignment)


@pytest.fixture
def experts(db):
    return [person_with(Role.EXPERT, name=f"示例专家{n}") for n in range(3)]


@pytest.mark.parametrize("who", [who for who in PEOPLE if "office" not in who])
def test_only_the_office_acts_on_a_call(who, call, unit, people, as_):
    entry, client = entry_in("in_review", call=call, unit=unit), as_(people[who])

    for act in ACTS:
        response = client.post(reverse(f"office:{act}", args=[call.pk]), {})

        assert response.status_code in (302, 403, 404), act
        assert not entry.assignments.exists(), act
        assert not call.extensions.exists(), act


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_call_is_posted(act, call, people, as_):
    response = as_(people["office"]).get(reverse(f"office:{act}", args=[call.pk]))

    assert response.status_code == 405


def test_everything_under_review_is_distributed_and_each_expert_told_once(
    call, people, experts, as_
):
    entries = [entry_in("in_review", call=call) for _ in range(3)]

    do(as_(people["office"]), call, "distribute")

    assert [entry.assignments.count() for entry in entries] == [2, 2, 2]
    for expert in experts:
        told = expert.messages_received.filter(kind="review_assigned", channel="inbox")
        assert [message.context["count"] for message in told] in ([1], [2])


def test_an_expert_who_stays_away_makes_room_for_another(call, office, experts):
    entry = entry_in("in_review", call=call)
    distribute(call, actor=office)
    away = entry.assignments.first()
    declare_interest(away, actor=away.expert, reason="参与过策划")

    distribute(call, actor=office)

    assert entry.assignments.count() == 3
    assert set(experts) == {one.expert for one in entry.assignments.all()}


def test_entries_that_cannot_be_filled_are_named(call, people, as_):
    entry = entry_in("in_review", call=call, answers={"title": "专家太少"})

    response = do(as_(people["office"]), call, "distribute")

    assert entry.assignments.count() == 1
    assert "专家不够" in said(response)
    assert "专家太少" in said(response)


def test_nobody_distributes_the_entries_of_his_own_unit(call, unit, people, as_):
    own, other = entry_in("in_review", call=call, unit=unit), entry_in("in_review", call=call)

    response = do(as_(people["office_of_unit"]), call, "distribute")

    assert not own.assignments.exists()
    assert other.assignments.exists()
    assert str(own) in said(response)


def test_nothing_to_distribute_is_said(call, office, experts):
    with pytest.raises(Refused, match="没有处在专家评审阶段"):
        distribute(call, actor=office)


def test_without_experts_the_office_is_told_where_to_add_them(call, office, as_):
    entry_in("in_review", call=call)

    assert "评审专家" in said(do(as_(office), call, "distribute"))


def test_whoever_has_not_finished_is_reminded_once_a_day(call, people, experts, as_):
    entry = entry_in("in_review", call=call)
    distribute(call, actor=people["office"])
    done = entry.assignments.first()
    finish(done)
    client = as_(people["office"])

    first = do(client, call, "remind")
    again = do(client, call, "remind")

    assert "已提醒 1 位专家" in said(first)
    assert "今天都已经提醒过" in said(again)

    reminded = entry.assignments.exclude(pk=done.pk).get().expert
    inbox = {"kind": "review_reminder", "channel": "inbox"}
    assert reminded.messages_received.filter(**inbox).count() == 1
    assert not done.expert.messages_received.filter(**inbox).exists()


def test_the_review_ends_for_all_that_every_expert_has_finished(call, people, experts, as_):
    finished, running = (entry_in("in_review", call=call) for _ in range(2))
    distribute(call, actor=people["office"])
    hand_in_all(finished)

    response = do(as_(people["office"]), call, "close_reviews")

    assert Entry.objects.get(pk=finished.pk).status == "deciding"
    assert Entry.objects.get(pk=running.pk).status == "in_review"
    assert "1 项" in said(response)


def test_all_notices_that_ran_out_are_concluded_in_one_act(call, unit, people, as_):
    over = [entry_in("in_notice", call=call) for _ in range(2)]
    own = entry_in("in_notice", call=call, unit=unit)
    past = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.update(starts_on=past, ends_on=past)

    response = do(as_(people["office_of_unit"]), call, "conclude_notices")

    assert {Entry.objects.get(pk=one.pk).status for one in over} == {"approved"}
    assert Entry.objects.get(pk=own.pk).status == "in_notice"
    assert "2 项" in said(response)
    assert "没有办" in said(response)


def test_a_running_notice_is_not_concluded(call, people, as_):
    entry = entry_in("in_notice", call=call)

    response = do(as_(people["office"]), call, "conclude_notices")

    assert Entry.objects.get(pk=entry.pk).status == "in_notice"
    assert "没有公示期满" in said(response)


def test_a_unit_gets_more_time_and_a_second_extension_replaces_the_first(call, unit, people, as_):
    client = as_(people["office"])
    for days in (3, 5):
        until = timezone.localtime(call.closes_at + timedelta(days=days))
        data = {"unit": unit.pk, "until": until.strftime("%Y-%m-%dT%H:%M"), "reason": "换届"}
        do(client, call, "extend", data)

    assert call.extensions.get().until == until.replace(second=0, microsecond=0)


def test_the_unit_is_told_until_when_it_has_time_and_why(call, unit, people, as_):
    officer = Cast(unit).officer
    until = timezone.localtime(call.closes_at + timedelta(days=3))
    data = {"unit": unit.pk, "until": until.strftime("%Y-%m-%dT%H:%M"), "reason": "换届"}

    do(as_(people["office"]), call, "extend", data)

    told = Message.objects.get(kind="call_extended", channel="inbox", recipient=officer)
    subject, text = render(told)
    assert day_and_time(until) in subject
    assert "换届" in text


def test_nobody_gives_his_own_unit_more_time(call, unit, people, as_):
    until = timezone.localtime(call.closes_at + timedelta(days=3))
    data = {"unit": unit.pk, "until": until.strftime("%Y-%m-%dT%H:%M"), "reason": "换届"}

    response = do(as_(people["office_of_unit"]), call, "extend", data)

    assert "本单位的人回避" in said(response)
    assert not call.extensions.exists()


def test_time_that_a_verdict_gives_is_told_and_shortens_nothing(call, unit, people):
    later, latest = (call.closes_at + timedelta(days=days) for days in (3, 5))

    for until in (latest, later, call.closes_at - timedelta(days=1)):
        open_until(call, unit=unit, until=until, reason="限期整改")

    assert call.deadline_for(unit) == latest
    told = Message.objects.filter(kind="call_extended", channel="inbox")
    assert told.get().recipient == people["officer"]


def test_an_extension_that_does_not_extend_comes_back_filled(call, unit, people, as_):
    response = as_(people["office"]).post(
        reverse("office:extend", args=[call.pk]),
        {"unit": unit.pk, "until": "2020-01-01T08:00", "reason": "写好的原因"},
    )

    assert response.status_code == 422
    assert "晚于申报截止时间" in response.text
    assert "写好的原因" in response.text


def test_coverage_counts_disciplinary_colleges_and_names_the_others(call, unit, people, as_):
    begun = UnitFactory(name="示例起草学院工会")
    UnitFactory(name="示例图书馆工会", kind="department")
    entry_in("draft", call=call, unit=begun)
    entry_in("submitted", call=call, unit=unit)
    entry_in("withdrawn", call=call)

    context = as_(people["office"]).get(reverse("office:call", args=[call.pk])).context

    coverage = context["coverage"]
    assert (coverage.applied, coverage.total) == (1, 4)
    assert {one.unit.name: one.entry is not None for one in coverage.missing}["示例起草学院工会"]
    assert "示例图书馆工会" in {one.name for one in context["silent"]}
    assert unit not in context["silent"]
