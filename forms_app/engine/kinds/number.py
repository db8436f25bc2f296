"""Numbers: whole numbers, money in 元, percentages."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from portal.typed_numbers import half_width, plain

from ..context import FillingContext
from ..reading import is_raw
from .base import CellKind, Fault, FigureBlock, Labels, Spec, keep, unreadable, whole

PLAIN = re.compile(r"-?\d{1,12}(\.\d+)?")
MOST_MONEY = Decimal("99999999.99")


def figure(text: str, *, units: str = "") -> Decimal | None:
    """Return a typed number: thousands in groups of three, full-width digits, a unit at its end; None if it is none."""
    text = plain(half_width(text).rstrip(units + " ").lstrip("¥ "))
    return Decimal(text) + 0 if PLAIN.fullmatch(text) else None  # + 0: no "-0"


def money_text(amount: Decimal | str) -> str:
    """Return an amount of 元 with its thousands apart: "12,000.00"."""
    return f"{Decimal(amount):,.2f}"


class Number(CellKind):
    """What the numeric kinds share: a range, and figures set at the right."""

    group = "number"
    icon = "decimal"
    inputmode = "decimal"
    align = "end"
    size = "short"
    what = gettext_lazy("请填数字，如 12；现在是“%(text)s”")

    def bounds(self, options: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
        """Return the least and the greatest number allowed."""
        low, high = options.get("min"), options.get("max")
        return (None if low is None else Decimal(low), None if high is None else Decimal(high))

    def measure(self, options: Mapping[str, Any]) -> str:
        """Return what is counted, as it stands behind the input; "" for a bare number."""
        return ""

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        shown = super().widget(answer, field, context)
        return {**shown, "measure": self.measure(field["options"])}

    def input(self, answer: Any, options: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().input(answer, options), "is_figure": True}

    def in_words(self, number: Decimal) -> str:
        """Return a number as a message says it."""
        return f"{number:,}"

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_raw(answer):
            yield Fault(str(self.what) % {"text": unreadable(answer)})
            return
        low, high = self.bounds(field["options"])
        if low is not None and Decimal(answer) < low:
            yield Fault(_("不能小于 %(low)s") % {"low": self.in_words(low)})
        if high is not None and Decimal(answer) > high:
            yield Fault(_("不能大于 %(high)s") % {"high": self.in_words(high)})

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        if answer is None or is_raw(answer):
            return super().word_text(answer, field, context)
        return self.say(answer, field["options"])

    def excel_value(
        self, answer: Any, field: Spec, labels: Labels, files: Mapping[int, Any]
    ) -> Any:
        if is_raw(answer):
            return unreadable(answer)
        return answer if isinstance(answer, int) else Decimal(answer)


class Integer(Number):
    """A whole number."""

    code = "integer"
    label = gettext_lazy("整数")
    order = 10
    inputmode = "numeric"
    what = gettext_lazy("请填整数，如 120；现在是“%(text)s”")

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("min", whole(gettext_lazy("最小"), min_value=None)),
            ("max", whole(gettext_lazy("最大"), min_value=None)),
            (
                "unit",
                blocks.CharBlock(label=gettext_lazy("量词，如“人”"), required=False, max_length=6),
            ),
        ]

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        number = figure(text, units=self.measure(options))
        return keep(text) if number is None or number % 1 else int(number)

    def measure(self, options: Mapping[str, Any]) -> str:
        return options.get("unit", "")

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        return f"{answer:,} {self.measure(options)}".rstrip()


class Money(Number):
    """An amount in 元 with at most two decimals, never negative."""

    code = "money"
    weight = 4
    label = gettext_lazy("金额（元）")
    order = 20
    what = gettext_lazy("请填以元为单位的金额，最多两位小数，如 1200.50；现在是“%(text)s”")

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                name,
                FigureBlock(label=label, required=False, min_value=0, decimal_places=2),
            )
            for name, label in (("min", gettext_lazy("最少")), ("max", gettext_lazy("最多")))
        ]

    def bounds(self, options: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
        low, high = super().bounds(options)
        return (Decimal(0) if low is None else low, MOST_MONEY if high is None else high)

    def measure(self, options: Mapping[str, Any]) -> str:
        return _("元")

    def in_words(self, number: Decimal) -> str:
        return _("%(amount)s 元") % {"amount": money_text(number)}

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        number = figure(text, units="元")
        if number is None or number != round(number, 2):
            return keep(text)
        return f"{number:.2f}"

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        return _("%(amount)s 元") % {"amount": money_text(answer)}

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        """Offices write 1.2万元 as well."""
        written = re.fullmatch(r"(.*\d)\s*万元?", half_width(text))
        tens_of_thousands = figure(written[1]) if written else None
        if tens_of_thousands is None:
            return super().from_word(text, field, context)
        return self.parse(f"{tens_of_thousands * 10000:f}", field["options"])


class Percentage(Number):
    """A percentage from 0 to 100, with at most two decimals."""

    code = "percentage"
    label = gettext_lazy("百分比")
    order = 30
    what = gettext_lazy("请填 0 到 100 之间的数，如 96.5；现在是“%(text)s”")

    def bounds(self, options: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
        return Decimal(0), Decimal(100)

    def measure(self, options: Mapping[str, Any]) -> str:
        return "%"

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        number = figure(text, units="%")
        if number is None or number != round(number, 2):
            return keep(text)
        return f"{number:f}"

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        return f"{answer}%"


KINDS = (Integer(), Money(), Percentage())
