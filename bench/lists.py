"""The office's lists on a database with 100 entries of one year beside the demo's, and on one with 10,000 of fifty years."""

import sqlite3
import statistics
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import Figure

ROUNDS = 20
FEW, MANY, YEARS = 100, 10_000, 50
FRAME = 14  # queries of the admin's own frame: session, person, rights, menu
MOST_QUERIES = 15
MOST_RATIO = 1.5


def run():
    """Measure each list on two databases in turn, and how many queries it adds to the frame's."""
    from portal.units.models import User

    full = Path(connection.settings_dict["NAME"])
    small = full.with_name("small.sqlite3")
    # The database is copied while it holds a year of 100 entries, and fills up with 10,000 more afterwards.
    few = _calls(1, FEW)
    client = Client()
    client.force_login(User.objects.get(username="office"))
    connection.close()
    with sqlite3.connect(full) as source, sqlite3.connect(small) as target:
        source.backup(target)
    many = _calls(YEARS, MANY)
    return [
        figure
        for name, address in {
            "queue": "/admin/office/calls/{call}/queue/",
            "board": "/admin/office/calls/{call}/board/",
            "coverage": "/admin/office/coverage/{year}/",
            "register": "/admin/register/entries/",
        }.items()
        for figure in _compared(
            client,
            name,
            {
                path: address.format(call=call.pk, year=call.programme_year.year)
                for path, call in ((small, few), (full, many))
            },
        )
    ]


def _use(path):
    connection.close()
    connection.settings_dict["NAME"] = str(path)


def _compared(client, name, addresses):
    times = {path: [] for path in addresses}
    for _round in range(ROUNDS + 1):
        for path, address in addresses.items():
            _use(path)
            connection.ensure_connection()
            times[path].append(_get(client, address))
    with CaptureQueriesContext(connection) as queries:
        _get(client, address)
    # The first round warms up.
    few, many = (statistics.median(found[1:]) for found in times.values())
    return [
        Figure(f"{name}: {FEW} entries, median", few, "ms"),
        Figure(f"{name}: {MANY} entries, median", many, "ms"),
        Figure(f"{name}: ratio", many / few, "x", limit=MOST_RATIO),
        Figure(f"{name}: queries", len(queries), ""),
        Figure(f"{name}: queries beside the frame", len(queries) - FRAME, "", limit=MOST_QUERIES),
    ]


def _get(client, address):
    started = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return (time.perf_counter() - started) * 1000


def _calls(years, entries):
    """Write calls of many years with their entries straight into the database; return the latest call."""
    from forms_app.models import (
        CallIndexPage,
        CallPage,
        Category,
        Entry,
        FormVersion,
        ProgrammeYear,
        Rubric,
    )
    from portal.units.models import Unit, User

    version = FormVersion.objects.filter(definition__kind="application").latest("pk")
    rubric = Rubric.objects.filter(kind="application").first()
    clerk = User.objects.get(username="office")
    units, categories = list(Unit.objects.all()), list(Category.objects.all())
    now, call = timezone.now(), None
    for number in range(years):
        first = ProgrammeYear.objects.order_by("year").first()
        year = ProgrammeYear(
            year=first.year - 1,
            budget=Decimal(300000),
            **{
                name: getattr(first, name).replace(year=first.year - 1, day=1)
                for name in (
                    "apply_from",
                    "apply_until",
                    "establish_until",
                    "cultivate_until",
                    "evaluate_until",
                    "award_until",
                )
            },
        )
        year.save()
        call = CallIndexPage.objects.get().add_child(
            instance=CallPage(
                title=f"{year.year}年度申报",
                slug=f"bench-{year.year}",
                programme_year=year,
                form=version.definition,
                rubric=rubric,
                opens_at=now - timedelta(days=30),
                closes_at=now - timedelta(days=1),
            )
        )
        Entry.objects.bulk_create(
            Entry(
                call=call,
                kind="application",
                unit=units[place % len(units)],
                category=categories[place % len(categories)],
                title=f"示例项目{number}-{place}",
                status=("deciding", "submitted", "in_review")[place % 3],
                form_version=version,
                answers={"title": "示例", "amount_requested": "9000.00", "measures": "举措" * 400},
                created_by=clerk,
                submitted_at=now - timedelta(minutes=place),
            )
            for place in range(entries // years)
        )
    return call
