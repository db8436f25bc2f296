"""One expert, two windows or two devices: nothing he saved in one is overwritten from the other, nothing typed is lost."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from forms_app.models import Review
from forms_app.review import saving
from forms_app.review.reviewing import assign
from portal.workspace import keeping
from portal.workspace.autosaving import Page
from tests.factories.forms import CallFactory, entry_in
from tests.factories.reviews import score
from tests.forms_app.review.conftest import opened, page

pytestmark = pytest.mark.django_db


def inputs(assignment):
    return [f"points-{one.pk}" for one in assignment.entry.call.rubric.criteria.all()]


def kept(assignment):
    review = Review.objects.get(assignment=assignment)
    points = {f"points-{one.criterion_id}": str(one.points) for one in review.scores.all()}
    return points | {
        name: text for name in ("for_office", "for_unit") if (text := getattr(review, name))
    }


def test_what_two_windows_gave_to_different_lines_is_all_kept_and_told(give, desk):
    assignment = give()
    first, second, *_rest = inputs(assignment)
    here, there = opened(desk, assignment), opened(desk, assignment)

    desk.post(page(assignment, "save"), {**there, first: "7", "for_unit": "那边的话"})
    told = desk.post(page(assignment, "save"), {**here, second: "8.5"}).json()

    assert kept(assignment) == {first: "7.00", second: "8.50", "for_unit": "那边的话"}
    assert told["values"] == {first: "7", "for_unit": "那边的话"}
    assert "您在另一个窗口同时改了" in told["merged"]


def test_the_same_line_is_not_overwritten_by_itself_but_left_to_choose(give, desk):
    assignment = give()
    first, second, *_rest = inputs(assignment)
    here, there = opened(desk, assignment), opened(desk, assignment)

    desk.post(page(assignment), {**there, first: "7", "do": "save"})
    told = desk.post(page(assignment, "save"), {**here, first: "9", second: "8"})

    assert told.status_code == 409
    assert told.json()["stale"]
    assert "您在另一个窗口刚刚也改了" in told.json()["message"]
    assert kept(assignment) == {first: "7.00", second: "8.00"}


@pytest.mark.parametrize(("take", "points"), [("mine", "9.00"), ("saved", "7.00")])
def test_both_are_shown_and_what_he_chooses_is_saved_before_it_goes_on(take, points, give, desk):
    assignment, after = give(), give()
    first = inputs(assignment)[0]
    here, there = opened(desk, assignment), opened(desk, assignment)
    desk.post(page(assignment), {**there, first: "7", "do": "save"})

    both = desk.post(page(assignment), {**here, first: "9", "do": "next"})
    onward = desk.post(
        page(assignment, "choose"), {"held": both.context["held"], f"take-{first}": take}
    )

    [(saved, mine, _join)] = both.context["choices"]
    assert both.status_code == 409
    assert (saved.value, mine.value) == ("7", "9")
    assert kept(assignment) == {first: points}
    assert onward.url == f"{page(after)}#main"
    assert Review.objects.get(assignment=assignment).saved_from["page"] == here["page"]


def test_two_comments_can_both_be_kept(give, desk):
    assignment = give()
    here, there = opened(desk, assignment), opened(desk, assignment)
    desk.post(page(assignment), {**there, "for_office": "那边写的"})

    both = desk.post(page(assignment), {**here, "for_office": "这边写的"})
    desk.post(page(assignment, "choose"), {"held": both.context["held"], "take-for_office": "both"})

    assert kept(assignment)["for_office"] == "那边写的\n这边写的"


def test_points_of_two_windows_are_not_put_together(give, desk):
    assignment = give()
    first = inputs(assignment)[0]
    here, there = opened(desk, assignment), opened(desk, assignment)
    desk.post(page(assignment), {**there, first: "7"})
    both = desk.post(page(assignment), {**here, first: "9"})

    told = desk.post(
        page(assignment, "choose"),
        {"held": both.context["held"], f"take-{first}": "both"},
    )

    assert told.status_code == 422
    assert "只能在两边里选一边" in told.text
    [(saved, mine, _join)] = told.context["choices"]
    assert (saved.value, mine.value) == ("7", "9")
    assert kept(assignment) == {first: "7.00"}


def test_what_was_chosen_from_is_compared_once_more(give, desk, expert):
    assignment = give()
    first = inputs(assignment)[0]
    here, there = opened(desk, assignment), opened(desk, assignment)
    desk.post(page(assignment), {**there, first: "7"})
    both = desk.post(page(assignment), {**here, first: "9"})
    score(assignment, less=1)

    again = desk.post(
        page(assignment, "choose"), {"held": both.context["held"], f"take-{first}": "mine"}
    )

    assert again.status_code == 409
    assert [saved.value for saved, _mine, _join in again.context["choices"]] == ["14"]


def test_a_choice_that_no_page_of_ours_offered_is_not_taken(give, desk):
    assignment = give()

    assert desk.post(page(assignment, "choose"), {"held": "forged"}).status_code == 404


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(give, desk):
    assignment = give()
    first = inputs(assignment)[0]
    here = opened(desk, assignment)

    desk.post(page(assignment, "save"), {**here, first: "7"})
    again = desk.post(page(assignment, "save"), {**here, first: "9"})

    assert again.status_code == 200
    assert kept(assignment) == {first: "9.00"}


def test_a_save_tells_which_points_are_still_wrong_also_when_the_other_window_mended_them(
    give, desk
):
    assignment = give()
    first, second, *_rest = inputs(assignment)
    bad = {first: "-2", second: "13.3"}
    typed = {**opened(desk, assignment), **bad}
    assert "没有计入" in desk.post(page(assignment, "save"), typed).json()["message"]
    here, there = opened(desk, assignment), opened(desk, assignment)

    half = desk.post(page(assignment, "save"), {**there, **bad, first: "7"}).json()
    desk.post(page(assignment, "save"), {**there, first: "7", second: "8"})
    told = desk.post(page(assignment, "save"), {**here, **bad, "for_unit": "一句话"}).json()

    assert first not in half["wrong"]
    assert second in half["wrong"]
    assert not {first, second} & set(told["wrong"])
    assert "没有计入" not in told["message"]


def test_line_ends_are_no_change(give, desk):
    assignment = give()
    desk.post(page(assignment), {**opened(desk, assignment), "for_unit": "一\r\n二"})
    here, there = opened(desk, assignment), opened(desk, assignment)

    desk.post(page(assignment), {**there, "for_unit": "一\r\n二\r\n三"})
    told = desk.post(page(assignment, "save"), {**here, "for_unit": "一\n二"})

    assert told.status_code == 200
    assert kept(assignment)["for_unit"] == "一\n二\n三"


def test_two_votes_are_left_to_choose(office, expert, desk):
    call = CallFactory(needs_chair=False, needs_party=False, method="vote", rubric=None)
    [mine] = assign(entry_in("in_review", call=call), experts=[expert], actor=office)
    here, there = opened(desk, mine), opened(desk, mine)
    desk.post(page(mine), {**there, "vote": "yes"})

    both = desk.post(page(mine), {**here, "vote": "no", "do": "save"})

    [(saved, typed, join)] = both.context["choices"]
    assert (saved.value, typed.value, join) == ("通过", "不通过", False)
    assert Review.objects.get(assignment=mine).vote == "yes"


def test_what_is_handed_in_is_what_was_looked_at(give, desk, expert):
    assignment = give()
    score(assignment)
    looked_at = desk.get(page(assignment, "confirm")).context["seen"]
    score(assignment, less=5)

    refused = desk.post(page(assignment, "confirm"), {"seen": looked_at})
    again = desk.get(refused.url)

    assert refused.url == page(assignment, "confirm")
    assert "您在另一个窗口改过这份评分" in again.text
    assert Review.objects.get(assignment=assignment).locked_at is None
    desk.post(page(assignment, "confirm"), {"seen": again.context["seen"]})
    assert Review.objects.get(assignment=assignment).locked_at


def test_what_is_handed_in_from_the_overview_is_what_it_showed(give, desk):
    assignment = give()
    score(assignment)
    address = reverse("review:overview")
    [row] = desk.get(address).context["rows"]
    score(assignment, less=5)

    answer = desk.post(
        address, {"take": [assignment.pk], f"seen-{assignment.pk}": row.seal}, follow=True
    )

    assert "您在另一个窗口改过这份评分" in answer.text
    assert Review.objects.get(assignment=assignment).locked_at is None


def test_points_that_cannot_be_given_come_back_where_they_were_typed(give, desk):
    assignment = give()
    first, second, *rest = inputs(assignment)
    desk.post(page(assignment, "save"), {**opened(desk, assignment), first: "99", second: "7.3"})

    again = desk.get(page(assignment))

    line = again.text.split(f'name="{first}"')[1].split("</ul>")[0]
    assert 'value="99"' in line
    assert "最高 15 分" in line
    assert "半分一档" in again.text
    assert f"还有 {len(rest) + 2} 项没有打分" in again.text
    assert f'href="#id_{first}"' in again.text
    assert kept(assignment) == {}


def test_points_typed_over_others_that_cannot_be_given_leave_the_line_open(give, desk):
    assignment = give()
    first = inputs(assignment)[0]
    score(assignment)
    desk.post(page(assignment, "save"), {**opened(desk, assignment), first: "99"})

    listed = desk.get(reverse("review:index"))
    desk.post(page(assignment, "save"), {**opened(desk, assignment), first: "9"})

    assert [one.assignment.pk for one in listed.context["open"]] == [assignment.pk]
    assert kept(assignment)[first] == "9.00"


def test_control_characters_in_the_place_of_points_break_nothing(give, desk):
    assignment = give()
    first = inputs(assignment)[0]

    answer = desk.post(page(assignment, "save"), {first: "9\x00\x0b9"})

    assert answer.status_code == 200
    assert 'value="99"' in desk.get(page(assignment)).text


def test_a_comment_that_is_too_long_is_refused_and_the_one_before_it_stays(give, desk):
    assignment = give()
    desk.post(page(assignment), {**opened(desk, assignment), "for_unit": "写得好"})

    answer = desk.post(page(assignment), {**opened(desk, assignment), "for_unit": "好" * 501})
    desk.post(page(assignment), {**hidden(answer), "for_unit": "好" * 500})

    assert answer.status_code == 422
    assert kept(assignment)["for_unit"] == "好" * 500


def hidden(answer):
    return {"page": answer.context["page_name"], "seen": answer.context["seen"]}


def test_points_sent_after_the_session_ended_come_back_after_signing_in(give, desk, expert):
    assignment = give()
    first = inputs(assignment)[0]
    here = opened(desk, assignment) | {keeping.WHOSE: keeping.mark_of(expert)}
    desk.logout()

    away = desk.post(
        page(assignment), {**here, first: "7.5", "do": "next"}, HTTP_ORIGIN="http://testserver"
    )
    desk.force_login(expert)
    back = desk.get(parse_qs(urlsplit(away.url).query)["next"][0])

    assert 'value="7.5"' in back.text
    assert "还没有保存" in back.text
    assert kept(assignment) == {}
    desk.post(page(assignment), {**here, first: "7.5", **hidden(back)})
    assert kept(assignment) == {first: "7.50"}


def test_points_that_came_back_are_not_called_saved(give, desk):
    assignment = give()
    first = inputs(assignment)[0]
    desk.post(page(assignment), {**opened(desk, assignment), first: "7"})
    assert "已保存" in desk.get(page(assignment)).text

    back = desk.post(page(assignment), {**opened(desk, assignment), first: "8", "restore": "1"})

    assert "已保存" not in back.text


def test_a_page_that_says_nothing_of_what_it_showed_overwrites_nothing(give, expert):
    assignment = give()
    first = inputs(assignment)[0]
    score(assignment)

    outcome = saving.save(assignment.review, typed={first: "3"}, actor=expert, page=Page())

    assert outcome.conflicts == [first]
    assert kept(assignment)[first] == "15.00"


def test_a_choice_sent_after_the_session_ended_is_asked_again_with_what_he_typed(
    give, desk, expert
):
    assignment = give()
    here, there = opened(desk, assignment), opened(desk, assignment)
    desk.post(page(assignment), {**there, "for_unit": "那边写的意见", "do": "save"})
    both = desk.post(page(assignment), {**here, "for_unit": "这边写的意见", "do": "save"})
    sent = {
        "held": both.context["held"],
        "take-for_unit": "mine",
        keeping.WHOSE: keeping.mark_of(expert),
    }
    desk.logout()

    away = desk.post(
        page(assignment, "choose"),
        sent,
        headers={
            "origin": "http://testserver",
            "referer": f"http://testserver{page(assignment)}",
        },
    )
    desk.force_login(expert)
    again = desk.get(parse_qs(urlsplit(away.url).query)["next"][0])

    assert "那边写的意见" in again.text
    assert "这边写的意见" in again.text
    choice = {"held": again.context["held"], "take-for_unit": "mine"}
    desk.post(page(assignment, "choose"), choice)
    assert kept(assignment)["for_unit"] == "这边写的意见"


def test_the_address_of_a_choice_leads_to_the_page_he_scores_on(give, desk):
    assignment = give()

    assert desk.get(page(assignment, "choose")).url == page(assignment)
