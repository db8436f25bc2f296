"""Working days: weekends and published holidays do not count, 调休 days do."""

from datetime import date, timedelta

from .models import CalendarDay, DayKind


def working_days_from(start: date, days: int) -> date:
    """Return the last of a number of working days, of which `start` is the first if it is one.

    Args:
        start: the first day that may count.
        days: how many working days, at least 1.

    Rule: common practice for public notices (公示), domain section 5.
    """
    special = dict(
        CalendarDay.objects.filter(
            date__gte=start, date__lte=start + timedelta(days=days * 3 + 30)
        ).values_list("date", "kind")
    )
    day, left = start, days
    while True:
        kind = special.get(day)
        if kind == DayKind.WORKING or (kind is None and day.weekday() < 5):
            left -= 1
        if left <= 0:
            return day
        day += timedelta(days=1)
