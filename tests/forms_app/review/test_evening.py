"""Forty applications in one evening: saved by itself, the next one, all handed in after a look at one's own scores."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_app.entries import saving, sending
from forms_app.models import CallPage, Entry, OthersShown, Review
from forms_app.review.review_page import others
from forms_app.review.reviewing import assign, close_review, hand_in
from forms_app.review.score_form import levels_of
from portal.lifecycle.door import Refused
from tests.factories.forms import ANSWERS, CallFactory, Cast, entry_in
from tests.factories.reviews import finish, score
from tests.forms_app.review.conftest import opened, page

pytestmark = pytest.mark.django_db


def first_input(assignment):
    return f"points-{assignment.entry.call.rubric.criteria.first().pk}"


def kept(assignment):
    return [str(one.points) for one in Review.objects.get(assignment=assignment).scores.all()]


def test_a_script_saves_what_can_be_read_and_says_when(give, desk):
    assignment = give()
    name, here = first_input(assignment), opened(desk, assignment)

    bad = desk.post(page(assignment, "save"), {**here, name: "99", "for_office": "很好"})
    good = desk.post(page(assignment, "save"), {**here, name: "12.5", "for_office": "很好，再改"})

    assert (good.status_code, bad.status_code) == (200, 200)
    assert "已保存" in good.json()["message"]
    assert "没有计入" in bad.json()["message"]
    assert kept(assignment) == ["12.50"]
    assert Review.objects.get(assignment=assignment).for_office == "很好，再改"


@pytest.mark.parametrize(
    ("typed", "points"), [("8。5", ["8.50"]), ("８．５", ["8.50"]), ("8,5", []), ("1.5.", [])]
)
def test_points_from_a_chinese_keyboard_are_read_as_meant_or_not_at_all(give, desk, typed, points):
    assignment = give()
    here = opened(desk, assignment)

    desk.post(page(assignment), {**here, first_input(assignment): typed})

    assert kept(assignment) == points


def test_a_script_is_told_why_nothing_is_saved(give, desk, expert, client):
    assignment = give()
    finish(assignment)

    locked = desk.post(page(assignment, "save"), {})
    client.logout()
    out = client.post(page(assignment, "save"), {}, HTTP_ACCEPT="application/json")

    assert (locked.status_code, out.status_code) == (409, 401)
    assert "已经提交" in locked.json()["message"]


def test_saving_leads_to_the_next_one_and_at_the_end_to_the_overview(give, desk):
    here, other = give(), give()

    first = desk.post(page(here), {"do": "next"})
    score(other)
    last = desk.post(page(here), {"do": "next"})

    assert first.url == f"{page(other)}#main"  # its title first, not its boxes
    assert last.url == reverse("review:overview")


def test_the_way_down_to_the_points_is_called_what_can_be_done_there(give, desk):
    assignment = give()
    before = desk.get(page(assignment)).text

    finish(assignment)

    after = desk.get(page(assignment)).text
    assert ("去打分" in before, "看我的评分" in before) == (True, False)
    assert ("去打分" in after, "看我的评分" in after) == (False, True)


def test_what_this_browser_kept_is_shown_and_not_saved(give, desk):
    assignment = give()

    shown = desk.post(page(assignment), {first_input(assignment): "7", "restore": "1"})

    assert 'value="7"' in shown.text
    assert kept(assignment) == []


def test_own_scores_side_by_side_and_the_ticked_ones_are_handed_in(give, desk):
    high, low, begun = give(title="高"), give(title="低"), give(title="一半")
    score(high)
    score(low, less=9)
    desk.post(page(begun, "save"), {first_input(begun): "3"})
    address = reverse("review:overview")

    shown = desk.get(address)
    keys = [high.pk, low.pk, begun.pk]
    seals = {f"seen-{row.assignment.pk}": row.seal for row in shown.context["rows"]}
    desk.post(address, {"take": [low.pk, begun.pk], **seals})

    assert [row.assignment.pk for row in shown.context["rows"]] == keys
    assert (shown.context["ready"], shown.context["mean"]) == (2, 95.5)
    locked = Review.objects.filter(locked_at__isnull=False).values_list("assignment", flat=True)
    assert list(locked) == [low.pk]


def test_nobody_hands_in_for_somebody_else(give, desk, expert, colleague):
    foreign = give(colleague)
    score(foreign)

    desk.post(reverse("review:overview"), {"take": [foreign.pk]})

    assert not Review.objects.filter(locked_at__isnull=False).exists()


def test_others_are_seen_after_the_end_and_without_names(give, desk, expert, colleague, office):
    mine = give(expert, colleague)
    theirs = mine.entry.assignments.get(expert=colleague)
    finish(mine)
    finish(theirs, less=7)
    before = desk.get(page(mine))

    close_review(mine.entry, actor=office)
    after = desk.get(page(mine))

    assert before.context["others"] == []
    assert not re.search(r"\b93\b", before.text)
    assert [(one.name, one.total) for one in after.context["others"]] == [("A", 93)]
    assert colleague.name not in after.text


@pytest.mark.parametrize(
    ("setting", "names"), [(OthersShown.NAMED, ["示例专家乙"]), (OthersShown.HIDDEN, [])]
)
def test_the_call_says_what_is_seen_of_others(setting, names, give, expert, colleague, office):
    mine = give(expert, colleague)
    for one in mine.entry.assignments.all():
        finish(one)
    close_review(mine.entry, actor=office)
    CallPage.objects.update(others_shown=setting)
    mine.refresh_from_db()

    assert [one.name for one in others(mine)] == names


def test_levels_cover_the_full_points_without_gap_and_in_halves(quick):
    for line in quick.rubric.criteria.all():
        levels = levels_of(line)

        assert (levels[0].most, levels[-1].least) == (f"{line.points.normalize():f}", "0")
        for upper, lower in zip(levels, levels[1:], strict=False):
            assert float(upper.least) - float(lower.most) == 0.5
        assert all(float(one.least) <= float(one.typical) <= float(one.most) for one in levels)


def test_only_what_changed_is_put_in_front_of_who_has_scored(give, desk, expert):
    assignment = give(slogan="原来的口号")
    finish(assignment)
    entry, cast = assignment.entry, Cast(assignment.entry.unit)
    entry = sending.return_for_changes(
        Entry.objects.get(pk=entry.pk), actor=cast.office, comment="请改", until=None
    )
    saving.save(
        entry,
        answers={**ANSWERS, "slogan": "改过的口号"},
        actor=cast.officer,
    )
    sending.send(entry, actor=cast.officer)
    sending.pass_check(entry, actor=cast.office)

    shown = desk.get(page(assignment))

    [(was, now)] = shown.context["changes"]
    assert (was.value, now.value) == ("原来的口号", "改过的口号")
    assert "看全文" in shown.text


def test_votes(office, expert, desk):
    call = CallFactory(needs_chair=False, needs_party=False, method="vote", rubric=None)
    [mine] = assign(entry_in("in_review", call=call), experts=[expert], actor=office)

    here = opened(desk, mine)
    empty = desk.post(page(mine), {**here, "do": "hand_in"})
    desk.post(page(mine, "save"), {**here, "vote": "abstain", "for_office": "说不准"})
    with_vote = desk.post(page(mine), {**here, "vote": "no", "do": "hand_in"})
    desk.post(with_vote.url, {"seen": desk.get(with_vote.url).context["seen"]})

    review = Review.objects.get(assignment=mine)
    assert empty.status_code == 422
    assert "还没有表决" in empty.text
    assert (review.vote, bool(review.locked_at)) == ("no", True)
    assert "不通过" in desk.get(page(mine)).text


def test_a_vote_is_needed_to_hand_in(office, expert):
    call = CallFactory(needs_chair=False, needs_party=False, method="vote", rubric=None)
    [mine] = assign(entry_in("in_review", call=call), experts=[expert], actor=office)

    with pytest.raises(Refused, match="表决"):
        hand_in(mine.review, actor=expert)


@pytest.mark.parametrize("name", ["index", "overview"])
def test_longer_lists_ask_no_more(name, give, desk):
    address = reverse(f"review:{name}")
    score(give())
    desk.get(address)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    for _n in range(2):
        score(give())
    with CaptureQueriesContext(connection) as three:
        desk.get(address)

    assert len(one) == len(three) <= 13


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7.3", "半分一档"),
        ("7.25", "半分一档"),
        ("99", "最高 15 分"),
        ("-1", "最低 0 分"),
        ("七", "请填数字"),
        ("NaN", "请填数字"),
        ("1e400", "最高 15 分"),
    ],
)
def test_points_that_cannot_be_given_are_said_by_the_field_and_not_added(typed, said, give, desk):
    assignment = give()
    name = first_input(assignment)
    second = f"points-{assignment.entry.call.rubric.criteria.all()[1].pk}"

    answer = desk.post(page(assignment), {name: typed, second: "8.5", "do": "save"})

    line = answer.text.split(f'name="{name}"')[1].split("</ul>")[0]
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in line
    assert said in line
    assert "data-total>8.5<" in answer.text
    assert "data-left-out>" in answer.text
    assert kept(assignment) == ["8.50"]


def test_the_full_points_can_be_given_even_between_two_steps(give, desk):
    assignment = give()
    line = assignment.entry.call.rubric.criteria.first()
    line.points = Decimal("5.25")
    line.save()

    desk.post(page(assignment, "save"), {first_input(assignment): "5.25"})

    assert kept(assignment) == ["5.25"]


def test_the_next_one_is_the_first_of_the_list_that_is_still_open(
    give, desk, expert, colleague, office
):
    ahead, behind, here = give(expert, colleague), give(), give()
    finish(ahead.entry.assignments.get(expert=colleague))

    listed = [one.assignment.pk for one in desk.get("/review/").context["open"]]
    following = desk.post(page(here), {"do": "next"})

    assert listed == [behind.pk, here.pk, ahead.pk]
    assert following.url == f"{page(behind)}#main"
    shown = desk.get(page(here))
    assert (shown.context["before"], shown.context["after"]) == (behind.pk, ahead.pk)
