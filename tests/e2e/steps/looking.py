"""Screenshots of what the tests pass by, for people to look at."""

from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parents[3] / "screenshots"
WIDTHS = (390, 1440)


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page on a phone and on a desk, as screenshots/NAME-390.png and NAME-1440.png.

    The page is as wide as before when this returns.
    """
    FOLDER.mkdir(exist_ok=True)
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(before)
