"""Rules between amounts: sums that are equal, limits."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..kinds.base import Fault, WholeBlock
from ..kinds.designer import field_code
from ..kinds.number import money_text
from ..kinds.system import amount
from .base import Answers, Fields, Rule, Spec, Verdict, is_number


class SumEquals(Rule):
    """A table's column adds up to the sum of some amounts."""

    code = "sum_equals"
    label = gettext_lazy("合计相等")
    icon = "decimal"
    singles = ("field",)
    several = "fields"
    unsuitable = gettext_lazy("不是数字")

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("field", field_code(gettext_lazy("表格"))),
            ("column", field_code(gettext_lazy("合计哪一列"), column_of="field")),
            (
                "fields",
                blocks.ListBlock(
                    field_code(gettext_lazy("金额")),
                    label=gettext_lazy("必须等于这些金额之和"),
                    min_num=1,
                ),
            ),
        ]

    def suits(self, field: Mapping[str, Any], part: str, column: str) -> bool:
        return not column and (part == "field" or is_number(field, ""))

    def faults(self, rule: Spec, fields: Fields) -> Iterator[tuple[str, str]]:
        yield from super().faults(rule, fields)
        if rule["field"] in fields and not is_number(fields[rule["field"]], rule["column"]):
            yield (
                "column",
                _("规则“%(message)s”：表格里没有可以合计的列 %(column)s")
                % {"message": rule["message"], "column": rule["column"]},
            )

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        """Both sides are told with the gap between them."""
        parts = [key for key in rule["fields"] if key in known]
        if rule["field"] not in known or spoilt.intersection([rule["field"], *parts]):
            return
        rows = amount(answers, rule["field"], rule["column"])
        total = sum((amount(answers, key, "") for key in parts), Decimal(0))
        if rows != total:
            message = _(
                "%(message)s：明细合计 %(rows)s 元，来源合计 %(total)s 元，相差 %(gap)s 元"
            ) % {
                "message": rule["message"].rstrip("。"),
                "rows": money_text(rows),
                "total": money_text(total),
                "gap": money_text(abs(rows - total)),
            }
            yield rule["field"], Fault(message)


class AtMost(Rule):
    """One number is at most another, or a share of it."""

    code = "at_most"
    label = gettext_lazy("不超过")
    icon = "decimal"
    unsuitable = gettext_lazy("不是数字")

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("field", field_code(gettext_lazy("这个数"))),
            ("other", field_code(gettext_lazy("不能超过这个数"))),
            (
                "percent",
                WholeBlock(
                    label=gettext_lazy("的百分之几"),
                    required=False,
                    min_value=1,
                    max_value=1000,
                    help_text=gettext_lazy("如 50 表示不超过它的一半；不填就是不超过它本身"),
                ),
            ),
        ]

    def suits(self, field: Mapping[str, Any], part: str, column: str) -> bool:
        return not column and is_number(field, "")

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        if not self.ready(answers, known, spoilt, rule["field"], rule["other"]):
            return
        limit = amount(answers, rule["other"], "") * (rule.get("percent") or 100) / 100
        if amount(answers, rule["field"], "") > limit:
            yield rule["field"], Fault(rule["message"])
