"""Every action on a change request, in every state, by everybody: what the table says, and nothing else."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from brands.models import ChangeRequest
from brands.models import ChangeStatus as S
from brands.states import CHANGE
from portal.lifecycle.door import Refused, carry_out
from tests.brands.test_project_matrix import PEOPLE, people_around
from tests.factories.projects import change_in
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db

ALLOWED = {
    "approve": ({S.REQUESTED}, {"office"}),
    "reject": ({S.REQUESTED}, {"office"}),
    "withdraw": ({S.REQUESTED}, {"officer", "chair"}),
}


@pytest.fixture(scope="module")
def in_each_state(made_once):
    return made_once(lambda: {status: change_in(status).pk for status in S.values})


@pytest.fixture
def request_in(db, in_each_state):
    return lambda status: ChangeRequest.objects.get(pk=in_each_state[status])


def test_the_table_has_no_other_actions():
    assert {transition.action for transition in CHANGE.transitions} == set(ALLOWED)


@pytest.mark.parametrize("status", S.values)
def test_everybody_may_do_what_the_table_says_and_nothing_else(request_in, status):
    asked = request_in(status)
    people = people_around(asked.project)
    as_unit = {"office_of_the_unit": "officer"}

    found = {
        (action, person)
        for action in ALLOWED
        for person in PEOPLE
        if (row := CHANGE.find(status, action)) and row.may(people[person], asked)
    }

    assert found == {
        (action, person)
        for action, (states, who) in ALLOWED.items()
        for person in PEOPLE
        if status in states and as_unit.get(person, person) in who
    }


def test_a_refusal_says_why_in_chinese_and_changes_nothing(request_in):
    asked = request_in(S.REQUESTED)
    stranger = person_of(UnitFactory())

    for action in ALLOWED:
        with pytest.raises(Refused) as refused:
            carry_out(asked, action, actor=stranger)
        assert str(refused.value).endswith("。")
    asked.refresh_from_db()
    assert asked.status == S.REQUESTED


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (S.REQUESTED, {"closed_at": timezone.now()}),
        (S.APPROVED, {"closed_by": None}),
        (S.REJECTED, {"answer": ""}),
        (S.REQUESTED, {"aspect": ""}),
        (S.REQUESTED, {"new_value": ""}),
        (S.REQUESTED, {"kind": "extension"}),
        (S.APPROVED, {"granted_until": timezone.localdate()}),
    ],
)
def test_the_database_ties_states_and_kinds_to_what_they_say(request_in, status, changes):
    asked = request_in(status)

    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.filter(pk=asked.pk).update(**changes)
