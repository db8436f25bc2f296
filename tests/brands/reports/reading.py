"""How tests read a report: its figures, and its rows as bare values."""

from brands.reports.catalogue import report_of
from brands.reports.table import value_of
from brands.reports.year_facts import YearFacts


def figures(report):
    """Return the figures by their labels."""
    return {figure.label: figure.value for figure in report.figures}


def rows(table):
    """Return the rows without links and marks."""
    return [[value_of(cell) for cell in row] for row in table.rows]


def by_title(report, title):
    """Return the table of a title."""
    return next(table for table in report.tables if table.title == title)


def progress_of(year, title):
    """Return the rows of the report of progress, by the labels of their columns."""
    table = by_title(report_of(YearFacts(year), "progress"), title)
    return [dict(zip([c.label for c in table.columns], row, strict=True)) for row in rows(table)]
