"""Dates as they stand in sentences: 2024年3月20日 21:06 in Chinese."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def day(value: date | datetime) -> str:
    """Return a day; a moment is taken in the portal's time zone."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(local, "DATE_FORMAT")


def day_and_time(value: datetime) -> str:
    """Return a moment in the portal's time zone."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"
