"""The end of a review on PostgreSQL: nothing of it moves once the office has closed it, not even in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from forms_app.models import Assignment, Entry, FormerAssignment, Review
from forms_app.review.reopening import take_back_assignment
from forms_app.review.reviewing import (
    assign,
    close_review,
    declare_interest,
    hand_in,
    valid_reviews,
)
from portal.lifecycle.door import Refused
from portal.units.models import Role
from tests.factories.forms import Cast, entry_in
from tests.factories.reviews import score
from tests.factories.units import person_with

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
# Seconds in which whoever need not wait for the office's transaction has long come through.
LONG_ENOUGH = 1.5


def declare(assignment):
    declare_interest(assignment, actor=assignment.expert, reason="参与过策划")


def hand_it_in(assignment):
    hand_in(Review.objects.get(assignment=assignment), actor=assignment.expert)


@pytest.mark.parametrize("verb", [hand_it_in, declare])
def test_what_an_expert_does_while_the_review_closes_waits_and_is_refused(verb):
    entry = entry_in("in_review")
    office = Cast(entry.unit).office
    experts = [person_with(Role.EXPERT) for _ in range(2)]
    assigned = assign(entry, experts=experts, actor=office)
    for assignment in assigned:
        score(assignment)
    first, second = assigned
    hand_in(first.review, actor=first.expert)
    mover = second if verb is hand_it_in else first
    closed, done = Event(), Event()

    def close():
        try:
            with transaction.atomic():
                close_review(Entry.objects.get(pk=entry.pk), actor=office)
                closed.set()
                done.wait(LONG_ENOUGH)
        finally:
            connection.close()

    def move():
        assert closed.wait(20)
        try:
            verb(Assignment.objects.get(pk=mover.pk))
        except Refused as refused:
            return refused.code
        finally:
            done.set()
            connection.close()
        return "went through"

    with ThreadPoolExecutor(2) as pool:
        closing, moving = pool.submit(close), pool.submit(move)
        closing.result()
        outcome = moving.result()

    assert outcome == "wrong_state"
    assert [one.assignment for one in valid_reviews(entry)] == [first]
    assert not entry.recusals.exists()


def test_what_an_expert_hands_in_while_it_is_taken_back_waits_and_is_refused():
    entry = entry_in("in_review")
    office, expert = Cast(entry.unit).office, person_with(Role.EXPERT)
    [assignment] = assign(entry, experts=[expert], actor=office)
    score(assignment)
    review = Review.objects.select_related("assignment").get(assignment=assignment)
    taken, done = Event(), Event()

    def take():
        try:
            with transaction.atomic():
                take_back_assignment(entry, expert=expert, actor=office, reason="分错了人")
                taken.set()
                done.wait(LONG_ENOUGH)
        finally:
            connection.close()

    def late():
        assert taken.wait(20)
        try:
            hand_in(review, actor=expert)
        except Refused as refused:
            return refused.code
        finally:
            done.set()
            connection.close()
        return "went through"

    with ThreadPoolExecutor(2) as pool:
        taking, handing_in = pool.submit(take), pool.submit(late)
        taking.result()
        outcome = handing_in.result()

    assert outcome == "forbidden"
    assert FormerAssignment.objects.get().points
    assert not Review.objects.exists()
