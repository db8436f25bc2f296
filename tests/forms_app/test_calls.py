"""What a call must not be: closed before it opens, asked with another kind's form and rubric, or judged by two rubrics."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forms_app.models import CallIndexPage, CallPage, FormKind, Method, Rubric
from forms_app.review.reviewing import assign
from portal.cms.moderation.doors import approve, return_page, submit_for_review
from portal.cms.tasks import publish_scheduled
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Role
from tests.factories.forms import CallFactory, entry_in, form_with
from tests.factories.pages import STAGES, published, reviewed, stage_of
from tests.factories.reviews import score
from tests.factories.units import person_with
from tests.portal.cms.test_first_preview import preview

pytestmark = pytest.mark.django_db


def faults(call):
    with pytest.raises(ValidationError) as refused:
        call.clean()
    return refused.value.message_dict


def test_it_closes_after_it_opens():
    call = CallFactory()
    call.closes_at = call.opens_at - timedelta(days=1)

    assert faults(call) == {"closes_at": ["截止时间要晚于开始时间。"]}


def test_its_form_is_of_its_kind():
    call = CallFactory()
    call.form = form_with(kind=FormKind.SUMMARY)

    assert set(faults(call)) == {"form"}


def test_its_rubric_is_of_its_kind():
    call = CallFactory()
    call.rubric = Rubric.objects.filter(kind=FormKind.SUMMARY).first()

    assert set(faults(call)) == {"rubric"}


def test_it_is_previewed_before_it_is_saved():
    stored = CallFactory()
    call = CallPage(
        title="新写的通知",
        slug="new",
        kind=stored.kind,
        form=stored.form,
        programme_year=stored.programme_year,
        opens_at=stored.opens_at,
        closes_at=stored.closes_at,
    )

    assert "新写的通知" in preview(call, CallIndexPage.objects.get())


@pytest.fixture
def office(db):
    return person_with(Role.SCHOOL_UNION)


@pytest.fixture
def exchanged(office):
    """A public call with a draft that goes by another rubric."""
    call = CallFactory()
    call.save_revision()
    call = published(call)
    call.rubric = Rubric.objects.create(name="新的评分标准", kind=call.kind)
    call.save_revision(user=office)
    return CallPage.objects.get(pk=call.pk)


def score_one(call, office):
    entry = entry_in("in_review", call=call)
    [assignment] = assign(entry, experts=[person_with(Role.EXPERT)], actor=office)
    score(assignment)


def test_a_rubric_exchanged_in_a_draft_is_not_approved_once_scoring_has_begun(exchanged, office):
    submit_for_review(exchanged, actor=office)
    reviewers = [person_with(role) for role in STAGES]
    approve(stage_of(exchanged), actor=reviewers[0])
    approve(stage_of(exchanged), actor=reviewers[1])
    before = exchanged.rubric
    score_one(exchanged, office)

    with pytest.raises(Refused) as refused:
        approve(stage_of(exchanged), actor=reviewers[2])

    assert "已经有专家按原来的打分" in str(refused.value)
    assert f"请编写人把评分标准改回“{before}”" in str(refused.value)
    assert CallPage.objects.get(pk=exchanged.pk).rubric == before
    return_page(stage_of(exchanged), actor=reviewers[2], reason="请改回原来的评分标准")


def test_nor_is_voting_in_the_place_of_scoring(office):
    call = CallFactory()
    call.method = Method.VOTE
    call.save_revision(user=office)
    score_one(call, office)
    submit_for_review(call, actor=office)

    with pytest.raises(Refused, match="评审方式改回“打分”"):
        approve(stage_of(call), actor=person_with(STAGES[0]))


def test_before_anybody_scores_a_rubric_may_be_exchanged(exchanged, office):
    assert reviewed(exchanged, submitter=office).rubric.name == "新的评分标准"


def test_other_changes_are_approved_while_experts_score(office):
    call = CallFactory()
    call.summary = "答疑电话改了"
    call.save_revision(user=office)
    score_one(call, office)

    assert reviewed(call, submitter=office).summary == "答疑电话改了"


def test_what_was_approved_before_scoring_began_does_not_go_live_by_the_clock(
    exchanged, office, time_machine
):
    now = timezone.now()
    draft = exchanged.get_latest_revision_as_object()
    draft.go_live_at = now + timedelta(hours=1)
    draft.full_clean()
    draft.save_revision(user=office)
    call = reviewed(CallPage.objects.get(pk=exchanged.pk), submitter=office)
    assert call.approved_schedule
    score_one(call, office)

    time_machine.move_to(now + timedelta(hours=2), tick=False)
    publish_scheduled()
    publish_scheduled()

    after = CallPage.objects.get(pk=call.pk)
    assert after.rubric == exchanged.rubric
    assert not after.approved_schedule
    [told] = Message.objects.filter(recipient=office, kind="page_held", channel="inbox")
    assert "评分标准改回" in told.context["reason"]
