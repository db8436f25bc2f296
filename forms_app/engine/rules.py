"""The rules between fields: a small closed set. Each has its designer's block, its look at the drawing, its verdict."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from .conditions import answer_code
from .kinds.designer import field_code
from .kinds.number import money_text
from .kinds.system import amount
from .reading import is_blank, is_raw

Spec = Mapping[str, Any]  # a rule of a schema
Fields = Mapping[str, dict[str, Any]]
Answers = Mapping[str, Any]
Verdict = Iterator[tuple[str, str]]  # (field, message)

NUMERIC = ("integer", "money", "percentage", "computed")


def message_block() -> blocks.CharBlock:
    """Return the input of what the person reads who fills in."""
    return blocks.CharBlock(
        label=gettext_lazy("提示语"),
        max_length=120,
        help_text=gettext_lazy("填表人看到的话，说清楚要怎么改"),
    )


def columns_of(field: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of a table; none of any other field."""
    return field["options"].get("columns", [])


def numeric_columns(field: Mapping[str, Any]) -> set[str]:
    """Return the codes of a table's columns that can be added up."""
    return {column["key"] for column in columns_of(field) if column["kind"] in NUMERIC}


def is_number(field: Mapping[str, Any] | None, column: str) -> bool:
    """Return whether a field (or a table's column) is something to reckon with."""
    if field is None:
        return False
    return column in numeric_columns(field) if column else field["kind"] in NUMERIC


class Rule(ABC):
    """A kind of rule.

    Attributes:
        code: its name in schemas.
        label: what the designer calls it.
        singles: its parts that name one field.
        several: its part that names a list of fields, or "".
    """

    code: str
    label: Any
    icon = "list-ul"
    singles: tuple[str, ...] = ("field", "other")
    several = ""

    @abstractmethod
    def inputs(self) -> list[tuple[str, blocks.Block]]:
        """Return the designer's inputs, the message aside."""

    def block(self) -> blocks.StructBlock:
        """Return the designer's block."""
        return blocks.StructBlock(
            [*self.inputs(), ("message", message_block())],
            label=self.label,
            icon=self.icon,
            label_format="{message}",
        )

    def names(self, rule: Spec) -> list[tuple[str, str]]:
        """Return (part, field code) of every field the rule speaks of."""
        return [
            *((part, rule[part]) for part in self.singles),
            *((self.several, key) for key in rule.get(self.several) or []),
        ]

    def faults(self, rule: Spec, fields: Fields) -> Iterator[tuple[str, str]]:
        """Yield (part, message) for what is wrong with the rule as it is drawn."""
        for part, key in self.names(rule):
            if key not in fields:
                yield (
                    part,
                    _("规则“%(message)s”用到的栏目 %(key)s 不存在")
                    % {"message": rule["message"], "key": key},
                )
            elif not self.suits(fields[key], part):
                yield (
                    part,
                    _("规则“%(message)s”：%(label)s %(fault)s")
                    % {
                        "message": rule["message"],
                        "label": fields[key]["label"],
                        "fault": self.unsuitable,
                    },
                )

    unsuitable: Any = ""

    def suits(self, field: Mapping[str, Any], part: str) -> bool:
        """Return whether a field can take the part."""
        return True

    @abstractmethod
    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        """Yield what the answers do not keep to.

        Args:
            known: the fields that are asked, by code.
            spoilt: fields that have a fault of their own; what rests on them is not judged.
        """

    def ready(self, answers: Answers, known: Fields, spoilt: set[str], *keys: str) -> bool:
        """Return whether fields are asked, answered and readable."""
        return not any(
            key not in known or key in spoilt or is_blank(answers.get(key)) or is_raw(answers[key])
            for key in keys
        )


class After(Rule):
    """One day lies after another."""

    code = "after"
    label = gettext_lazy("日期先后")
    icon = "date"
    unsuitable = gettext_lazy("不是日期")

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("field", field_code(gettext_lazy("这个日期"))),
            ("other", field_code(gettext_lazy("必须晚于这个日期"))),
            (
                "or_same",
                blocks.BooleanBlock(label=gettext_lazy("同一天也可以"), required=False),
            ),
        ]

    def suits(self, field: Mapping[str, Any], part: str) -> bool:
        return field["kind"] == "date"

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        if not self.ready(answers, known, spoilt, rule["field"], rule["other"]):
            return
        end, start = (date.fromisoformat(answers[rule[part]]) for part in ("field", "other"))
        if end < start or (end == start and not rule.get("or_same")):
            yield rule["field"], rule["message"]


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

    def suits(self, field: Mapping[str, Any], part: str) -> bool:
        return part == "field" or is_number(field, "")

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
            yield (
                rule["field"],
                _("%(message)s：明细合计 %(rows)s 元，来源合计 %(total)s 元，相差 %(gap)s 元")
                % {
                    "message": rule["message"].rstrip("。"),
                    "rows": money_text(rows),
                    "total": money_text(total),
                    "gap": money_text(abs(rows - total)),
                },
            )


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
                blocks.IntegerBlock(
                    label=gettext_lazy("的百分之几"),
                    required=False,
                    min_value=1,
                    max_value=1000,
                    help_text=gettext_lazy("如 50 表示不超过它的一半；不填就是不超过它本身"),
                ),
            ),
        ]

    def suits(self, field: Mapping[str, Any], part: str) -> bool:
        return is_number(field, "")

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        if not self.ready(answers, known, spoilt, rule["field"], rule["other"]):
            return
        limit = amount(answers, rule["other"], "") * (rule.get("percent") or 100) / 100
        if amount(answers, rule["field"], "") > limit:
            yield rule["field"], rule["message"]


class RequiredIf(Rule):
    """A field is needed where another has a certain answer."""

    code = "required_if"
    label = gettext_lazy("有条件必填")
    icon = "help"

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("field", field_code(gettext_lazy("这个栏目必填"))),
            ("other", field_code(gettext_lazy("当这个栏目"))),
            (
                "equals",
                blocks.CharBlock(
                    label=gettext_lazy("等于"),
                    max_length=40,
                    help_text=gettext_lazy("写选项的文字，如“延续提升”；是或否写“是”“否”"),
                ),
            ),
        ]

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        called = (
            rule["other"] in known and answer_code(answers.get(rule["other"])) == rule["equals"]
        )
        if called and rule["field"] in known and is_blank(answers.get(rule["field"])):
            yield rule["field"], rule["message"]


class AtLeastOne(Rule):
    """At least one of several fields is answered."""

    code = "at_least_one"
    label = gettext_lazy("至少填一项")
    icon = "list-ul"
    singles = ()
    several = "fields"

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "fields",
                blocks.ListBlock(
                    field_code(gettext_lazy("栏目")),
                    label=gettext_lazy("这些栏目至少填一项"),
                    min_num=2,
                ),
            )
        ]

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        """Told at the first field that is asked; where none is asked there is nothing to fill in."""
        asked = [key for key in rule["fields"] if key in known]
        if asked and all(is_blank(answers.get(key)) for key in asked):
            yield asked[0], rule["message"]


RULES: dict[str, Rule] = {
    rule.code: rule for rule in (After(), SumEquals(), AtMost(), RequiredIf(), AtLeastOne())
}
