"""The reports of a year, in the order in which the year goes."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .categories import categories
from .coverage import coverage
from .honours import honours
from .money import money
from .progress import progress
from .ranking import ranking
from .table import Report
from .year_facts import YearFacts

REPORTS: dict[str, tuple[Promise, Callable[[YearFacts], Report]]] = {
    "coverage": (_("覆盖面"), coverage),
    "categories": (_("分类统计"), categories),
    "ranking": (_("申报排名"), ranking),
    "money": (_("经费"), money),
    "progress": (_("进度"), progress),
    "honours": (_("验收与表彰"), honours),
}


def report_of(facts: YearFacts, code: str) -> Report:
    """Return one report.

    Raises:
        KeyError: there is none of that code.
    """
    return REPORTS[code][1](facts)


def all_reports(facts: YearFacts) -> list[Report]:
    """Return all of them; what they share is read once."""
    return [make(facts) for _title, make in REPORTS.values()]
