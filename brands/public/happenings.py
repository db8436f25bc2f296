"""The activities that public pages tell, by day; the calendar and its feed are made of them."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from portal.cms.models import know_their_site

from ..models import BrandPageActivity
from .showing import public_pages


def told() -> QuerySet[BrandPageActivity]:
    """Return the activities that public pages tell, by date."""
    return (
        BrandPageActivity.objects.filter(page__in=public_pages().order_by().values("pk"))
        .select_related("page__project__unit", "page__project__category")
        .order_by("date", "pk")
    )


def months_with_some() -> list[date]:
    """Return the first days of the months in which something happened, in order (one query)."""
    days = told().order_by().values_list("date", flat=True).distinct()
    return sorted({day.replace(day=1) for day in days})


def in_month(month: date) -> dict[date, list[BrandPageActivity]]:
    """Return what happened in a month by day (two queries); a day without anything has an empty list."""
    by_day = defaultdict(list)
    of_month = told().filter(date__year=month.year, date__month=month.month)
    know_their_site(activity.page for activity in of_month)
    for activity in of_month:
        by_day[activity.date].append(activity)
    return by_day


def newest(count: int) -> QuerySet[BrandPageActivity]:
    """Return the latest happenings, newest first."""
    return told().order_by("-date", "-pk")[:count]
