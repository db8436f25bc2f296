"""What a program can find of WCAG 2.2 AA: on each kind of page, on a phone and a desk, in light and dark, it finds nothing."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.tidiness.files import ROOT

pytestmark = pytest.mark.e2e

WIDTHS = (390, 1440)
PICTURES = ROOT / "var" / "screenshots"
SCHEMES = ("light", "dark")
MISSING = "/no-such-page/"
BROKEN = "/broken/"
PUBLIC = (
    "/",
    "/notices/",
    "/policies/",
    "/calls/",
    "/brands/",
    "/brands/?category=culture&q=书",
    "/brands/calendar/",
    "/search/?q=阅读",
    "/search/?q=找不到的词",
    "/accessibility/",
    "/privacy/",
    "/api/docs/",
    "/accounts/login/",
    "/accounts/password/reset/",
    MISSING,
    BROKEN,
)
# From these pages the first link of each kind is followed, so that the demo's addresses are nowhere repeated.
FOLLOWED = {
    "/notices/": "main a[href^='/notices/2']",
    "/policies/": "main a[href^='/policies/2']",
    "/calls/": "main a[href^='/calls/']",
    "/brands/": "main .card a[href^='/brands/']",
    "/brands/#awards": "main a[href^='/brands/awards/']",
    "/brands/#year": "main a[href^='/brands/years/']",
}
A_PROJECT = "main .entries a[href^='/my/projects/']"
WORK = (
    "/my/",
    "/my/entries/",
    "/my/projects/",
    "/my/messages/",
    "/my/profile/",
    "/accounts/password/change/",
)
WORK_FOLLOWED = {
    "/my/": "main .due a",
    "/my/entries/": "main .entries a",
    "/my/projects/": A_PROJECT,
}
ON_A_PROJECT = (
    "materials/",
    "page/",
    "page/preview/",
    "activities/add/",
    "midterm/",
    "changes/extension/",
    "changes/change/",
)


def complaints(page):
    """Return what axe finds on the open page, by rule and place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]
    ]


def sideways(page):
    """Return the page's address where it is wider than the window, nothing elsewhere."""
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return [f"{page.url} scrolls sideways"] if page.evaluate(wider) else []


def look_at(page, addresses):
    """Open each address in both schemes and return all complaints."""
    found = []
    for address in addresses:
        page.emulate_media(color_scheme="light")
        answer = page.goto(address)
        if answer.status != (404 if address == MISSING else 200):
            found.append(f"{address} answers {answer.status}")
        found += sideways(page)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += complaints(page)
            keep_a_picture(page, address, scheme)
    return found


def keep_a_picture(page, address, scheme):
    """Put a picture of the open page into var/screenshots, for people to look at."""
    name = re.sub(r"[^\w.-]+", "-", address).strip("-") or "home"
    width = page.viewport_size["width"]
    page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png")


def followed(page, links):
    """Return the addresses behind the first link of each kind."""
    addresses = []
    for start, link in links.items():
        page.goto(start)
        addresses.append(page.locator(link).first.get_attribute("href"))
    return addresses


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages(new_page, width):
    page = new_page(width=width)
    addresses = [*PUBLIC, *followed(page, FOLLOWED)]
    [brand] = followed(page, {"/brands/": FOLLOWED["/brands/"]})
    addresses += followed(page, {brand: "main .record a[href^='/brands/units/']"})
    # In public notice: the newest notice leads to its list, the list to where one objects.
    [notice] = followed(page, {"/notices/": "main a:has-text('开始公示')"})
    [listed] = followed(page, {notice: "main a[href*='/public-notice/']"})
    addresses += [listed, *followed(page, {listed: "main a[href^='/objection/']"})]

    assert look_at(page, addresses) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_unit(page_as, width):
    page = page_as("officer", width=width)

    assert look_at(page, [*WORK, *followed(page, WORK_FOLLOWED)]) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_running_project(page_as, width):
    page = page_as("officer4", width=width)
    [project] = followed(page, {"/my/projects/": A_PROJECT})

    assert look_at(page, [project, *(project + part for part in ON_A_PROJECT)]) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_signing(page_as, width):
    page = page_as("chair", width=width)

    assert look_at(page, followed(page, {"/my/": "main .due a"})) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_scoring(page_as, width):
    page = page_as("expert2", width=width)

    assert look_at(page, ["/review/", "/review/next/"]) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_with_mistakes(page_as, width):
    page = page_as("officer4", width=width)
    [project] = followed(page, {"/my/projects/": A_PROJECT})
    page.goto(f"{project}activities/add/")

    page.locator("main form button[type=submit]").last.click()
    page.locator(".errorlist").first.wait_for()
    assert complaints(page) == []
