"""The office's lists on a phone of 390 px: what is listed stands first, nothing leaves the screen unseen."""

import pytest

from tests.e2e.steps.looking import shot

pytestmark = pytest.mark.e2e

REGISTERS = ("brands/project", "brands/disbursement", "units/unit", "units/person")


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_shows_its_list_first(page_as, register):
    page = page_as("office", width=390)
    page.goto(f"/admin/{register}/")

    assert _width(page) == 390
    assert page.locator(".listing").bounding_box()["y"] < 450
    filters = page.locator("details[data-fold-filters]")
    assert filters.get_attribute("open") is None
    shot(page, f"register-{register.replace('/', '-')}")
    filters.locator("summary").click()
    assert filters.get_by_role("link").first.is_visible()


def test_on_a_desk_the_filters_stand_open(page_as):
    page = page_as("office")
    page.goto("/admin/brands/project/")

    assert page.locator("details[data-fold-filters] a").first.is_visible()


def test_a_ranking_reads_without_scrolling_sideways(page_as):
    page = page_as("office", width=390)
    page.goto("/admin/office/")
    page.locator("a[href^='/admin/office/calls/']").first.click()
    page.goto(f"{page.url}merit/")

    box = page.locator(".office-scroll")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    shot(page, "ranking")


def _width(page):
    return page.evaluate("document.documentElement.scrollWidth")
