"""A brand page from memory against an empty view, in the same server, in alternating runs; what it asks uncached; what the first view weighs."""

import gzip
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from http.client import HTTPConnection
from threading import Thread

from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from bench import Figure
from bench.measuring import cost_of
from brands.models import BrandPage, BrandPageActivity

RUNS = 20  # alternating
REQUESTS = 400  # a run
CONNECTIONS = 4
FIRST_VIEW = 150  # KB without pictures
MOST_QUERIES = 15  # of a brand page that is not in memory
FEW, MANY = 2, 200  # activities


def run():
    """Measure requests per second of both, their ratio (medians), queries uncached, and the home page's first view in KB."""
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
    finally:
        server.terminate()
        server.wait()
    yield Figure("empty view", empty, "requests/s")
    yield Figure("brand page from memory", cached, "requests/s")
    yield Figure("empty view / page from memory", empty / cached, "×", limit=1 / 0.75)
    yield from _uncached(page)
    yield Figure("home: first view without pictures", _first_view(), "KB", limit=FIRST_VIEW)


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


def _first_view():
    """Return the weight of the home page with its styles and scripts as they are sent, compressed, in KB."""
    page = Client().get("/").content
    weight = len(gzip.compress(page))
    for name in set(re.findall(rb'/static/([^"]+\.(?:css|js|svg))', page)):
        file = settings.STATICFILES_DIRS[0] / name.decode()
        weight += len(gzip.compress(file.read_bytes()))
    return weight / 1000
