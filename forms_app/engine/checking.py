"""What is missing or wrong in a set of answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .conditions import active_fields
from .kinds import kind_of
from .reading import is_blank
from .rules import RULES
from .schema import Schema, fields_of


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
    """Return everything that keeps a form from being sent, in the order of its fields and their rows; asks no database.

    Args:
        answers: neutral answers.
        attachments: the entry's Attachment rows.
    """
    order = {field["key"]: number for number, field in enumerate(fields_of(schema))}
    found = _check(schema, answers, attachments, sending=True)
    return sorted(found, key=lambda one: (order[one.field_key], -1 if one.row is None else one.row))


def mistakes(
    schema: Schema, answers: Mapping[str, Any], attachments: Iterable[Any] = ()
) -> list[Problem]:
    """Return only what is wrong already in a draft; none of it keeps the draft from being saved.

    That is what cannot be read, maxima that are passed, and what the form needs from the beginning (`needed_at_once`).
    """
    return list(_check(schema, answers, attachments, sending=False))


def warnings(schema: Schema, answers: Mapping[str, Any]) -> list[Problem]:
    """Return what deserves a second look but forbids nothing: words that a budget should not name, rules that only advise."""
    active = {field["key"]: field for field in active_fields(schema, answers)}
    return [
        *(
            Problem(warning["field"], f"{warning['message']}（{'、'.join(found)}）")
            for warning in schema.get("warnings", [])
            if (field := active.get(warning["field"]))
            and (found := words_found(warning, field, answers.get(field["key"])))
        ),
        *_judged(schema, answers, active, set(), advice=True),
    ]


def words_found(warning: Mapping[str, Any], field: dict[str, Any], answer: Any) -> list[str]:
    """Return the words of a warning that stand in an answer as it is read, whatever its kind.

    Args:
        field: the one the warning is about.
    """
    text = _text(field, answer)
    return [word for word in warning["words"] if word in text]


def _text(field: dict[str, Any], answer: Any) -> str:
    """Return what is read in an answer: a table's cells and what was chosen included, the names of files not."""
    if is_blank(answer):
        return ""
    shape, value = kind_of(field).shown(answer, field, {})
    if shape == "table":
        return "\n".join(cell["text"] for row in value["rows"] for cell in row)
    if shape in ("files", "pictures"):
        return ""
    return "\n".join(value) if isinstance(value, list) else str(value)


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
        yield from _judged(schema, answers, known, spoilt, advice=False)


def _judged(
    schema: Schema,
    answers: Mapping[str, Any],
    known: Mapping[str, dict[str, Any]],
    spoilt: set[str],
    *,
    advice: bool,
) -> Iterator[Problem]:
    """Yield what the rules say: those that only advise, or the others."""
    for rule in schema.get("rules", []):
        if rule.get("advice", False) != advice:
            continue
        for key, fault in RULES[rule["kind"]].judge(rule, answers, known, spoilt):
            # A row of a table can be judged whatever is missing in the others.
            if key not in spoilt or fault.row is not None:
                yield Problem(key, fault.message, fault.row, fault.column)


def _faults(
    field: dict[str, Any], answer: Any, files: Mapping[int, Any], *, sending: bool
) -> Iterator[Any]:
    kind = kind_of(field)
    if not kind.answered:
        return
    answer = kind.held(answer, files)
    if is_blank(answer):
        if field["required"] and (sending or field["options"].get("needed_at_once")):
            yield kind.absent(field)
        return
    yield from kind.mistakes(answer, field, files)
    if sending:
        yield from kind.gaps(answer, field, files)
