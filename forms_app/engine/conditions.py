"""Fields that are asked only when another answer calls for them."""

from collections.abc import Mapping
from typing import Any

from .reading import is_blank, is_raw
from .schema import Schema, fields_of


def answer_code(answer: Any) -> str:
    """Return an answer as conditions write it: choices by code, yes and no as such; "" for none."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if is_blank(answer) or is_raw(answer) or isinstance(answer, dict) else str(answer)


def active_fields(schema: Schema, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the fields that are asked for these answers; a field hidden by its condition hides what depends on it."""
    active: dict[str, dict[str, Any]] = {}
    for field in fields_of(schema):
        condition = field["options"].get("only_if")
        if not condition or (
            condition["field"] in active
            and answer_code(answers.get(condition["field"])) == condition["equals"]
        ):
            active[field["key"]] = field
    return list(active.values())
