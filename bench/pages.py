"""What the public's pages cost: time in the process and queries."""

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import Figure

PAGES = ["/", "/brands/"]
ROUNDS = 20


def run():
    """Measure the median time (ms) and the number of queries of each page for a visitor, after one warming request."""
    figures = []
    client = Client()
    for address in PAGES:
        _get(client, address)
        with CaptureQueriesContext(connection) as queries:
            _get(client, address)
        times = [_get(client, address) for _ in range(ROUNDS)]
        figures.append(Figure(f"{address} median", statistics.median(times), "ms"))
        figures.append(Figure(f"{address} queries", len(queries), "queries"))
    return figures


def _get(client, address):
    """Return how many milliseconds the page took.

    Raises RuntimeError when it did not answer 200.
    """
    started = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return (time.perf_counter() - started) * 1000
