"""The year that a page belongs to: which years a list has, and what belongs to one.

A page class names in `dated_by` what says it: a column of dates, or the way to the number of the year in another table. Dates are
compared with the first days of years, so that a database goes through thousands of rows by itself; taking the year out of a date
costs SQLite two calls of Python for each row.
"""

from datetime import date

from django.db.models import Case, IntegerField, Max, Min, QuerySet, Value, When

MOST_YEARS = 60  # before the newest; what is older can be found, but is no choice
BEFORE = 0  # stands for them


def years_of(pages: QuerySet) -> list[int]:
    """Return the years that the pages of one class belong to, newest first (one query, and one for a column of dates)."""
    pages, by = pages.order_by(), pages.model.dated_by
    if _is_date(by):
        pages, by = pages.annotate(in_year=_year_in(pages.model, by)), "in_year"
    return sorted(filter(None, pages.values_list(by, flat=True).distinct()), reverse=True)


def in_year(pages: QuerySet, year: int) -> QuerySet:
    """Return the pages of one class that belong to a year; none for a number that no calendar has."""
    if not date.min.year <= year < date.max.year:
        return pages.none()
    by = pages.model.dated_by
    if _is_date(by):
        return pages.filter(**{f"{by}__gte": date(year, 1, 1), f"{by}__lt": date(year + 1, 1, 1)})
    return pages.filter(**{by: year})


def _is_date(dated_by: str) -> bool:
    return "__" not in dated_by


def _year_in(model: type, column: str) -> Case:
    """Return the year of a date; its table says from the first to the last which there may be, whatever pages are asked about."""
    ends = model._default_manager.aggregate(first=Min(column), last=Max(column))
    years = range(0)
    if ends["last"]:
        first, last = ends["first"].year, ends["last"].year
        years = range(last, max(first, last - MOST_YEARS) - 1, -1)
    return Case(
        *(When(**{f"{column}__gte": date(year, 1, 1)}, then=Value(year)) for year in years),
        default=Value(BEFORE),
        output_field=IntegerField(),
    )
