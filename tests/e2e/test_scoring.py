"""What only a browser shows of the experts' and the office's figures: marked while they are typed, keys, nothing left behind."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD

pytestmark = pytest.mark.e2e


@pytest.fixture
def scoring(page_as):
    """The score page that is next for an expert of the demo, with others after it."""
    page = page_as("expert2")
    page.goto("/review/next/")
    return page


def test_points_that_cannot_count_are_marked_at_once_and_not_added(scoring):
    first, second, third = (scoring.locator("[data-points]").nth(place) for place in range(3))
    for box in scoring.locator("[data-points]").all():
        box.fill("")

    first.fill("99")
    second.fill("7.3")
    third.fill("12.5")

    expect(scoring.locator("[data-total]")).to_have_text("12.5")
    expect(scoring.locator("[data-left-out]")).to_be_visible()
    for box, said in ((first, "最高 15 分"), (second, "半分一档")):
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_have_accessible_description(re.compile(said))
    expect(third).not_to_have_attribute("aria-invalid", "true")

    first.fill("14")
    second.press("Alt+2")
    expect(scoring.locator("[data-left-out]")).to_be_hidden()
    expect(scoring.locator("[data-total]")).to_have_text("39")
    expect(second).to_have_value("12.5")


def test_what_a_chinese_keyboard_writes_is_seen_as_it_counts_and_nothing_becomes_another_number(
    scoring,
):
    first = scoring.locator("[data-points]").first
    for box in scoring.locator("[data-points]").all():
        box.fill("")

    first.press_sequentially("8。5")
    expect(first).to_have_value("8.5")
    expect(scoring.locator("[data-total]")).to_have_text("8.5")

    first.fill("1，5")
    expect(first).to_have_accessible_description(re.compile("请填数字"))
    expect(scoring.locator("[data-total]")).to_have_text("0")


def test_alt_and_a_letter_lead_on_and_back(scoring):
    here = scoring.url

    scoring.keyboard.press("Alt+n")
    scoring.wait_for_url(lambda url: url != here)
    scoring.keyboard.press("Alt+p")

    scoring.wait_for_url(here)


def test_what_is_typed_just_before_he_goes_on_is_saved(scoring):
    here = scoring.url.partition("#")[0]
    box = scoring.locator("[data-points]").first
    box.fill("10.5")
    scoring.keyboard.press("Alt+n")
    scoring.wait_for_url(lambda url: not url.startswith(here))
    scoring.goto(here)

    expect(box).to_have_value("10.5")
    expect(scoring.locator("[data-autosave-offer]")).to_be_hidden()


def test_the_wheel_scrolls_and_changes_no_points(scoring):
    box = scoring.locator("[data-points]").first
    box.fill("12")
    box.hover()
    scoring.mouse.wheel(0, 240)

    expect(box).to_have_value("12")


def test_the_total_and_the_buttons_are_in_sight_wherever_he_reads(scoring):
    for place in ("window.scrollTo(0, 0)", "window.scrollTo(0, document.body.scrollHeight)"):
        scoring.evaluate(place)
        expect(scoring.locator("[data-total]")).to_be_in_viewport(ratio=1)
        expect(scoring.get_by_role("button", name="保存，下一份")).to_be_in_viewport(ratio=1)


def test_no_box_that_is_written_in_is_behind_the_bar(scoring):
    boxes = scoring.locator("[data-points]")
    boxes.first.focus()
    for place in range(boxes.count()):
        box = boxes.nth(place)
        expect(box).to_be_focused()
        bar = scoring.locator(".review-bar").bounding_box()
        at = box.bounding_box()
        assert at["y"] + at["height"] <= bar["y"], place
        scoring.keyboard.press("Enter")


def test_what_he_scores_on_his_phone_and_at_his_desk_comes_together(scoring, page_as):
    phone = page_as("expert2", width=390)
    phone.goto(scoring.url)
    with _saving(scoring):
        scoring.locator("[data-points]").first.fill(
            "1"
        )  # what is empty already is not emptied once more
        for box in scoring.locator("[data-points]").all():
            box.fill("")
    phone.reload()
    with _saving(phone):
        phone.locator("[data-points]").nth(0).fill("9")

    scoring.locator("[data-points]").nth(1).fill("8")
    expect(scoring.locator("[data-merged]")).to_contain_text("您在另一个窗口")
    expect(scoring.locator("[data-total]")).to_have_text("17")

    with _saving(phone):
        phone.locator("[data-points]").nth(0).fill("10")
    scoring.locator("[data-points]").nth(0).fill("12")
    expect(scoring.locator("[data-autosave-status]")).to_contain_text("刚刚也改了")
    here = scoring.url.partition("#")[0]
    scoring.get_by_role("button", name="保存", exact=True).click()
    group = scoring.get_by_role("group").first
    expect(group).to_contain_text("10")
    group.get_by_label("用您在另一个窗口保存的").check()
    scoring.get_by_role("button", name="按选择保存").click()
    scoring.wait_for_url(lambda url: url.partition("#")[0] == here)
    expect(scoring.locator("[data-points]").nth(0)).to_have_value("10")
    expect(scoring.locator("[data-autosave-offer]")).to_be_hidden()


def test_points_that_cannot_be_given_come_back_and_the_count_leads_to_them(scoring):
    box = scoring.locator("[data-points]").first
    box.fill("99")
    expect(scoring.locator("[data-autosave-status]")).to_contain_text("标出的分数没有计入")

    scoring.reload()

    expect(box).to_have_value("99")
    expect(box).to_have_accessible_description(re.compile("最高 15 分"))
    scoring.locator("[data-score-left]").last.click()
    expect(box).to_be_focused()


def test_scores_outlive_the_session_and_go_on_where_he_was(scoring):
    box = scoring.locator("[data-points]").first
    scoring.context.clear_cookies(name="sessionid")
    box.fill("11")
    dialog = scoring.get_by_role("dialog", name="登录已过期")
    expect(dialog).to_contain_text("您打的分还在这个浏览器里")
    dialog.get_by_label("密码").fill(PASSWORD)
    with _saving(scoring):
        dialog.get_by_role("button", name="登录，继续评").click()

    scoring.reload()
    expect(box).to_have_value("11")


@contextmanager
def _saving(page):
    """Wait until what is done within has been saved; that it was once the page says from the beginning."""
    with page.expect_response(lambda answer: answer.url.endswith("/save/") and answer.ok):
        yield


def open_board(page):
    """Open the decision board of the demo's call that has something to decide."""
    page.goto("/admin/office/")
    links = page.locator("a[href*='/office/calls/']").all()
    for address in dict.fromkeys(link.get_attribute("href") for link in links):
        page.goto(f"{address}board/")
        if page.locator("tr [data-amount]").count():
            return
    pytest.fail("nothing to decide in the demo")


def test_what_is_typed_on_the_board_goes_along_to_other_rows(page_as):
    page = page_as("office")
    open_board(page)
    left = page.locator("[data-board-left]")
    before = left.text_content()
    page.locator("tr [data-amount]").first.fill("1234")
    typed = left.text_content()
    assert typed != before

    for kind in ("association", "college", "department"):
        page.locator("select[name=kind]").select_option(kind)
        page.get_by_role("button", name="筛选").click()
        expect(page.locator(".board-bar [role=status]")).to_contain_text("1 项改动还没有保存")
        expect(left).to_have_text(typed)


def test_what_is_mended_is_no_longer_told_as_wrong(scoring):
    first, second = (scoring.locator("[data-points]").nth(place) for place in range(2))
    here = scoring.url.partition("#")[0]
    first.fill("99")
    second.fill("13.3")
    scoring.get_by_role("button", name="保存", exact=True).click()
    box = scoring.locator(".form-errors")
    expect(box).to_contain_text("有 2 处要改")

    first.fill("12")
    expect(box).to_contain_text("有 1 处要改")
    second.fill("12.5")

    expect(box).to_have_count(0)
    scoring.goto(here)
    expect(first).to_have_value("12")
