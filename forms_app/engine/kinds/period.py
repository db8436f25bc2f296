"""From one day to another."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..context import FillingContext
from ..reading import is_blank, is_raw, narrow
from .base import Fault, Kind, Labels, Spec, unreadable
from .date import Date, day_text

PARTS = ("from", "until")
_DAY = r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
WRITTEN = re.compile(
    rf"(?P<first>(?P<same_year>\d{{4}})\s*[-/.年]\s*{_DAY})\s*(?:至|到|~|[-—–]+)\s*"
    rf"(?P<year>\d{{4}}\s*[-/.年]\s*)?(?P<second>{_DAY})"
)
DAY = Date()


class DateRange(Kind):
    """Two days, the second not before the first: {"from": "2024-03-20", "until": "2024-11-30"}."""

    code = "date_range"
    label = gettext_lazy("起止日期")
    group = "day"
    order = 30
    icon = "calendar-alt"
    template = "forms_app/form/kinds/period.html"
    grouped = True
    carried_over = False

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "same_day",
                blocks.BooleanBlock(
                    label=gettext_lazy("可以是同一天"),
                    required=False,
                    help_text=gettext_lazy("不勾选则结束日期必须晚于开始日期"),
                ),
            )
        ]

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        typed = {part: data.get(f"{name}-{part}", "") for part in PARTS}
        return {part: DAY.parse(text, {}) for part, text in typed.items() if narrow(text)} or None

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        for part in PARTS:
            if is_raw(answer.get(part)):
                for fault in DAY.mistakes(answer[part], field, files):
                    yield Fault(fault.message, row=0, column=part)
        start, end = answer.get("from"), answer.get("until")
        if not isinstance(start, str) or not isinstance(end, str):
            return
        if end < start or (end == start and not field["options"].get("same_day")):
            message = (
                _("结束日期不能早于开始日期")
                if field["options"].get("same_day")
                else _("结束日期要晚于开始日期")
            )
            yield Fault(message, row=0, column="until")

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        for part, message in (("from", _("请填开始日期")), ("until", _("请填结束日期"))):
            if is_blank(answer.get(part)):
                yield Fault(message, row=0, column=part)

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        held = answer if isinstance(answer, dict) else {}
        labels = {"from": _("开始"), "until": _("结束")}
        return {
            "parts": [
                {
                    "code": part,
                    "label": labels[part],
                    **DAY.input(held.get(part), {}),
                }
                for part in PARTS
            ]
        }

    def mark(self, shown: dict[str, Any], row: int | None, column: str, *, reason: str) -> None:
        for part in shown["parts"]:
            if part["code"] == column:
                part["reasons"] = f"{part.get('reasons', '')} {reason}".strip()

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        said = [
            unreadable(value) if is_raw(value) else day_text(value) if value else "—"
            for value in (answer.get(part) for part in PARTS)
        ]
        return "text", " — ".join(said)

    writable_in_word = True

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        held = answer if isinstance(answer, dict) else {}
        days = [DAY.word_text(held.get(part), field, context) for part in PARTS]
        return "　至　".join(days)

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        """Read two days with 至, 到, ~ or a dash between them; the second may leave out the year."""
        whole = WRITTEN.fullmatch(narrow(text))
        if whole:
            days = [whole["first"], f"{whole['year'] or whole['same_year'] + '-'}{whole['second']}"]
        else:
            days = re.split(r"\s*(?:至|到|~|—+|–|--)\s*", narrow(text), maxsplit=1)
        read = {
            part: DAY.from_word(day, field, context) for part, day in zip(PARTS, days, strict=False)
        }
        return {part: day for part, day in read.items() if day is not None} or None

    def limits(self, field: Spec) -> str:
        return _("如 2024年3月20日至2024年11月30日")


KINDS = (DateRange(),)
