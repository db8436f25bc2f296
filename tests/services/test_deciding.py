"""Two people who decide the same entry in the same moment, with real threads on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from forms_app import deciding
from forms_app.models import Decision, Entry
from portal.lifecycle.door import Refused
from portal.units.models import Role
from tests.factories.forms import entry_in
from tests.factories.units import person_with

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_one_decision_stands_and_the_other_person_is_told_what_happened():
    entry = entry_in("deciding")
    people = [person_with(Role.SCHOOL_UNION, name=name) for name in ("示例甲", "示例乙")]
    start = Barrier(2)

    def establish(actor):
        stale = Entry.objects.get(pk=entry.pk)
        start.wait()
        deciding.establish(stale, actor=actor, amount=Decimal(6000))

    def reject(actor):
        stale = Entry.objects.get(pk=entry.pk)
        start.wait()
        deciding.reject(stale, actor=actor, reason="重复")

    def attempt(verb, actor):
        try:
            verb(actor)
        except Refused as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        refusals = list(pool.map(attempt, (establish, reject), people))

    [refusal] = [one for one in refusals if one]
    after = Entry.objects.get(pk=entry.pk)
    assert refusal.code == "wrong_state"
    assert after.get_status_display() in str(refusal)
    assert after.status == ("in_notice" if refusals[0] is None else "rejected")
    assert Decision.objects.filter(entry=entry).count() == 1
    assert after.events.filter(action__in=["establish", "reject"]).count() == 1
