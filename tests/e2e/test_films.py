"""A unit's own film plays where the brand's page tells of it, on a phone and on a desk."""

import pytest

from tests.e2e.test_accessibility import WIDTHS, complaints, sideways

pytestmark = pytest.mark.e2e

TITLE = "六点四十，天慢慢亮了"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_film_is_fetched_and_plays_once_it_is_asked_for(new_page, width):
    page = new_page(width=width)
    fetched = []
    page.on("request", lambda asked: fetched.append(asked.url) if ".mp4" in asked.url else None)
    page.goto(f"/search/?q={TITLE}")
    page.locator(".results a").first.click()
    film = page.get_by_label(TITLE)
    film.scroll_into_view_if_needed()

    assert film.get_attribute("poster")
    assert fetched == []
    assert complaints(page) + sideways(page) == []

    film.evaluate("film => { film.muted = true; return film.play(); }")
    page.wait_for_function("film => film.currentTime > 1", arg=film.element_handle())
    assert len(set(fetched)) == 1
