"""Every action on a mid-term check, in every state, by everybody: what the table says, and nothing else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from brands.cultivation import checking
from brands.models import MidtermCheck
from brands.models import MidtermStatus as S
from brands.states import MIDTERM
from portal.append_only import AppendOnly
from portal.lifecycle.door import Refused, carry_out, why_not
from tests.brands.test_project_matrix import PEOPLE, people_around
from tests.factories.forms import Cast
from tests.factories.projects import MIDTERM_ANSWERS, carried_to, midterm_in
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db

ALLOWED = {
    "send": ({S.ASKED, S.RETURNED}, {"officer", "chair"}),
    "redate": ({S.ASKED, S.RETURNED}, {"office"}),
    "return": ({S.SENT, S.CONCLUDED}, {"office"}),
    "conclude": ({S.SENT}, {"office"}),
}


@pytest.fixture(scope="module")
def in_each_state(made_once):
    return made_once(lambda: {status: midterm_in(status).pk for status in S.values})


@pytest.fixture
def check_in(db, in_each_state):
    return lambda status: MidtermCheck.objects.get(pk=in_each_state[status])


def test_the_table_has_no_other_actions():
    assert {transition.action for transition in MIDTERM.transitions} == set(ALLOWED)


@pytest.mark.parametrize("status", S.values)
def test_everybody_may_do_what_the_table_says_and_nothing_else(check_in, status):
    midterm = check_in(status)
    people = people_around(midterm.project)
    as_unit = {"office_of_the_unit": "officer"}

    found = {
        (action, person)
        for action in ALLOWED
        for person in PEOPLE
        if (row := MIDTERM.find(status, action)) and row.may(people[person], midterm)
    }

    assert found == {
        (action, person)
        for action, (states, who) in ALLOWED.items()
        for person in PEOPLE
        if status in states and as_unit.get(person, person) in who
    }


def test_a_refusal_says_why_in_chinese_and_changes_nothing(check_in):
    midterm = check_in(S.SENT)
    stranger = person_of(UnitFactory())

    for action in ALLOWED:
        with pytest.raises(Refused) as refused:
            carry_out(midterm, action, actor=stranger)
        assert str(refused.value).endswith("。")
    midterm.refresh_from_db()
    assert midterm.status == S.SENT


def test_a_return_says_why_and_until_when(check_in):
    midterm = check_in(S.SENT)
    office = Cast(midterm.project.unit).office
    today = timezone.localdate()

    for reason, until, words in (
        (" ", today, "请写明要修改什么。"),
        ("改", today - timedelta(days=1), "期限要在今天或以后。"),
        ("改", today + timedelta(days=400), "期限在一年以后，请核对。"),
    ):
        with pytest.raises(Refused, match=words):
            checking.send_back(midterm, actor=office, reason=reason, until=until)


@pytest.mark.parametrize("conclusion", ["strengthen", "risk", "splendid"])
def test_a_doubt_says_why_and_there_are_three_conclusions(check_in, conclusion):
    midterm = check_in(S.SENT)

    with pytest.raises(Refused):
        checking.conclude(
            midterm, actor=Cast(midterm.project.unit).office, conclusion=conclusion, opinion=" "
        )


def test_a_return_after_the_conclusion_takes_it_back_and_keeps_it_on_record(check_in):
    midterm = check_in(S.CONCLUDED)
    office = Cast(midterm.project.unit).office

    now = checking.send_back(midterm, actor=office, reason="补材料", until=timezone.localdate())

    assert (now.conclusion, now.opinion, now.concluded_by) == ("", "", None)
    assert "加快进度" in now.events.values_list("comment", flat=True)


def test_nothing_is_done_about_a_project_that_has_ended(check_in):
    midterm = check_in(S.ASKED)
    carried_to("terminated", midterm.project)
    midterm = check_in(S.ASKED)
    cast = Cast(midterm.project.unit)

    with pytest.raises(Refused, match="已终止"):
        checking.send(midterm, actor=cast.officer, answers=MIDTERM_ANSWERS, based_on=0)
    assert "已终止" in str(why_not(midterm, "redate", actor=cast.office))


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (S.SENT, {"sent_at": None}),
        (S.CONCLUDED, {"conclusion": ""}),
        (S.CONCLUDED, {"concluded_at": None}),
        (S.CONCLUDED, {"opinion": ""}),
        (S.SENT, {"conclusion": "normal"}),
        (S.RETURNED, {"return_reason": ""}),
    ],
)
def test_the_database_ties_states_to_what_they_say(check_in, status, changes):
    midterm = check_in(status)

    with pytest.raises(IntegrityError), transaction.atomic():
        MidtermCheck.objects.filter(pk=midterm.pk).update(**changes)


def test_what_was_sent_and_what_happened_is_never_changed(check_in):
    midterm = check_in(S.SENT)

    for kept in (midterm.reports.all(), midterm.events.all()):
        with pytest.raises(AppendOnly):
            kept.delete()
