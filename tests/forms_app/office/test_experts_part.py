"""The office opens locked scores again with a reason, and finds that an expert must stay away."""

from decimal import Decimal

import pytest
from django.urls import reverse

from forms_app.models import Entry, EntryStatus, FormerReview, Recusal
from forms_app.review.ranking import valid_totals
from forms_app.review.reopening import recuse, reopen_scores
from forms_app.review.reviewing import assign, assigned_to, close_review, hand_in
from portal.append_only import AppendOnly
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Role
from tests.factories.forms import entry_in
from tests.factories.reviews import finish
from tests.factories.units import person_with
from tests.forms_app.office.conftest import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert(db):
    return person_with(Role.EXPERT, name="示例专家")


@pytest.fixture
def entry(call, unit):
    return entry_in("in_review", call=call, unit=unit)


@pytest.fixture
def review(entry, expert, office):
    """An expert's scores, handed in."""
    [assignment] = assign(entry, experts=[expert], actor=office)
    return finish(assignment)


def act(client, entry, action, data):
    return client.post(reverse("office:act", args=[entry.pk, action]), data, follow=True)


def test_locked_scores_are_opened_again_on_the_entrys_page(entry, review, expert, office, as_):
    client = as_(office)

    response = act(
        client, entry, "reopen_scores", {"reopen-review": review.pk, "reopen-reason": "填错了一项"}
    )

    assert "已办" in said(response)
    assert "填错了一项" in response.text
    assert "100.00" in response.text
    hand_in(review, actor=expert)
    kept = FormerReview.objects.get()
    assert (kept.total, kept.reopened_by) == (Decimal(100), office)
    with pytest.raises(AppendOnly):
        kept.save()


def test_the_expert_is_told_why_and_where(entry, review, expert, office):
    reopen_scores(entry, review=review, actor=office, reason="填错了一项")

    message = Message.objects.filter(recipient=expert, kind="review_reopened").first()
    assert message.context["reason"] == "填错了一项"
    assert message.path == reverse("review:entry", args=[review.assignment_id])


def test_open_scores_do_not_count(entry, review, office):
    reopen_scores(entry, review=review, actor=office, reason="填错了一项")

    assert not any(valid_totals([entry]).values())


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_done_without_a_reason(reason, entry, review, expert, office, as_):
    client = as_(office)
    for action, data in (
        ("reopen_scores", {"reopen-review": review.pk, "reopen-reason": reason}),
        ("recuse", {"recuse-expert": expert.pk, "recuse-reason": reason}),
    ):
        assert act(client, entry, action, data).status_code == 422
    with pytest.raises(Refused):
        reopen_scores(entry, review=review, actor=office, reason=reason)
    with pytest.raises(Refused):
        recuse(entry, expert=expert, actor=office, reason=reason)
    assert not FormerReview.objects.exists()
    assert not Recusal.objects.exists()


def test_scores_stay_closed_once_the_review_has_ended(entry, review, office):
    close_review(entry, actor=office)

    with pytest.raises(Refused) as refused:
        reopen_scores(entry, review=review, actor=office, reason="晚了")

    assert refused.value.code == "wrong_state"


def test_open_scores_need_no_reopening(entry, review, office):
    reopen_scores(entry, review=review, actor=office, reason="一次")

    with pytest.raises(Refused) as refused:
        reopen_scores(entry, review=review, actor=office, reason="两次")

    assert refused.value.code == "wrong_state"


def test_a_score_of_another_entry_is_not_offered(call, review, office, as_):
    other = entry_in("in_review", call=call)

    response = act(
        as_(office), other, "reopen_scores", {"reopen-review": review.pk, "reopen-reason": "试试"}
    )

    assert response.status_code == 422
    assert not FormerReview.objects.exists()


def test_only_the_office_does_either_and_not_for_its_own_unit(entry, review, expert, people, as_):
    for who in ("office_of_unit", "auditor", "expert", "officer", "reviewer"):
        person = people[who]
        for action, data in (
            ("reopen_scores", {"reopen-review": review.pk, "reopen-reason": "理由"}),
            ("recuse", {"recuse-expert": expert.pk, "recuse-reason": "理由"}),
        ):
            act(as_(person), entry, action, data)
        for verb, about in ((reopen_scores, {"review": review}), (recuse, {"expert": expert})):
            with pytest.raises(Refused) as refused:
                verb(entry, actor=person, reason="理由", **about)
            assert refused.value.code == "forbidden", who
        assert not FormerReview.objects.exists(), who
        assert not Recusal.objects.exists(), who


def test_an_expert_who_must_stay_away_loses_the_entry_and_his_scores(
    entry, review, expert, office, as_
):
    response = act(
        as_(office), entry, "recuse", {"recuse-expert": expert.pk, "recuse-reason": "同名者系亲属"}
    )

    assert "同名者系亲属" in response.text
    assert "示例办公室" in response.text
    assert not assigned_to(expert).exists()
    assert not any(valid_totals([entry]).values())
    assert Message.objects.filter(recipient=expert, kind="review_recused").exists()
    with pytest.raises(Refused):
        assign(entry, experts=[expert], actor=office)


def test_an_expert_can_be_kept_away_before_he_is_given_anything(entry, expert, office):
    recuse(entry, expert=expert, actor=office, reason="同名者系亲属")

    assert not Message.objects.filter(kind="review_recused").exists()
    with pytest.raises(Refused):
        recuse(entry, expert=expert, actor=office, reason="再来一次")


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_nobody_is_kept_away_outside_review_and_decision(status, call, expert, office):
    entry = entry_in(status, call=call)

    with pytest.raises(Refused) as refused:
        recuse(entry, expert=expert, actor=office, reason="理由")

    assert refused.value.code == "wrong_state"


def test_the_unit_reads_nothing_of_either(entry, review, expert, office, people, as_):
    reopen_scores(entry, review=review, actor=office, reason="填错了一项")
    recuse(entry, expert=expert, actor=office, reason="同名者系亲属")

    page = as_(people["officer"]).get(reverse("forms_app:entry", args=[entry.pk])).text

    assert not any(word in page for word in ("示例专家", "填错了一项", "同名者系亲属"))
    assert Entry.objects.get(pk=entry.pk).status == EntryStatus.IN_REVIEW


def test_the_office_counts_what_the_experts_own_page_counts(call, entry, expert, office, as_):
    assign(entry, experts=[expert], actor=office)
    over = entry_in("deciding", call=call)
    assert over.assignments.filter(expert=expert).exists()

    people = as_(office).get(reverse("office:experts", args=[call.pk])).context["people"]

    [row] = [one for one in people if one["expert"] == expert]
    assert (row["given"], row["done"], row["over"]) == (1, 0, 1)
    assert as_(expert).get(reverse("review:index")).context["count"] == row["given"]
