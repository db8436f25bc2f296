"""Working days: weekends and published holidays do not count, 调休 days do."""

from collections.abc import Mapping
from datetime import date, timedelta

from .models import CalendarDay, DayKind


def working_days_from(start: date, days: int) -> date:
    """Return the last of a number of working days, of which `start` is the first if it is one.

    Args:
        start: the first day that may count.
        days: how many working days, at least 1.

    Rule: common practice for public notices (公示), domain section 5.
    """
    special = _special_days(start, start + timedelta(days=days * 3 + 30))
    day, left = start, days
    while True:
        left -= _is_working(day, special)
        if left <= 0:
            return day
        day += timedelta(days=1)


def working_days_until(start: date, end: date) -> int:
    """Return how many working days there are from one day to another, both included; 0 where the end is past (one query)."""
    special = _special_days(start, end)
    days = (start + timedelta(days=number) for number in range((end - start).days + 1))
    return sum(_is_working(day, special) for day in days)


def _special_days(start: date, end: date) -> dict[date, str]:
    found = CalendarDay.objects.filter(date__gte=start, date__lte=end)
    return dict(found.values_list("date", "kind"))


def _is_working(day: date, special: Mapping[date, str]) -> bool:
    kind = special.get(day)
    return kind == DayKind.WORKING or (kind is None and day.weekday() < 5)
