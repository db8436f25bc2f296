"""The year that a page belongs to: which years a list has, and what belongs to one.

A page class names in `dated_by` what says it: one number, or columns of dates and moments, of which the first that holds something
counts. These are compared with the first days of years, so that a database goes through thousands of rows by itself; taking
the year out of a date costs SQLite two calls of Python for each row.
"""

from datetime import date, datetime

from django.db.models import (
    Case,
    DateTimeField,
    Field,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

MOST_YEARS = 60  # before the newest; what is older can be found, but is no choice
BEFORE = 0  # stands for them


def years_of(pages: QuerySet) -> list[int]:
    """Return the years that the pages of one class belong to, newest first (one query, and one for each column of dates)."""
    pages = pages.order_by()
    columns = _columns(pages)
    if columns:
        parts = [_year_in(column) for column in columns.values()]
        pages = pages.annotate(in_year=Coalesce(*parts, Value(BEFORE)))
    found = pages.values_list("in_year" if columns else pages.model.dated_by[0], flat=True)
    return sorted({year for year in found.distinct() if year}, reverse=True)


def in_year(pages: QuerySet, year: int) -> QuerySet:
    """Return the pages of one class that belong to a year; none for a number that no calendar has."""
    if not date.min.year < year < date.max.year - 1:
        return pages.none()
    columns = _columns(pages)
    if not columns:
        return pages.filter(**{pages.model.dated_by[0]: year})
    fits, nothing_before = Q(), Q()
    for name, column in columns.items():
        begin, end = _first_day(column, year), _first_day(column, year + 1)
        fits |= nothing_before & Q(**{f"{name}__gte": begin, f"{name}__lt": end})
        nothing_before &= Q(**{f"{name}__isnull": True})
    return pages.filter(fits)


def _columns(pages: QuerySet) -> dict[str, Field]:
    """Return the columns that hold dates, by name; nothing where a number says the year."""
    first, *_others = names = pages.model.dated_by
    if "__" in first:
        return {}
    return {name: pages.model._meta.get_field(name) for name in names}


def _year_in(column: Field) -> Case:
    name = column.name
    return Case(
        When(**{f"{name}__isnull": True}, then=None),
        *(
            When(**{f"{name}__gte": _first_day(column, year)}, then=Value(year))
            for year in _years_in(column)
        ),
        default=Value(BEFORE),
        output_field=IntegerField(),
    )


def _years_in(column: Field) -> range:
    """Return the years from the last to the first in a column, whatever page these are of: its table answers by itself."""
    ends = column.model._default_manager.aggregate(first=Min(column.name), last=Max(column.name))
    if ends["last"] is None:
        return range(0)
    first, last = (_year(ends[end]) for end in ("first", "last"))
    return range(last, max(first, last - MOST_YEARS) - 1, -1)


def _first_day(column: Field, year: int) -> date | datetime:
    if isinstance(column, DateTimeField):
        return timezone.make_aware(datetime(year, 1, 1))
    return date(year, 1, 1)


def _year(value: date | datetime) -> int:
    return timezone.localdate(value).year if isinstance(value, datetime) else value.year
