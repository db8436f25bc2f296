"""The client under docs/client: another site of the school shows the newest brands from the API alone."""

import shutil
import urllib.request
from xml.etree import ElementTree

import pytest

from tests.e2e.test_accessibility import SCHEMES, WIDTHS, complaints, sideways
from tests.tidiness.files import ROOT

pytestmark = pytest.mark.e2e

AS_DELIVERED = 'data-portal="http://127.0.0.1:8000"'
API = "**/api/v2/pages/**"
ATOM = "{http://www.w3.org/2005/Atom}"
LOADED = "image => image.decode().then(() => image.naturalWidth > 0)"


@pytest.fixture
def client(portal, school_site):
    """The site, with the client as its operator puts it there: the portal's address written into the page."""
    for file in (ROOT / "docs" / "client").iterdir():
        shutil.copy(file, school_site.folder)
    page = school_site.folder / "index.html"
    text = page.read_text()
    assert AS_DELIVERED in text
    page.write_text(text.replace(AS_DELIVERED, f'data-portal="{portal.url}"'))
    return school_site


def newest_brands(portal):
    """Return the titles of the brands among the newest that the feed tells of."""
    with urllib.request.urlopen(f"{portal.url}/feed/") as feed:
        entries = ElementTree.fromstring(feed.read()).iter(f"{ATOM}entry")
    return [
        entry.findtext(f"{ATOM}title")
        for entry in entries
        if entry.find(f"{ATOM}category").get("term") == "品牌页"
    ]


def whatever_scheme(page):
    """Return what axe finds on the open page, light and dark, and whether it scrolls sideways."""
    found = sideways(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += complaints(page)
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_the_newest_brands_appear_with_their_pictures(portal, client, new_page, width):
    page = new_page(width=width, home=client.url)
    page.goto("/")
    page.locator("article").first.wait_for()

    newest = newest_brands(portal)[:12]
    assert page.locator("article h2").all_inner_texts()[: len(newest)] == newest
    pictures = page.locator("article img").all()
    assert pictures
    for picture in pictures:
        picture.scroll_into_view_if_needed()
        assert picture.evaluate(LOADED), picture.get_attribute("src")
    assert whatever_scheme(page) == []

    page.locator("article h2 a").first.click()
    page.wait_for_url(f"{portal.url}/brands/*/")
    assert page.locator("h1").inner_text() == newest[0]


def test_a_portal_without_brands_is_told_as_such(client, new_page):
    page = new_page(width=390, home=client.url)
    nothing = {"meta": {"total_count": 0}, "items": []}
    allowed = {"Access-Control-Allow-Origin": client.url}
    page.route(API, lambda route: route.fulfill(json=nothing, headers=allowed))
    page.goto("/")

    page.get_by_role("status").get_by_text("还没有公开的品牌").wait_for()
    assert whatever_scheme(page) == []


def test_what_cannot_be_read_is_told_and_read_again_when_asked(client, new_page):
    page = new_page(width=390, home=client.url)
    page.route(API, lambda route: route.abort())
    page.goto("/")

    page.get_by_role("status").get_by_text("暂时读不到门户的数据").wait_for()
    assert whatever_scheme(page) == []

    page.unroute(API)
    page.get_by_role("button", name="再试一次").click()
    page.locator("article").first.wait_for()
    assert page.get_by_role("status").inner_text() == ""


def test_a_site_that_the_portal_does_not_name_reads_nothing(client, new_page):
    elsewhere = client.url.replace("127.0.0.1", "localhost")
    page = new_page(home=elsewhere)
    page.goto("/")

    page.get_by_role("status").get_by_text(f"请门户允许 {elsewhere} 读取").wait_for()
    assert page.locator("article").count() == 0
