"""Dates as they stand in sentences: 2024年3月20日 21:06.

Messages and reasons are content, and Chinese: a date in them must not follow the language of the person who acts.
Templates use Django's `date` filter, which follows the language of the reader.
"""

from datetime import date, datetime, time

from django.utils import timezone


def day(value: date | datetime) -> str:
    """Return a day; a moment is taken in the portal's time zone."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日"


def day_and_time(value: datetime) -> str:
    """Return a moment in the portal's time zone."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


def end_of_day(value: date) -> datetime:
    """Return the last second of a day in the portal's time zone: a day named as a limit still counts."""
    return timezone.make_aware(datetime.combine(value, time(23, 59, 59)))
