"""The portal as `make run` starts it, and a browser."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.clock import Clock
from tests.services.servers import free_port

PASSWORD = "demo-2026-brand"
STARTS_WITHIN = 480  # seconds, the demo included; a machine in idle needs about 80
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
BROWSER += ["--disable-component-update", "--no-first-run"]


@dataclass
class Portal:
    """A running portal: where it answers, what moves its clock, and the folder with its log, mails and files."""

    url: str
    clock: Clock
    folder: Path

    @property
    def as_loaded(self):
        """The SQLite file that holds what the portal's database held before the first test."""
        return self.folder / "as-loaded.sqlite3"

    def log(self):
        """Return what all its processes have written so far."""
        return (self.folder / "log").read_text()

    def mails(self):
        """Return the text of every mail sent so far, oldest first."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime)
        return [file.read_text() for file in files]


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves the files of a folder without telling of it."""

    def log_message(self, *args):
        """Say nothing."""


@dataclass
class Site:
    """Another site of the school: where it answers, and the folder whose files it serves."""

    url: str
    folder: Path


@pytest.fixture(scope="session")
def school_site(tmp_path_factory):
    """A site of static files whose scripts may read the portal's API."""
    folder = tmp_path_factory.mktemp("school-site")
    files = partial(QuietFiles, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}", folder)
        server.shutdown()


@pytest.fixture(scope="session")
def portal(tmp_path_factory, school_site):
    """The portal with its demo on a fresh SQLite database, started by the very command behind `make run`.

    Fails the run at its end when any process logged an error.
    """
    folder = tmp_path_factory.mktemp("portal")
    port = free_port()
    portal = Portal(f"http://127.0.0.1:{port}", Clock(folder / "clock"), folder)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "TEST_CLOCK_FILE": str(folder / "clock"),
        "PORT": str(port),
        "VAR_DIR": str(folder / "var"),
        "MEDIA_ROOT": str(folder / "media"),
        "API_ALLOWED_ORIGINS": school_site.url,
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "PYTHONUNBUFFERED": "1",
        # Django warns so about a moment without time zone.
        "PYTHONWARNINGS": "error::RuntimeWarning",
    }
    command = [sys.executable, "manage.py", "run_portal", "--demo"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(portal, process)
        with (
            closing(sqlite3.connect(folder / "var" / "portal.sqlite3")) as database,
            closing(sqlite3.connect(portal.as_loaded)) as copy,
        ):
            database.backup(copy)
        # Until the worker's first heartbeat "not ready" is the right answer, and is logged as such.
        log_while_starting = portal.log()
        yield portal
    finally:
        process.terminate()
        process.wait()
    log = portal.log().removeprefix(log_while_starting)
    assert " ERROR " not in log, log
    assert "Traceback" not in log, log


@pytest.fixture
def clock(portal):
    """The clock of the running portal; what it is moved by stays moved for the tests that follow."""
    return portal.clock


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail(
            "The browser tests need chromium and fonts-noto-cjk (on Debian: apt-get install both)."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER)
        yield browser
        browser.close()


@pytest.fixture
def new_page(portal, browser):
    """Return a function that opens an empty page with cookies of its own: `new_page(width=1440, javascript=True)`.

    `home` is the site it is of, the portal if not told otherwise. The test fails when one of its pages asked another host
    for anything or when a script on it failed.
    """
    contexts, complaints = [], []

    def open_page(*, width=1440, javascript=True, home=portal.url):
        context = browser.new_context(
            base_url=home,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))
        page.on(
            "request", lambda request: _note_foreign(request.url, (home, portal.url), complaints)
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """A page of a visitor who is not signed in, on a desk."""
    return new_page()


@pytest.fixture
def page_as(new_page):
    """Return a function that signs a demo account in and returns its page: `page_as("officer", width=390)`."""

    def sign_in(username, **options):
        page = new_page(**options)
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    return sign_in


def _note_foreign(address, homes, complaints):
    if not address.startswith((*homes, "data:", "blob:", "about:")):
        complaints.append(f"asked another host: {address}")


def _wait_until_ready(portal, process):
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The portal did not start:\n{portal.log()}")
        try:
            with urllib.request.urlopen(f"{portal.url}/health/ready") as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    pytest.fail(f"The portal was not ready within {STARTS_WITHIN} s:\n{portal.log()}")
