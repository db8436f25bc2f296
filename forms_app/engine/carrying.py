"""Taking answers from one version of a form to another without losing any.

An answer that the newer version does not ask for, or cannot hold as it was, is kept under `<code>@<version>`: the answer
to a question as that version asked it. It comes back when a later version asks the question again.
"""

from collections.abc import Mapping
from typing import Any

from .comparing import renamed
from .kinds import kind_of
from .reading import is_blank
from .schema import Schema, fields_of

MARK = "@"
Spec = Mapping[str, Any]


def carry(
    answers: Mapping[str, Any], schemas: Mapping[int, Schema], *, start: int, end: int
) -> dict[str, Any]:
    """Return answers as another version of their form holds them.

    Args:
        answers: neutral answers, kept ones included.
        schemas: the schemas of the form's versions, by number; at least those of `start` and `end`.
        start, end: the version the answers are written in, and the one they are wanted in.
    """
    fields = {number: _by_key(schema) for number, schema in schemas.items()}
    kept = {key: answer for key, answer in answers.items() if MARK in key}
    found: dict[str, Any] = {}
    for key, answer in answers.items():
        if MARK in key:
            continue
        spec, number = fields[start].get(key), start
        if spec is None:
            found[key] = answer
            continue
        original = _original(key, answer, spec, kept, fields)
        if original:
            # Untouched since it was converted: what was written at first is the fuller answer.
            number, spec, answer = *original, kept.pop(f"{key}{MARK}{original[0]}")
        new = _asked(key, number, schemas, end, fields)
        value = _converted(answer, spec, new)
        if new and not is_blank(value):
            found[new["key"]] = value
        if value != answer and _was_typed(spec):
            kept[f"{key}{MARK}{number}"] = answer
    _bring_back(found, kept, schemas, end, fields)
    return {**found, **kept}


def _bring_back(
    found: dict[str, Any],
    kept: dict[str, Any],
    schemas: Mapping[int, Schema],
    end: int,
    fields: Mapping[int, Mapping[str, Spec]],
) -> None:
    """Answer questions that are asked again with what was kept, the newest first."""
    for name in sorted(kept, key=kept_version, reverse=True):
        key, number = name.partition(MARK)[0], kept_version(name)
        old = fields.get(number, {}).get(key)
        new = _asked(key, number, schemas, end, fields) if old else None
        if old and new and new["key"] not in found:
            value = _converted(kept[name], old, new)
            if not is_blank(value):
                found[new["key"]] = value
            if value == kept[name]:
                del kept[name]


def _was_typed(spec: Spec) -> bool:
    """Return whether somebody answered the field; of a kind that is gone nobody knows, so what it holds is kept."""
    return kind_of(spec).answered or not kind_of(spec).code


def kept_version(name: str) -> int:
    """Return the number of the version that asked a kept answer's question."""
    number = name.partition(MARK)[2]
    return int(number) if number.isdigit() else 0


def _by_key(schema: Schema) -> dict[str, Spec]:
    return {one["key"]: one for one in fields_of(schema)}


def _asked(
    key: str,
    number: int,
    schemas: Mapping[int, Schema],
    end: int,
    fields: Mapping[int, Mapping[str, Spec]],
) -> Spec | None:
    """Return the field that asks the question of a field of version `number` in version `end`; None where none does."""
    return fields[end].get(renamed(schemas[number], schemas[end]).get(key, key))


def _converted(answer: Any, old: Spec, new: Spec | None) -> Any:
    return kind_of(new).taken_over(answer, new, old, kind_of(old)) if new else None


def _original(
    key: str,
    answer: Any,
    spec: Spec,
    kept: Mapping[str, Any],
    fields: Mapping[int, Mapping[str, Spec]],
) -> tuple[int, Spec] | None:
    """Return (version, field) of the kept answer that this one was converted from and still equals; None without one."""
    names = [name for name in kept if name.partition(MARK)[0] == key]
    for name in sorted(names, key=kept_version, reverse=True):
        old = fields.get(kept_version(name), {}).get(key)
        if old and _converted(kept[name], old, spec) == answer:
            return kept_version(name), old
    return None
