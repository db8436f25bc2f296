"""What is missing or wrong in a set of answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .conditions import active_fields, answer_code
from .kinds import kind_of
from .kinds.number import money_text
from .kinds.system import amount
from .reading import is_blank
from .schema import Schema


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the field's key and what to do, in words for the person who fills in.

    `row` (from 0) and `column` say where in a table (or which picture), where that is known.
    """

    field_key: str
    message: str
    row: int | None = None
    column: str = ""


def problems(
    schema: Schema, answers: Mapping[str, Any], attachments: Iterable[Any] = ()
) -> list[Problem]:
    """Return everything that keeps a form from being sent, in the order of its fields; asks no database.

    Args:
        answers: neutral answers.
        attachments: the entry's Attachment rows.
    """
    return list(_check(schema, answers, attachments, sending=True))


def mistakes(
    schema: Schema, answers: Mapping[str, Any], attachments: Iterable[Any] = ()
) -> list[Problem]:
    """Return only what is wrong already in a draft: unreadable values, and maxima that are passed."""
    return list(_check(schema, answers, attachments, sending=False))


def warnings(schema: Schema, answers: Mapping[str, Any]) -> list[Problem]:
    """Return what deserves a second look but forbids nothing: words that a budget should not name."""
    active = {field["key"] for field in active_fields(schema, answers)}
    return [
        Problem(warning["field"], f"{warning['message']}（{'、'.join(found)}）")
        for warning in schema.get("warnings", [])
        if warning["field"] in active
        and (found := [word for word in warning["words"] if word in _text(answers, warning)])
    ]


def _text(answers: Mapping[str, Any], warning: Mapping[str, Any]) -> str:
    """Return the words of an answer, those of a table's cells included."""
    answer = answers.get(warning["field"], "")
    if isinstance(answer, list):
        return "\n".join(str(cell) for row in answer for cell in row.values())
    return str(answer)


def _check(
    schema: Schema, answers: Mapping[str, Any], attachments: Iterable[Any], *, sending: bool
) -> Iterator[Problem]:
    files = {one.pk: one for one in attachments if one.removed_at is None}
    asked = active_fields(schema, answers)
    spoilt: set[str] = set()
    for field in asked:
        for fault in _faults(field, answers.get(field["key"]), files, sending=sending):
            spoilt.add(field["key"])
            yield Problem(field["key"], fault.message, fault.row, fault.column)
    if sending:
        known = {field["key"]: field for field in asked}
        for rule in schema.get("rules", []):
            if rule["field"] in known and rule["field"] not in spoilt:
                yield from RULES[rule["kind"]](rule, answers, known, spoilt)


def _faults(
    field: dict[str, Any], answer: Any, files: Mapping[int, Any], *, sending: bool
) -> Iterator[Any]:
    kind = kind_of(field)
    if not kind.answered:
        return
    answer = kind.held(answer, files)
    if is_blank(answer):
        if sending and field["required"]:
            yield kind.absent(field)
        return
    yield from kind.mistakes(answer, field, files)
    if sending:
        yield from kind.gaps(answer, field, files)


# --- rules between fields -----------------------------------------------------------------------

Known = Mapping[str, dict[str, Any]]


def _after(
    rule: Mapping[str, Any], answers: Mapping[str, Any], known: Known, spoilt: set[str]
) -> Iterator[Problem]:
    """The one date lies after the other."""
    end, start = answers.get(rule["field"]), answers.get(rule["other"])
    if rule["other"] not in known or rule["other"] in spoilt or is_blank(end) or is_blank(start):
        return
    if date.fromisoformat(end) <= date.fromisoformat(start):
        yield Problem(rule["field"], rule["message"])


def _sum_equals(
    rule: Mapping[str, Any], answers: Mapping[str, Any], known: Known, spoilt: set[str]
) -> Iterator[Problem]:
    """A table's column adds up to the sum of the fields."""
    parts = [key for key in rule["fields"] if key in known]
    if spoilt.intersection(parts):
        return
    rows = amount(answers, rule["field"], rule["column"])
    total = sum((amount(answers, key, "") for key in parts), Decimal(0))
    if rows != total:
        yield Problem(
            rule["field"],
            _("%(message)s：明细合计 %(rows)s 元，来源合计 %(total)s 元，相差 %(gap)s 元")
            % {
                "message": rule["message"].rstrip("。"),
                "rows": money_text(rows),
                "total": money_text(total),
                "gap": money_text(abs(rows - total)),
            },
        )


def _required_if(
    rule: Mapping[str, Any], answers: Mapping[str, Any], known: Known, spoilt: set[str]
) -> Iterator[Problem]:
    """A field is needed where another has a certain answer."""
    called = rule["other"] in known and answer_code(answers.get(rule["other"])) == rule["equals"]
    if called and is_blank(answers.get(rule["field"])):
        yield Problem(rule["field"], rule["message"])


RULES: dict[str, Callable[..., Iterator[Problem]]] = {
    "after": _after,
    "sum_equals": _sum_equals,
    "required_if": _required_if,
}
