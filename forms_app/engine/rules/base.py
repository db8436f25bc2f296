"""What every rule between fields offers: a block for the designer, a look at the drawing, a verdict on answers."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..kinds import kind_of
from ..kinds.base import Fault
from ..reading import is_blank, is_raw

Spec = Mapping[str, Any]  # a rule of a schema
Fields = Mapping[str, dict[str, Any]]
Answers = Mapping[str, Any]
Verdict = Iterator[tuple[str, Fault]]  # (field, what is wrong with it)

NUMERIC = ("integer", "money", "percentage", "computed")


def message_block() -> blocks.CharBlock:
    """Return the input of what the person reads who fills in."""
    return blocks.CharBlock(
        label=gettext_lazy("提示语"),
        max_length=120,
        help_text=gettext_lazy("填表人看到的话，说清楚要怎么改"),
    )


def advice_block() -> blocks.BooleanBlock:
    """Return the tick that makes a rule a piece of advice."""
    return blocks.BooleanBlock(
        label=gettext_lazy("只提醒，不影响报送"),
        required=False,
        help_text=gettext_lazy("不勾选则改好才能报送"),
    )


def place(named: str) -> tuple[str, str]:
    """Return (field, column or "") of what a rule calls "field" or "table.column"."""
    key, _dot, column = named.partition(".")
    return key, column


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


def can_be_condition(field: Mapping[str, Any]) -> bool:
    """Return whether another field's condition can go by the answer to a field."""
    asked_for = kind_of(field).conditions(field)
    return asked_for is None or bool(asked_for)


def never_met(field: Mapping[str, Any], equals: str) -> str:
    """Return why a condition on a field can never be met, in words for the office; "" where it can."""
    if not can_be_condition(field):
        return _("不能按“%(label)s”来定，请改用单选、多选或是否") % {"label": field["label"]}
    offered = kind_of(field).conditions(field)
    if not equals:
        return _("没有写“%(label)s”等于什么") % {"label": field["label"]}
    if offered is not None and equals not in offered:
        return _("“%(label)s”没有“%(equals)s”这个选项") % {
            "label": field["label"],
            "equals": equals,
        }
    return ""


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
        """Return the designer's inputs, message and advice aside."""

    def block(self) -> blocks.StructBlock:
        """Return the designer's block."""
        return blocks.StructBlock(
            [*self.inputs(), ("message", message_block()), ("advice", advice_block())],
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
        told = rule["message"] or self.label
        for part, name in self.names(rule):
            key, column = place(name)
            if key not in fields:
                yield (
                    part,
                    _("规则“%(message)s”用到的栏目 %(key)s 不存在") % {"message": told, "key": key},
                )
            elif column and column not in {one["key"] for one in columns_of(fields[key])}:
                yield (
                    part,
                    _("规则“%(message)s”：“%(label)s”里没有“%(column)s”这一列")
                    % {"message": told, "label": fields[key]["label"], "column": column},
                )
            elif not self.suits(fields[key], part, column):
                label = fields[key]["label"]
                yield (
                    part,
                    _("规则“%(message)s”：%(label)s %(fault)s")
                    % {
                        "message": told,
                        "label": f"{label}.{column}" if column else label,
                        "fault": self.unsuitable,
                    },
                )

    unsuitable: Any = ""

    def suits(self, field: Mapping[str, Any], part: str, column: str) -> bool:
        """Return whether a field can take the part, or the column that is named with it ("": none)."""
        return not column

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
