"""A day."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..reading import is_raw, narrow
from .base import CellKind, Fault, Spec, keep, unreadable

WRITTEN = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def day_text(day: date | str) -> str:
    """Return a day as people write it: 2024年3月20日 in Chinese."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return date_format(day, "DATE_FORMAT")


class Date(CellKind):
    """A day of the calendar, between 1900 and 2199."""

    code = "date"
    label = gettext_lazy("日期")
    group = "day"
    order = 10
    icon = "date"
    input_type = "date"
    size = "medium"

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        found = WRITTEN.fullmatch(narrow(text))
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        return day.isoformat() if day and 1900 <= day.year < 2200 else keep(text)

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        return day_text(answer)

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_raw(answer):
            yield Fault(
                _("请填日期，如 2024-03-20；现在是“%(text)s”") % {"text": unreadable(answer)}
            )


KINDS = (Date(),)
