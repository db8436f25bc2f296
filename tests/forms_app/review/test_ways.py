"""Ways to the experts' desk and out of it: the menu, the bar in sight, handing in once and knowing what."""

import pytest
from django.urls import reverse

from forms_app.models import Review
from portal.units.models import Role
from tests.factories.reviews import score
from tests.factories.units import UnitFactory, person_of, person_with
from tests.forms_app.review.conftest import page

pytestmark = pytest.mark.django_db
WAY = '<a class="place" href="/review/"'
TAB = '<a href="/review/"'


@pytest.mark.parametrize("address", ["/", "/brands/", "/accessibility/"])
def test_whoever_has_something_to_review_gets_there_from_every_page(address, give, desk):
    give()

    assert WAY in desk.get(address).text


def test_it_stands_among_the_tabs_of_his_own_pages(give, desk):
    give()

    assert TAB in desk.get("/my/").text


@pytest.mark.parametrize("role", [Role.EXPERT, Role.SCHOOL_UNION, None])
def test_nobody_else_is_led_there(role, give, client):
    give()
    client.force_login(person_with(role) if role else person_of(UnitFactory()))

    shown = client.get("/my/").text

    assert WAY not in shown
    assert TAB not in shown


def test_the_bar_of_an_entry_names_it_and_adds_up(give, desk):
    assignment = give(title="太极晨光")
    score(assignment, less=3)

    bar = desk.get(page(assignment)).text.split('class="review-bar"')[1]

    assert "太极晨光" in bar
    assert "data-total>97<" in bar
    assert "hidden>还有 0 项没有打分" in bar


def test_before_handing_in_the_overview_says_how_many_and_that_it_is_final(give, desk):
    for less in range(2):
        score(give(), less=less)
    give()

    shown = desk.get(reverse("review:overview")).text

    assert "评好、可以提交的 2 份" in shown
    assert "还有 1 份没有评完" in shown
    assert "提交以后不能再改" in shown


def test_a_second_click_hands_in_nothing_more_and_is_not_told_as_a_fault(give, desk):
    assignment, address = give(), reverse("review:overview")
    score(assignment)
    [row] = desk.get(address).context["rows"]
    sent = {"take": [assignment.pk], f"seen-{assignment.pk}": row.seal}

    desk.post(address, sent)
    first = Review.objects.get(assignment=assignment).locked_at
    told = [str(one) for one in desk.post(address, sent, follow=True).context["messages"]]

    assert Review.objects.get(assignment=assignment).locked_at == first
    assert told == ["已提交 1 份评分，谢谢！"]


def test_confirming_twice_hands_in_once(give, desk):
    assignment = give()
    score(assignment)
    sent = {"seen": desk.get(page(assignment, "confirm")).context["seen"]}

    desk.post(page(assignment, "confirm"), sent)
    first = Review.objects.get(assignment=assignment).locked_at
    told = desk.post(page(assignment, "confirm"), sent, follow=True).context["messages"]

    assert Review.objects.get(assignment=assignment).locked_at == first
    assert [str(one) for one in told] == [f"“{assignment.entry}”的评分已提交。"]


def test_whoever_has_no_password_is_told_how_to_come_back_in(give, desk, expert):
    assignment = give()
    with_password = desk.get(page(assignment)).text
    expert.set_unusable_password()
    expert.save()
    desk.force_login(expert)

    without = desk.get(page(assignment)).text

    assert 'id="again-password"' in with_password
    assert 'id="again-password"' not in without
    assert "校工会发给您的链接" in without
    assert "您打的分还在这个浏览器里" in without
