"""The office takes back an entry that it gave to the wrong expert, as long as he has not handed in."""

import pytest
from django.urls import reverse

from forms_app.models import Assignment, Entry, FormerAssignment, Review
from forms_app.review import saving
from forms_app.review.assigning import distribute, give_all
from forms_app.review.ranking import valid_totals
from forms_app.review.reopening import recuse, reopen_scores, take_back_assignment
from forms_app.review.reviewing import assign, assigned_to, close_review, declare_interest, hand_in
from forms_app.trail import trail_of
from portal.append_only import AppendOnly
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Role
from tests.factories.forms import entry_in
from tests.factories.reviews import finish, score
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
def given(entry, expert, office):
    """The entry, given to the expert."""
    return assign(entry, experts=[expert], actor=office)[0]


def screen(given):
    return reverse("office:take_back_assignment", args=[given.entry_id, given.expert_id])


def take_back(given, actor, reason="分错了人"):
    return take_back_assignment(given.entry, expert=given.expert, actor=actor, reason=reason)


def test_the_button_stands_beside_the_assignment_asks_why_and_takes_it_back(given, office, as_):
    client = as_(office)
    page = reverse("office:entry", args=[given.entry_id])
    assert screen(given) in client.get(page).text
    asked = client.get(screen(given)).text
    assert "示例专家" in asked
    assert "他还没有填" in asked

    done = client.post(screen(given), {"reason": "分错了人"}, follow=True)

    assert "已收回示例专家的评审分配" in said(done)
    assert "分错了人" in done.text
    assert screen(given) not in done.text
    assert not assigned_to(given.expert).exists()


def test_what_he_had_typed_is_kept_on_record_and_not_counted(given, office, as_):
    review = score(given, less=3, for_office="题目太大", for_unit="写得细一些")
    given_points = {one.criterion.name: str(one.points) for one in review.scores.all()}

    take_back(given, office)

    kept = FormerAssignment.objects.get()
    assert kept.points == given_points
    assert (kept.for_office, kept.for_unit, kept.version) == (
        "题目太大",
        "写得细一些",
        review.version,
    )
    assert not Review.objects.exists()
    assert not any(valid_totals([given.entry]).values())
    page = as_(office).get(reverse("office:entry", args=[given.entry_id])).text
    assert "示例专家当时填的（没有提交，不计入）" in page
    assert "题目太大" in page
    with pytest.raises(AppendOnly):
        kept.save()


def test_points_that_cannot_be_given_are_kept_as_they_were_typed(given, office):
    line = given.entry.call.rubric.criteria.first()
    Review.objects.filter(assignment=given).update(refused={str(line.pk): "12a"})

    assert take_back(given, office).points == {line.name: "12a"}


def test_the_expert_is_told_in_plain_words(given, expert, office):
    take_back(given, office)

    message = Message.objects.filter(recipient=expert, kind="review_taken_back").first()
    assert message.context["reason"] == "分错了人"
    assert message.path == reverse("review:index")


def test_the_trail_keeps_who_had_it_from_whom_and_why(given, office):
    take_back(given, office)

    told = [(step.who, step.what, step.said) for step in trail_of(given.entry)]
    assert ("示例办公室", "分配给示例专家评审", "") in told
    assert ("示例办公室", "收回示例专家的评审分配", "分错了人") in told


def test_the_expert_finds_what_he_wrote_among_his_own_data(given, expert, office, client):
    score(given, for_unit="写得细一些")
    take_back(given, office)
    Entry.objects.filter(pk=given.entry_id).update(title="后来的题目")

    client.force_login(expert)
    [kept] = client.get("/my/profile/data/").json()["applications"]["reviews"]

    assert (kept["for_unit"], kept["handed_in"]) == ("写得细一些", None)
    assert kept["scores"]
    assert kept["entry"] != "后来的题目"


def test_his_page_is_gone_and_what_he_still_sends_changes_nothing(given, expert, office, client):
    review = score(given)
    take_back(given, office)

    client.force_login(expert)
    assert client.get(reverse("review:entry", args=[given.pk])).status_code == 404
    for late in (
        lambda: hand_in(review, actor=expert),
        lambda: saving.save(review, typed={"for_unit": "晚了"}, actor=expert),
        lambda: declare_interest(given, actor=expert, reason="晚了"),
    ):
        with pytest.raises(Refused, match="已经收回") as refused:
            late()
        assert refused.value.code == "forbidden"
    assert not given.entry.recusals.exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_taken_without_a_reason(reason, given, office, as_):
    assert as_(office).post(screen(given), {"reason": reason}).status_code == 422
    with pytest.raises(Refused) as refused:
        take_back(given, office, reason)
    assert refused.value.code == "guard"
    assert Assignment.objects.filter(pk=given.pk).exists()


def test_what_has_been_handed_in_stays_also_when_it_is_open_again(given, office, as_):
    review = finish(given)
    client = as_(office)
    for _time in ("handed in", "opened again"):
        with pytest.raises(Refused, match="提交过评分") as refused:
            take_back(given, office)
        assert refused.value.code == "wrong_state"
        page = client.get(reverse("office:entry", args=[given.entry_id])).text
        assert screen(given) not in page
        assert "提交过评分" in said(client.get(screen(given), follow=True))
        if not review.former.exists():
            reopen_scores(given.entry, review=review, actor=office, reason="填错了")
    assert Assignment.objects.filter(pk=given.pk).exists()


def test_who_stays_away_already_has_nothing_to_be_taken_from(given, expert, office):
    recuse(given.entry, expert=expert, actor=office, reason="亲属")

    with pytest.raises(Refused, match="已经回避"):
        take_back(given, office)


def test_it_is_taken_once(given, office, as_):
    take_back(given, office)

    with pytest.raises(Refused, match="已经收回") as refused:
        take_back(given, office)
    assert refused.value.code == "wrong_state"
    assert as_(office).post(screen(given), {"reason": "再来"}).status_code == 404
    assert FormerAssignment.objects.count() == 1


def test_only_while_the_review_runs(given, office, as_):
    [other] = assign(given.entry, experts=[person_with(Role.EXPERT)], actor=office)
    finish(other)
    close_review(given.entry, actor=office)

    with pytest.raises(Refused, match="已经结束") as refused:
        take_back(given, office)
    assert refused.value.code == "wrong_state"
    assert "已经结束" in said(as_(office).get(screen(given), follow=True))


@pytest.mark.parametrize("who", ["office_of_unit", "auditor", "reviewer", "expert", "officer"])
def test_only_the_office_takes_it_back_and_not_for_its_own_unit(who, given, people, as_):
    as_(people[who]).post(screen(given), {"reason": "理由"})
    with pytest.raises(Refused) as refused:
        take_back(given, people[who])
    assert refused.value.code == "forbidden"
    assert Assignment.objects.filter(pk=given.pk).exists()


def test_it_is_not_given_to_him_again_but_by_hand(given, call, expert, office):
    take_back(given, office)

    distribute(call, actor=office)
    give_all(call, actor=office, experts=[expert])
    assert not given.entry.assignments.filter(expert=expert).exists()
    [again] = assign(given.entry, experts=[expert], actor=office)
    assert not again.review.scores.exists()


def test_the_unit_reads_nothing_of_it(given, office, people, as_):
    take_back(given, office)

    page = as_(people["officer"]).get(reverse("forms_app:entry", args=[given.entry_id])).text

    assert "示例专家" not in page
    assert "分错了人" not in page
