"""The browser itself is killed while nothing can be saved: what was typed is there when it is opened again."""

import shutil
import subprocess
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import BROWSER, PASSWORD
from tests.e2e.test_nothing_lost import DRAFT
from tests.services.officers import kill

pytestmark = pytest.mark.e2e
WORDS = "断网时写的，浏览器随后就没了。"
STARTS_WITHIN = 60  # seconds


def test_what_was_typed_two_seconds_before_the_browser_was_killed_is_offered(
    portal, browser, tmp_path
):
    with _browser_of_his_own(browser, tmp_path) as page:
        _open_draft(page, portal)
        page.route("**/autosave/", lambda route: route.abort())
        page.locator("[name='f-goals']").fill(WORDS)
        page.wait_for_timeout(2000)

    with _browser_of_his_own(browser, tmp_path) as page:
        _open_draft(page, portal)
        page.locator("[data-offer-restore]").click()
        expect(page.locator("[name='f-goals']")).to_have_value(WORDS)


def _open_draft(page, portal):
    page.goto(f"{portal.url}/accounts/login/")
    page.locator("input[name=login]").fill("officer")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/my/")
    with page.expect_navigation():
        page.locator(".due").filter(has_text=DRAFT).get_by_role("link").click()


@contextmanager
def _browser_of_his_own(browser, folder):
    """Yield a page of a browser that keeps what it holds in a folder; it is killed at the end, as by a power cut."""
    door = folder / "DevToolsActivePort"
    door.unlink(missing_ok=True)
    program = [shutil.which("chromium"), *BROWSER, "--headless=new", f"--user-data-dir={folder}"]
    process = subprocess.Popen(
        [*program, "--remote-debugging-port=0", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not door.exists() or "\n" not in door.read_text():
            assert time.monotonic() < until, "the browser did not start"
            time.sleep(0.1)
        port = door.read_text().split("\n")[0]
        his = browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        page = his.contexts[0].new_page()
        page.set_default_timeout(15_000)
        yield page
    finally:
        kill(process)
