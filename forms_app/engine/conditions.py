"""Fields and sections that are asked only when another answer calls for them."""

from collections.abc import Collection, Mapping
from typing import Any

from .reading import is_blank, is_raw
from .schema import Schema


def answer_code(answer: Any) -> str:
    """Return an answer as conditions write it: choices by code, yes and no as such; "" for none."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if is_blank(answer) or is_raw(answer) or isinstance(answer, dict) else str(answer)


def meets(answer: Any, equals: str) -> bool:
    """Return whether an answer is the one a condition asks for; of several choices one is enough."""
    if isinstance(answer, list):
        return any(answer_code(one) == equals for one in answer)
    return answer_code(answer) == equals


def holds(
    condition: Mapping[str, str] | None, answers: Mapping[str, Any], asked: Collection[str]
) -> bool:
    """Return whether a condition is fulfilled: none always is, one that rests on a field that is not asked never."""
    return not condition or (
        condition["field"] in asked and meets(answers.get(condition["field"]), condition["equals"])
    )


def active_fields(schema: Schema, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the fields that are asked for these answers; what is hidden by a condition hides what depends on it."""
    active: dict[str, dict[str, Any]] = {}
    for section in schema["sections"]:
        if holds(section.get("only_if"), answers, active):
            for field in section["fields"]:
                if holds(field["options"].get("only_if"), answers, active):
                    active[field["key"]] = field
    return list(active.values())
