"""A brand page from memory against an empty view, in the same server, in alternating runs; what it asks uncached; what the first view weighs and moves."""

import gzip
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from http.client import HTTPConnection
from threading import Thread

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import sync_playwright

from bench import Figure
from bench.measuring import cost_of
from brands.models import BrandPage, BrandPageActivity
from tests.e2e.conftest import BROWSER
from tests.e2e.test_layout import SHIFTS

RUNS = 20  # alternating
REQUESTS = 400  # a run
CONNECTIONS = 4
FIRST_VIEW = 150  # KB without pictures
MOST_QUERIES = 15  # of a brand page that is not in memory
FEW, MANY = 2, 200  # activities
WIDTHS = (390, 1440)  # pixels


def run():
    """Measure requests per second of both, their ratio (medians), queries uncached, and the home page's first view: KB, layout shift."""
    call_command("collectstatic", interactive=False, verbosity=0)
    page = BrandPage.objects.live().order_by("pk").last()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = _serve(port)
    try:
        _wait_for(port)
        addresses = ("/bench-empty/", page.url)
        rates = {address: [] for address in addresses}
        for address in addresses:
            _rate(port, address)
        for _ in range(RUNS):
            for address in addresses:
                rates[address].append(_rate(port, address))
        empty, cached = (statistics.median(rates[address]) for address in addresses)
        shifts = _shifts(f"http://127.0.0.1:{port}/")
    finally:
        server.terminate()
        server.wait()
    yield Figure("empty view", empty, "requests/s")
    yield Figure("brand page from memory", cached, "requests/s")
    yield Figure("empty view / page from memory", empty / cached, "×", limit=1 / 0.75)
    yield from _uncached(page)
    yield Figure("home: first view without pictures", _first_view(), "KB", limit=FIRST_VIEW)
    for width, moved in shifts.items():
        yield Figure(f"home: layout shift at {width} px", moved, "", limit=0)


@override_settings(PAGE_CACHE=False)
def _uncached(page):
    """Return the queries of a brand page with few and with many activities."""
    page.shown_activities.all().delete()
    found = []
    for count in (FEW, MANY):
        BrandPageActivity.objects.bulk_create(
            BrandPageActivity(page=page, date=timezone.localdate(), name=f"示例{n}", participants=9)
            for n in range(count - page.shown_activities.count())
        )
        cost = cost_of(Client(), page.url, 5)
        limit = found[0].value if found else MOST_QUERIES
        name = f"brand page uncached, {count} activities"
        found.append(
            Figure(name, cost.queries, "queries", limit=limit, note=f"{cost.median:.0f} ms")
        )
    return found


def _serve(port):
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "portal.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
            *("--log-level", "error", "--no-control-socket"),
        ],
        env={**os.environ, "BENCH_URLS": "1"},
    )


def _wait_for(port):
    for _ in range(300):
        try:
            _ask(HTTPConnection("127.0.0.1", port), "/health/live")
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def _rate(port, address):
    """Return how many requests per second are answered."""

    def several():
        connection = HTTPConnection("127.0.0.1", port)
        for _ in range(REQUESTS // CONNECTIONS):
            _ask(connection, address)
        connection.close()

    threads = [Thread(target=several) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return REQUESTS / (time.perf_counter() - started)


def _ask(connection, address):
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")


def _shifts(address):
    """Return how much a page moves while it comes into an empty browser, by the window's width (layout shift)."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
        found = {}
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(address)
            found[width] = page.evaluate(SHIFTS)
            page.close()
        browser.close()
    return found


def _first_view():
    """Return the weight of the home page with its styles and scripts as they are sent, compressed, in KB."""
    page = Client().get("/").content
    weight = len(gzip.compress(page))
    for name in set(re.findall(rb'/static/([^"]+\.(?:css|js|svg))', page)):
        file = settings.STATICFILES_DIRS[0] / name.decode()
        weight += len(gzip.compress(file.read_bytes()))
    return weight / 1000
