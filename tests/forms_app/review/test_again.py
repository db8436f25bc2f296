"""Experts score what was sent: when the unit sends other answers, scores are looked over again, and the former ones kept."""

from decimal import Decimal

import pytest
from django.urls import reverse

from forms_app.entries import saving, sending
from forms_app.models import CallPage, Entry, FormerReview, OthersShown, Review
from forms_app.review.reviewing import assign, close_review, declare_interest, hand_in
from portal.lifecycle.door import Refused
from portal.messaging.models import Channel, Message
from portal.units.models import Role
from tests.factories.forms import ANSWERS, CallFactory, Cast, entry_in
from tests.factories.reviews import score
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    """Return what an expert has handed in for the first version of an application."""
    entry = entry_in("in_review", call=CallFactory(needs_chair=False, needs_party=False))
    expert = person_with(Role.EXPERT, name="示例甲")
    [assignment] = assign(entry, experts=[expert], actor=Cast(entry.unit).office)
    comment(assignment.review)
    return hand_in(assignment.review, actor=expert)


def comment(review, *, less=Decimal(0)):
    return score(review.assignment, less=less, for_unit="请写细一些")


def send_again(review, **answers):
    """Return the entry to its unit, change the answers, send it and pass it on to the experts again."""
    entry = review.assignment.entry
    cast = Cast(entry.unit)
    entry = sending.return_for_changes(
        Entry.objects.get(pk=entry.pk), actor=cast.office, comment="请改一改", until=None
    )
    if answers:
        saving.save(
            entry,
            answers={**ANSWERS, **answers},
            actor=cast.officer,
        )
    sending.send(entry, actor=cast.officer)
    sending.pass_check(entry, actor=cast.office)
    return Review.objects.get(pk=review.pk)


def told(review):
    return Message.objects.filter(
        channel=Channel.INBOX, kind="review_again", recipient=review.assignment.expert
    )


def test_a_score_says_which_version_it_is_for(review):
    assert review.version.number == 1


def test_other_answers_reopen_the_review_and_keep_the_points_as_a_draft(review):
    again = send_again(review, slogan="一起读书")

    assert again.locked_at is None
    assert sum(score.points for score in again.scores.all()) == 100


def test_what_was_handed_in_before_is_kept_with_its_version(review):
    send_again(review, slogan="一起读书")

    [former] = FormerReview.objects.all()
    assert (former.version.number, former.total, former.for_unit) == (1, 100, "请写细一些")
    assert former.locked_at == review.locked_at
    assert sum(Decimal(points) for points in former.points.values()) == 100


def test_the_expert_is_told_once_and_led_to_the_entry(review):
    again = send_again(review, slogan="一起读书")

    [message] = told(again)
    assert message.path == reverse("review:entry", args=[review.assignment.pk])


def test_the_same_answers_sent_again_leave_the_scores(review):
    again = send_again(review)

    assert again.locked_at == review.locked_at
    assert not told(again).exists()
    assert not FormerReview.objects.exists()


def test_after_the_review_was_closed_the_same_holds(review):
    close_review(review.assignment.entry, actor=Cast(review.assignment.entry.unit).office)

    assert send_again(review, slogan="一起读书").locked_at is None


def test_a_reopened_score_does_not_count_until_it_is_handed_in_again(review):
    again = send_again(review, slogan="一起读书")
    entry = again.assignment.entry

    with pytest.raises(Refused, match="还没有专家提交评分"):
        close_review(entry, actor=Cast(entry.unit).office)


def test_points_for_the_earlier_version_cannot_be_handed_in_unseen(review):
    again = send_again(review, slogan="一起读书")

    with pytest.raises(Refused, match="复核评分"):
        hand_in(again, actor=again.assignment.expert)

    again = comment(again, less=Decimal(1))
    assert hand_in(again, actor=again.assignment.expert).version.number == 2


def test_the_expert_s_page_says_that_the_unit_changed_the_entry(client, review):
    again = send_again(review, slogan="一起读书")
    client.force_login(again.assignment.expert)
    page = reverse("review:entry", args=[again.assignment.pk])

    assert "单位修改后重新报送" in client.get(page).content.decode()
    comment(again)
    assert "单位修改后重新报送" not in client.get(page).content.decode()


def test_whoever_stays_away_is_not_asked_again(review):
    declare_interest(review.assignment, actor=review.assignment.expert, reason="参与过策划")

    again = send_again(review, slogan="一起读书")

    assert again.locked_at
    assert not told(again).exists()


def test_the_office_reads_the_former_score_beside_the_entry(client, review):
    again = send_again(review, slogan="一起读书")
    client.force_login(Cast(again.assignment.entry.unit).office)

    page = client.get(reverse("office:entry", args=[again.assignment.entry.pk])).content.decode()

    assert "示例甲原来给第 1 版的评分：100.00" in page


@pytest.mark.parametrize("answers", [{"slogan": "一起读书"}, {}], ids=["changed", "unchanged"])
@pytest.mark.parametrize("shown", OthersShown)
def test_while_it_is_reviewed_again_nobody_sees_what_the_others_gave_before(
    shown, answers, client, review
):
    entry, me = review.assignment.entry, review.assignment.expert
    other = person_with(Role.EXPERT, name="示例乙")
    [theirs] = assign(entry, experts=[other], actor=Cast(entry.unit).office)
    comment(theirs.review, less=Decimal("10.5"))
    hand_in(theirs.review, actor=other)
    close_review(Entry.objects.get(pk=entry.pk), actor=Cast(entry.unit).office)
    CallPage.objects.update(others_shown=shown)
    client.force_login(me)
    own = [review.assignment.pk]
    pages = [reverse(f"review:{name}") for name in ("index", "overview")]
    pages += [reverse(f"review:{name}", args=own) for name in ("entry", "confirm", "recuse")]
    pages += ["/my/", reverse("workspace:inbox"), "/my/profile/data/"]
    before = client.get(pages[2]).text
    assert ("89.5" in before) == (shown != OthersShown.HIDDEN)

    send_again(review, **answers)

    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert "89.5" not in answer.text
        assert other.name not in answer.text
    assert client.get(pages[2]).context["others"] == []
