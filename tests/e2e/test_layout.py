"""No public page is wider than its window, from the smallest phone to a desk, in both languages and text sizes; nothing jumps."""

import pytest

from tests.e2e.slow_line import slow_line
from tests.e2e.test_accessibility import FOLLOWED, MISSING, PUBLIC, followed

pytestmark = pytest.mark.e2e

WIDTHS = (320, 360, 390, 768, 1440)  # pixels
TEXT = ("", "large")
CARDS_TO = 768  # pixels; below, the rows of a table stand as cards, which never scroll sideways
CUT = """
    () => [...document.querySelectorAll(".table-wrap:has(> .cards)")]
      .some((wrap) => wrap.scrollWidth > wrap.clientWidth)
"""
# The browser's own measure, 1 being a whole window that moves by its whole height. A date whose second half comes in later
# counts as 0.0002; what is called a jump here is what measuring tools show: from 0.01 on, once rounded.
SHIFTS = """
    () => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
        .observe({type: "layout-shift", buffered: true});
      setTimeout(() => resolve(sum), 500);
    })
"""
ALSO = {
    "/brands/#unit": "main .card a[href^='/brands/']",
    "/calls/#notice": "main a[href^='/calls/']",
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_public_pages_fit_every_window(new_page, language):
    page = new_page()
    addresses = [*PUBLIC, *followed(page, FOLLOWED)]
    [brand, call] = followed(page, ALSO)
    addresses += followed(page, {brand: "main .record a[href^='/brands/units/']"})
    addresses += followed(
        page, {call: ".in-notice > p > a", "/": "main .list a[href^='/notices/']"}
    )
    if language == "en":
        page.locator("button[name=language][value=en]").click()

    wider = []
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == (404 if address == MISSING else 200), address
        assert page.locator("html").get_attribute("lang") == (
            "en" if language == "en" else "zh-Hans"
        )
        for text in TEXT:
            page.evaluate("size => document.documentElement.dataset.text = size", text)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wider.append(f"{address} at {width} {text}")
                if width < CARDS_TO and page.evaluate(CUT):
                    wider.append(f"a table of {address} at {width} {text}")
    assert wider == []


@pytest.mark.parametrize("text", ["normal", "large"])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_while_a_page_comes_in(portal, new_page, width, text):
    [policy, brand, call] = followed(
        new_page(), {path: FOLLOWED[path] for path in ("/policies/", "/brands/", "/calls/")}
    )
    jumped = {}
    with slow_line(portal.url) as home:
        for address in ("/", "/brands/", brand, policy, call, "/brands/calendar/", MISSING):
            page = new_page(width=width, home=home)  # with a cache of its own, which is empty
            page.add_init_script(f"localStorage.setItem('text', '{text}')")
            page.goto(address)
            page.mouse.wheel(0, 900)
            if shift := round(page.evaluate(SHIFTS), 2):
                jumped[address] = shift
    assert jumped == {}


def test_the_link_of_a_paragraph_takes_no_room_in_a_document(new_page):
    page = new_page()
    [policy] = followed(page, {"/policies/": FOLLOWED["/policies/"]})
    page.goto(policy)
    higher = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        with_links, without = page.evaluate("""
            () => {
              const body = document.querySelector(".official-body");
              const links = [...body.querySelectorAll(".anchor")];
              const before = body.offsetHeight;
              links.forEach((link) => (link.hidden = true));
              const after = body.offsetHeight;
              links.forEach((link) => (link.hidden = false));
              return [before, after];
            }
        """)
        if with_links != without:
            higher.append(width)
    assert higher == []
