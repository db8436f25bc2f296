"""The end of a page's review on PostgreSQL: what has just been published is no review to take back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from wagtail.models import WorkflowState

from portal.cms.models import NoticePage
from portal.cms.moderation.doors import approve, end_review, submit_for_review, withdraw
from portal.lifecycle.door import Refused
from portal.units.models import Role
from tests.factories.pages import draft_notice, stage_of
from tests.factories.units import person_with

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
# Seconds in which whoever need not wait for the last approval has long come through.
LONG_ENOUGH = 1.5


@pytest.mark.parametrize("verb", [withdraw, end_review])
def test_a_review_taken_back_while_the_last_stage_approves_stays_approved(verb):
    office = person_with(Role.SCHOOL_UNION)
    reviewers = [
        person_with(role) for role in (Role.FIRST_REVIEW, Role.SECOND_REVIEW, Role.FINAL_REVIEW)
    ]
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    for reviewer in reviewers[:-1]:
        approve(stage_of(page), actor=reviewer)
    approved, done = Event(), Event()

    def decide():
        try:
            with transaction.atomic():
                approve(stage_of(page), actor=reviewers[-1])
                approved.set()
                done.wait(LONG_ENOUGH)
        finally:
            connection.close()

    def take_back():
        assert approved.wait(20)
        try:
            return verb(NoticePage.objects.get(pk=page.pk), actor=office)
        except Refused as refused:
            return refused.code
        finally:
            done.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        deciding, taking_back = pool.submit(decide), pool.submit(take_back)
        deciding.result()
        outcome = taking_back.result()

    assert outcome == ("wrong_state" if verb is withdraw else False)
    assert NoticePage.objects.get(pk=page.pk).live
    flow = WorkflowState.objects.get(object_id=str(page.pk))
    assert flow.status == WorkflowState.STATUS_APPROVED
