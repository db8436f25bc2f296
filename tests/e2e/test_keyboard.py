"""The public pages by keyboard alone: everything is reached, in order, and one always sees where one is."""

import pytest

pytestmark = pytest.mark.e2e

WIDTHS = (390, 1440)
MOST_STOPS = 120
PAGES = (
    "/",
    "/notices/",
    "/calls/",
    "/brands/",
    "/brands/calendar/",
    "/search/?q=阅读",
    "/api/docs/",
)
# What has the focus: its words, its place on the page, and whether a ring or the like marks it.
WHERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const marked = (node, pseudo) => {
    const style = getComputedStyle(node, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const around = one.closest("label, .chip, .card, h3") ?? one;
  const box = one.getBoundingClientRect();
  return {
    words: (one.getAttribute("aria-label") || one.innerText || one.name || one.tagName).trim().slice(0, 30),
    top: box.top + scrollY,
    seen: marked(one) || marked(one, "::after") || marked(around),
    inView: box.bottom > 0 && box.top < innerHeight,
  };
}"""


def stops(page):
    """Press Tab until the focus leaves the page; return where it stood."""
    found = []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        where = page.evaluate(WHERE)
        if where is None or (found and where == found[0]):
            break
        found.append(where)
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_every_stop_is_seen(new_page, address, width):
    page = new_page(width=width)
    page.goto(address)

    found = stops(page)

    assert len(found) > 10
    assert [stop["words"] for stop in found if not stop["seen"]] == []
    assert [stop["words"] for stop in found if not stop["inView"]] == []


def test_the_first_stop_skips_to_the_text(page):
    page.goto("/notices/")
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE)["words"] == "跳到正文"

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_gallery_opens_turns_and_closes(page):
    page.goto("/brands/")
    page.goto(page.locator("main .card a[href^='/brands/']").first.get_attribute("href"))
    picture = page.locator("a[data-picture]").first
    picture.focus()
    page.keyboard.press("Enter")
    shown = page.locator("dialog[open] img[data-show]")
    shown.wait_for()

    first = shown.get_attribute("src")
    page.keyboard.press("ArrowRight")
    second = shown.get_attribute("src")
    page.keyboard.press("ArrowLeft")
    again = shown.get_attribute("src")
    page.keyboard.press("Escape")

    assert first != second
    assert again == first
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('a[data-picture]')")


def test_all_pictures_of_a_page_are_one_series_and_back_leaves_only_the_picture(page):
    page.goto("/brands/")
    page.goto(page.locator("main .card a[href^='/brands/']").first.get_attribute("href"))
    address = page.url
    links = page.locator("a[data-picture]")
    links.first.click()
    said = page.locator("dialog[open] [data-caption-out]")
    said.wait_for()
    assert said.inner_text().endswith(f"1 / {links.count()}")

    page.keyboard.press("End")
    assert said.inner_text().endswith(f"{links.count()} / {links.count()}")
    page.go_back()

    page.wait_for_function("!document.querySelector('dialog[open]')")
    assert page.url == address


def test_the_wall_is_sifted(page):
    page.goto("/brands/")
    page.locator(".sift input[name=category]").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/brands/?category=*")

    assert page.evaluate("document.activeElement.name") == "category"
    assert page.locator("main .card").count() > 0


def test_sharing_opens_and_shows_the_code(page):
    page.goto("/notices/")
    page.goto(page.locator("main a[href^='/notices/2']").first.get_attribute("href"))
    page.locator("[popovertarget=share]").focus()
    page.keyboard.press("Enter")
    assert page.locator(".tools .share img").is_visible()

    page.keyboard.press("Escape")
    assert page.locator(".tools .share img").is_hidden()
