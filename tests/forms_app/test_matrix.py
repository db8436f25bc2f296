"""Who may do what in which state: every state × action × person, against a table written by hand.

The table is the rule book (design, section 4; domain, section 6), not a copy of `states.py`: a row says from which states
an action is possible, where it leads, and who may do it. Everything that is not in it must be refused and change nothing.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from forms_app import states
from forms_app.decision.adjusting import FieldAnswer, answer_proposal, propose
from forms_app.decision.deciding import decide
from forms_app.models import Answer, Conclusion, Entry, EntryStatus, PublicNotice, SignOffLevel
from forms_app.review.passing_on import why_not_hold_back
from forms_app.review.reopening import take_back_assignment
from forms_app.review.reviewing import assign
from portal.lifecycle.door import Refused, carry_out
from portal.units.models import Membership, Post, Role
from tests.factories.forms import Cast, entry_in, surround
from tests.factories.reviews import finish
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with

pytestmark = pytest.mark.django_db

FILLERS = {"officer", "chair", "office_of_the_unit"}
CHAIR = {"chair"}
PARTY = {"party"}
OFFICE = {"office"}

# action: {state: state it leads to}, who may
APPLICATION = {
    "send": ({"draft": "awaiting_chair", "returned": "awaiting_chair"}, FILLERS),
    # What the chair has signed is not taken back.
    "take_back": ({"awaiting_chair": "draft", "awaiting_party": "guard"}, FILLERS),
    "sign_chair": ({"awaiting_chair": "awaiting_party"}, CHAIR),
    "refuse_chair": ({"awaiting_chair": "returned"}, CHAIR),
    "sign_party": ({"awaiting_party": "submitted"}, PARTY),
    "refuse_party": ({"awaiting_party": "returned"}, PARTY),
    "withdraw": (
        {
            "draft": "withdrawn",
            "returned": "withdrawn",
            "awaiting_chair": "withdrawn",
            "awaiting_party": "withdrawn",
            "submitted": "withdrawn",
        },
        FILLERS,
    ),
    "pass_check": ({"submitted": "in_review"}, OFFICE),
    "return": ({"submitted": "returned", "in_review": "returned", "deciding": "returned"}, OFFICE),
    "close_review": ({"in_review": "deciding"}, OFFICE),
    "propose": ({"deciding": "adjusting"}, OFFICE),
    "answer": ({"adjusting": "deciding"}, FILLERS),
    "take_counter": ({"deciding": "deciding"}, OFFICE),
    "decide": ({"deciding": "deciding"}, OFFICE),
    "undecide": ({"deciding": "deciding"}, OFFICE),
    "release": ({"deciding": "in_notice"}, OFFICE),
    "conclude_notice": ({"in_notice": "approved"}, OFFICE),
    "reopen": ({"in_notice": "deciding"}, OFFICE),
}
SUMMARY = {
    action: APPLICATION[action]
    for action in (
        "send",
        "take_back",
        "sign_chair",
        "refuse_chair",
        "sign_party",
        "refuse_party",
        "withdraw",
        "pass_check",
    )
} | {
    "return": ({"submitted": "returned", "in_review": "returned"}, OFFICE),
    "close_review": ({"in_review": "evaluated"}, OFFICE),
}
APPLICATION_STATES = [
    "draft",
    "awaiting_chair",
    "awaiting_party",
    "submitted",
    "in_review",
    "deciding",
    "adjusting",
    "in_notice",
    "approved",
    "rejected",
    "returned",
    "withdrawn",
]
SUMMARY_STATES = [
    "draft",
    "awaiting_chair",
    "awaiting_party",
    "submitted",
    "in_review",
    "evaluated",
    "returned",
    "withdrawn",
]
# What an action needs besides the person and the state.
DETAILS = {
    "sign_chair": {"level": SignOffLevel.CHAIR, "conclusion": Conclusion.AGREE, "reason": "同意"},
    "refuse_chair": {"level": SignOffLevel.CHAIR, "conclusion": Conclusion.RETURN, "reason": "改"},
    "sign_party": {"level": SignOffLevel.PARTY, "conclusion": Conclusion.AGREE, "reason": "同意"},
    "refuse_party": {"level": SignOffLevel.PARTY, "conclusion": Conclusion.RETURN, "reason": "改"},
    "return": {"reason": "请补充", "until": None, "field_comments": {}},
    "propose": {"changes": {"title": "新名"}, "reason": "更贴切"},
    "answer": {"answers": {"title": FieldAnswer(Answer.ACCEPTED)}},
    "decide": {"amount": Decimal(8000), "outcome": "establish", "reason": ""},
    "release": {"letter": "示例通知", "minutes": "示例会议纪要"},
    "reopen": {"reason": "异议成立"},
}
MATRIX = [
    *(("application", status) for status in APPLICATION_STATES),
    *(("summary", status) for status in SUMMARY_STATES),
]


def test_the_rule_book_leaves_no_action_out():
    by_its_own = {"move_form"}  # tests/forms_app/definitions/test_moving.py
    for table, book in ((states.APPLICATION, APPLICATION), (states.SUMMARY, SUMMARY)):
        assert {one.action for one in table.transitions} == {*book} | by_its_own


def test_the_tables_name_every_state():
    assert sorted({*APPLICATION_STATES, *SUMMARY_STATES}) == sorted(EntryStatus.values)


@pytest.mark.parametrize(("kind", "status"), MATRIX)
def test_every_action_by_every_person(kind, status):
    table = APPLICATION if kind == "application" else SUMMARY
    entry = entry_in(status, kind=kind)
    people = everybody(entry)

    outcomes = {
        (action, name): outcome
        for action in table
        for name, outcome in outcomes_of(entry, action, people).items()
    }

    assert outcomes == {
        (action, name): leads_to.get(status, "wrong_state") if name in who else "forbidden"
        for action, (leads_to, who) in table.items()
        for name in people
    }
    assert Entry.objects.get(pk=entry.pk).status == status


# What the office does in a review without moving the entry: the states in which it can.
BESIDE_THE_TABLE = {
    "take_back_assignment": {"in_review"},
    "hold_back": {"deciding", "adjusting", "evaluated"},
}


@pytest.mark.parametrize(("kind", "status"), MATRIX)
def test_what_the_office_does_beside_the_table(kind, status):
    entry = entry_in(status, kind=kind)
    people = everybody(entry)
    expert = people["expert"]
    if status == "in_review":
        assign(entry, experts=[expert], actor=people["office"])

    outcomes = {
        (action, name): beside(entry, action, person, expert)
        for action in BESIDE_THE_TABLE
        for name, person in people.items()
    }

    assert outcomes == {
        (action, name): "forbidden"
        if name not in OFFICE
        else "done"
        if status in states_of_it
        else "wrong_state"
        for action, states_of_it in BESIDE_THE_TABLE.items()
        for name in people
    }
    assert Entry.objects.get(pk=entry.pk).status == status


def beside(entry: Entry, action: str, person: object, expert: object) -> str:
    """Return "done", or how it is refused; undo it."""
    if action == "hold_back":
        refusal = why_not_hold_back(entry, person)
        return refusal.code if refusal else "done"
    with transaction.atomic():
        try:
            take_back_assignment(entry, expert=expert, actor=person, reason="分错了人")
        except Refused as refusal:
            return refusal.code
        finally:
            transaction.set_rollback(True)
    return "done"


def everybody(entry: Entry) -> dict[str, object]:
    """Return everybody who might try."""
    cast = Cast(entry.unit)
    people = {
        "officer": cast.officer,
        "chair": cast.chair,
        "party": cast.party,
        "office": cast.office,
        "expert": person_with(Role.EXPERT),
        "auditor": person_with(Role.AUDITOR),
        "other_chair": person_of(UnitFactory(), Post.CHAIR),
        "nobody": UserFactory(),
        "anonymous": AnonymousUser(),
        # Works in the office and is the unit's officer as well: acts for the unit, may not handle its entry.
        "office_of_the_unit": person_with(Role.SCHOOL_UNION),
        # Works in the office and in a unit that applies with it, or in the one that hosts it.
        "office_of_a_partner": person_with(Role.SCHOOL_UNION),
        "office_of_the_host": person_with(Role.SCHOOL_UNION),
        "former_officer": UserFactory(),
        "suspended_officer": person_of(entry.unit, Post.OFFICER, is_active=False),
    }
    held = {"unit": entry.unit, "post": Post.OFFICER, "since": "2020-01-01"}
    Membership.objects.create(user=people["former_officer"], until="2021-01-01", **held)
    Membership.objects.create(user=people["office_of_the_unit"], **held)
    surround(entry, partner=people["office_of_a_partner"], host=people["office_of_the_host"])
    return people


def outcomes_of(entry: Entry, action: str, people: dict[str, object]) -> dict[str, str]:
    """Return what comes of it when each of them tries, with everything else met; undo it."""
    with transaction.atomic():
        try:
            meet_the_guards(entry, action)
            return {name: outcome_of(entry, action, person) for name, person in people.items()}
        finally:
            transaction.set_rollback(True)


def outcome_of(entry: Entry, action: str, person: object) -> str:
    """Return the state an action leads to, or how it is refused; undo it."""
    with transaction.atomic():
        try:
            return carry_out(entry, action, actor=person, **DETAILS.get(action, {})).status
        except Refused as refusal:
            return refusal.code
        finally:
            transaction.set_rollback(True)


def meet_the_guards(entry: Entry, action: str) -> None:
    """Make everything hold but state and person."""
    if action == "close_review" and entry.status == EntryStatus.IN_REVIEW:
        cast = Cast(entry.unit)
        [assignment] = assign(entry, experts=[cast.expert], actor=cast.office)
        finish(assignment)
    if entry.status == EntryStatus.DECIDING and action in ("undecide", "release"):
        decide(entry, actor=Cast(entry.unit).office, outcome="establish", amount=Decimal(8000))
    if entry.status == EntryStatus.DECIDING and action == "take_counter":
        cast = Cast(entry.unit)
        propose(entry, actor=cast.office, changes={"title": "新名"}, reason="更贴切")
        counter = FieldAnswer(Answer.COUNTERED, "另有考虑", "另一个名")
        answer_proposal(entry, actor=cast.officer, fields={"title": counter})
    if action == "conclude_notice":
        past = timezone.localdate() - timedelta(days=1)
        PublicNotice.objects.update(starts_on=past, ends_on=past)
