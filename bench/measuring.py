"""Processor time instead of the clock, so that a busy machine changes the figures little."""

import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Cost:
    """What a page costs.

    Attributes:
        first: ms of the processor for the first request, with everything that is read once (templates, caches).
        median: the same for the requests after it.
        queries: of one of these.
        size: bytes of the answer.
    """

    first: float
    median: float
    queries: int
    size: int


def processor(act):
    """Return how many milliseconds of the processor an act takes in this process."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def clock(act):
    """Return how many milliseconds an act takes by the clock: what it asks of other processes is in it."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def median_of(act, rounds):
    """Return the median of several rounds, in milliseconds of the processor."""
    return statistics.median(processor(act) for _ in range(rounds))


def get(client, address):
    """Return the answer to a GET.

    Raises RuntimeError when it is not a 200.
    """
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer


def cost_of(client, address, rounds):
    """Return what a page costs a client of Django's, after as many requests as `rounds` and two."""
    first = processor(lambda: get(client, address))
    with CaptureQueriesContext(connection) as queries:
        answer = get(client, address)
    asked = len(queries)  # their log is gone with the next request
    median = median_of(lambda: get(client, address), rounds)
    return Cost(first, median, asked, len(answer.content))
