"""Decisions on PostgreSQL: released by two people in the same moment, and by a process that is killed half-way."""

import signal
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from forms_app.decision import deciding
from forms_app.decision.releasing import release
from forms_app.models import Decision, Entry
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Role
from tests.factories.forms import CallFactory, entry_in
from tests.factories.units import person_with

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]

SUMS = (("示例甲", 6000), ("示例乙", 9000))


FORTY = 40


def test_a_decision_is_released_once_and_the_other_person_is_told_what_happened():
    entry = entry_in("deciding")
    people = [person_with(Role.SCHOOL_UNION, name=name) for name in ("示例甲", "示例乙")]
    start = Barrier(2)

    deciding.decide(entry, actor=people[0], outcome="establish", amount=Decimal(6000))

    def attempt(actor):
        start.wait()
        try:
            release(entry.call, actor=actor, minutes="示例会议纪要")
        except Refused as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        refusals = list(pool.map(attempt, people))

    [refusal] = [one for one in refusals if one]
    after = Entry.objects.get(pk=entry.pk)
    assert refusal.code == "wrong_state"
    assert "没有可以发布的决定" in str(refusal)
    assert after.status == "in_notice"
    assert Decision.objects.filter(entry=entry).count() == 1
    assert after.events.filter(action="release").count() == 1


def test_of_two_who_draft_a_decision_in_one_moment_one_is_told_what_the_other_drafted():
    entry = entry_in("deciding")
    sums = {person_with(Role.SCHOOL_UNION, name=name): Decimal(sum_) for name, sum_ in SUMS}
    start, seen = Barrier(2), deciding.mark_of_draft(None)

    def attempt(actor):
        start.wait()
        try:
            deciding.decide(entry, actor=actor, outcome="establish", amount=sums[actor], seen=seen)
        except Refused as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        refusals = list(pool.map(attempt, sums))

    [refusal] = [one for one in refusals if one]
    kept = Decision.objects.get(entry=entry)
    assert kept.amount_granted == sums[kept.decided_by]
    assert f"{kept.decided_by} " in str(refusal)
    assert "拟定了“立项 " in str(refusal)
    assert entry.events.filter(action="decide").count() == 1


def test_a_release_killed_half_way_releases_nothing(start_process, tmp_path):
    """The process dies between two entries of one release, as when the machine loses its power."""
    office = person_with(Role.SCHOOL_UNION)
    call = CallFactory(needs_experts=False)
    entries = [entry_in("deciding", call=call) for _ in range(FORTY)]
    for entry in entries:
        deciding.decide(entry, actor=office, outcome="establish", amount=Decimal(6000))
    told = Message.objects.count()

    with start_process("tests.services.releasing", str(call.pk), str(office.pk)) as process:
        assert process.wait(timeout=60) == -signal.SIGKILL

    assert set(call.entries.values_list("status", flat=True)) == {"deciding"}
    assert not Decision.objects.exclude(released_at=None).exists()
    assert Message.objects.count() == told
    assert len(release(call, actor=office, minutes="示例会议纪要")) == FORTY
