"""The dates of the demo: two years by the plan's calendar, one relative to today; and the clock that is moved there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import time_machine
from django.utils import timezone


@contextmanager
def at(day: date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Let everything inside happen on a day at an hour, school time; the clock goes on from there."""
    moment = datetime.combine(day, time(hour, minute), timezone.get_default_timezone())
    with time_machine.travel(moment):
        yield


def start_of(day: date) -> datetime:
    """Return the first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def school_day(day: date) -> date:
    """Return the day, or the Friday before it where it falls on a weekend: offices write no documents then."""
    return day - timedelta(days=max(0, day.weekday() - 4))
