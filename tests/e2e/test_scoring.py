"""What only a browser shows of the experts' and the office's figures: marked while they are typed, keys, nothing left behind."""

import re

import pytest
from playwright.sync_api import expect

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


def test_alt_and_a_letter_lead_on_and_back(scoring):
    here = scoring.url

    scoring.keyboard.press("Alt+n")
    scoring.wait_for_url(lambda url: url != here)
    scoring.keyboard.press("Alt+p")

    scoring.wait_for_url(here)


def test_the_wheel_scrolls_and_changes_no_points(scoring):
    box = scoring.locator("[data-points]").first
    box.fill("12")
    box.hover()
    scoring.mouse.wheel(0, 240)

    expect(box).not_to_be_focused()
    expect(box).to_have_value("12")


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
