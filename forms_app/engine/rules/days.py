"""One day lies after another."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..kinds.base import Fault
from ..kinds.date import day_text
from ..kinds.designer import day_code
from ..kinds.rows import in_cell
from .base import Answers, Fields, Rule, Spec, Verdict, columns_of, place


def is_day(field: Mapping[str, Any], column: str) -> bool:
    """Return whether a field (or a table's column) is a day."""
    if column:
        return any(one["key"] == column and one["kind"] == "date" for one in columns_of(field))
    return field["kind"] == "date" or field["options"].get("format") == "date"


class After(Rule):
    """One day lies after another. A column of a table takes part with the day of each row, where it is told."""

    code = "after"
    label = gettext_lazy("日期先后")
    icon = "date"
    unsuitable = gettext_lazy("不是日期")

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("field", day_code(gettext_lazy("这个日期"))),
            ("other", day_code(gettext_lazy("必须晚于这个日期"))),
            (
                "or_same",
                blocks.BooleanBlock(label=gettext_lazy("同一天也可以"), required=False),
            ),
        ]

    def suits(self, field: Mapping[str, Any], part: str, column: str) -> bool:
        return is_day(field, column)

    def faults(self, rule: Spec, fields: Fields) -> Iterator[tuple[str, str]]:
        found = list(super().faults(rule, fields))
        yield from found
        tables = {key for key, column in map(place, (rule["field"], rule["other"])) if column}
        if not found and len(tables) > 1:
            fault = _("规则“%(message)s”：两列要在同一张表里，或者其中一个是表外的日期")
            yield "other", fault % {"message": rule["message"]}

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        ends, starts = (
            self.days(rule[part], answers, known, spoilt) for part in ("field", "other")
        )
        key, column = self.told_at(rule)
        rows = sorted(row for row in {**ends, **starts} if row is not None)
        for row in rows or [None]:
            end, start = (days.get(row, days.get(None)) for days in (ends, starts))
            if (
                end is None
                or start is None
                or end > start
                or (end == start and rule.get("or_same"))
            ):
                continue
            if row is None:
                yield key, Fault(rule["message"])
            else:
                spec = next(one for one in columns_of(known[key]) if one["key"] == column)
                yield key, in_cell(row, spec, self.measured(rule, answers, known))

    def told_at(self, rule: Spec) -> tuple[str, str]:
        """Return (field, column or "") of where the rule is told: a row rather than a day outside the table."""
        end, start = place(rule["field"]), place(rule["other"])
        return start if start[1] and not end[1] else end

    def days(
        self, named: str, answers: Answers, known: Fields, spoilt: set[str]
    ) -> dict[int | None, date]:
        """Return the days by row, or the only one by None; what is not there or cannot be read is left out."""
        key, column = place(named)
        if not column:
            ready = self.ready(answers, known, spoilt, key)
            return {None: date.fromisoformat(answers[key])} if ready else {}
        return {
            number: date.fromisoformat(row[column])
            for number, row in enumerate(answers.get(key) or () if key in known else ())
            if isinstance(row.get(column), str)
        }

    def measured(self, rule: Spec, answers: Answers, known: Fields) -> str:
        """Return what is told at a row, with the day outside the table that it is measured by."""
        outside = [name for name in (rule["field"], rule["other"]) if name in known]
        if not outside:
            return rule["message"]
        return _("%(message)s（“%(label)s”是 %(day)s）") % {
            "message": rule["message"].rstrip("。"),
            "label": known[outside[0]]["label"],
            "day": day_text(answers[outside[0]]),
        }

    def hint(self, rule: Spec) -> dict[str, Any]:
        """Return the rule for the page's script: the inputs, "*" for the number of a row, and the words."""
        return {
            **{part: "-*-".join(filter(None, place(rule[part]))) for part in ("field", "other")},
            "or_same": rule.get("or_same", False),
            "advice": rule.get("advice", False),
            "message": rule["message"],
        }
