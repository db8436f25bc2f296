"""The office's lists with 100 entries of one year and with 10,000 of fifty: their own queries, and the ratio of their times."""

import statistics
import time
from datetime import timedelta
from decimal import Decimal

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
    """Measure each list at both sizes, alternating, and how many queries it adds to the frame's."""
    from forms_app.models import CallPage
    from portal.units.models import User

    # The demo's own entries would blur the comparison: each size gets calls of its own.
    few, many = _calls(1, FEW), _calls(YEARS, MANY)
    client = Client()
    client.force_login(User.objects.get(username="office"))
    assert CallPage.objects.filter(pk__in=[few.pk, many.pk]).count() == 2
    figures = []
    for name, address in {
        "queue": "/admin/office/calls/{call}/queue/",
        "board": "/admin/office/calls/{call}/board/",
        "coverage": "/admin/office/coverage/{year}/",
    }.items():
        small, large = (
            address.format(call=call.pk, year=call.programme_year.year) for call in (few, many)
        )
        figures += _compared(client, name, small, large)
    register = "/admin/register/entries/"
    figures += _compared(
        client, "register", f"{register}?call={few.pk}", register, limit=MOST_RATIO
    )
    return figures


def _compared(client, name, small, large, limit=MOST_RATIO):
    for address in (small, large):
        _get(client, address)
    with CaptureQueriesContext(connection) as queries:
        _get(client, large)
    times = {small: [], large: []}
    for _round in range(ROUNDS):
        for address in times:
            times[address].append(_get(client, address))
    few, many = (statistics.median(found) for found in times.values())
    return [
        Figure(f"{name}: {FEW} entries, median", few, "ms"),
        Figure(f"{name}: {MANY} entries, median", many, "ms"),
        Figure(f"{name}: ratio", many / few, "x", limit=limit),
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
    )
    from portal.units.models import Unit, User

    version = FormVersion.objects.filter(definition__kind="application").latest("pk")
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
