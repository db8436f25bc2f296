"""Decisions on PostgreSQL: released by two people in the same moment, and by a process that is killed half-way."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from forms_app import deciding
from forms_app.models import Decision, Entry
from forms_app.releasing import release
from portal.lifecycle.door import Refused
from portal.units.models import Role
from tests.factories.forms import entry_in
from tests.factories.units import person_with

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


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
