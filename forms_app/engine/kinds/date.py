"""A day."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.dates import day

from ..context import FillingContext
from ..reading import is_raw, narrow
from .base import CellKind, Fault, Labels, Spec, keep, unreadable

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
    weight = 4
    carried_over = False

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        found = WRITTEN.fullmatch(narrow(text))
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        return day.isoformat() if day and 1900 <= day.year < 2200 else keep(text)

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        return day_text(answer)

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        return (
            day(date.fromisoformat(answer))
            if isinstance(answer, str)
            else super().word_text(answer, field, context)
        )

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        """Eight digits in a row are a day too: 20240320."""
        digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", narrow(text))
        return super().from_word("-".join(digits.groups()) if digits else text, field, context)

    def excel_value(
        self, answer: Any, field: Spec, labels: Labels, files: Mapping[int, Any]
    ) -> Any:
        return unreadable(answer) if is_raw(answer) else date.fromisoformat(answer)

    def limits(self, field: Spec) -> str:
        return _("如 2024年3月20日")

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_raw(answer):
            yield Fault(
                _("请填日期，如 2024-03-20；现在是“%(text)s”") % {"text": unreadable(answer)}
            )


KINDS = (Date(),)
