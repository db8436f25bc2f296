"""The office's lists on a database with 100 entries of one year beside the demo's, and on one with 10,000 more of fifty years."""

import sqlite3
import statistics
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import Figure
from bench.crowd import call_of, earlier_year
from bench.measuring import get, processor
from portal.units.models import User

ROUNDS = 10
FEW, MANY, YEARS = 100, 10_000, 50
MOST_QUERIES = 15
MOST_RATIO = 1.5
LISTS = {
    "queue": "/admin/office/calls/{call}/queue/",
    "board": "/admin/office/calls/{call}/board/",
    "coverage": "/admin/office/coverage/{year}/",
    "register": "/admin/register/entries/",
}


def run():
    """Measure each list on two databases in turn (ms of the processor), and count its queries, those of the CMS' frame among them."""
    full = Path(connection.settings_dict["NAME"])
    small = full.with_name("small.sqlite3")
    # The database is copied while it holds a year of 100 entries, and fills up with 10,000 more afterwards.
    few = call_of(earlier_year(), entries=FEW)
    client = Client()
    client.force_login(User.objects.get(username="office"))
    connection.close()
    with sqlite3.connect(full) as source, sqlite3.connect(small) as target:
        source.backup(target)
    many = [call_of(earlier_year(), entries=MANY // YEARS) for _ in range(YEARS)][-1]
    for name, address in LISTS.items():
        addresses = {
            path: address.format(call=call.pk, year=call.programme_year.year)
            for path, call in ((small, few), (full, many))
        }
        yield from _compared(client, name, addresses)
    small.unlink()


def _use(path):
    connection.close()
    connection.settings_dict["NAME"] = str(path)


def _compared(client, name, addresses):
    times = {path: [] for path in addresses}
    for _round in range(ROUNDS + 1):
        for path, address in addresses.items():
            _use(path)
            connection.ensure_connection()
            times[path].append(processor(lambda it=address: get(client, it)))
    with CaptureQueriesContext(connection) as queries:
        get(client, address)
    # The first round warms up.
    few, many = (statistics.median(found[1:]) for found in times.values())
    return [
        Figure(f"{name}: {FEW} entries, median", few, "ms"),
        Figure(f"{name}: {MANY} entries, median", many, "ms"),
        Figure(f"{name}: ratio", many / few, "x", limit=MOST_RATIO),
        Figure(f"{name}: queries", len(queries), "queries", limit=MOST_QUERIES),
    ]
