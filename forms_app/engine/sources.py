"""What the engine asks other rooms for: lists to choose from, and values to fill in beforehand.

The application room registers "categories" and "units"; `brands` registers "own_projects" and what summaries copy.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise

from .context import FillingContext


class Choices(NamedTuple):
    """A registered list: what can be chosen in a context, and how chosen codes are called."""

    offered: Callable[[FillingContext], Iterable[tuple[str, str]]]
    labels: Callable[[Iterable[str]], Mapping[str, str]]


_choices: dict[str, Choices] = {}
_codes: dict[str, Callable[[Any], str]] = {}
_entries: dict[str, Callable[[str, Any], int | None]] = {}
_prefills: dict[str, Callable[[FillingContext], Any]] = {}
_called: dict[str, str | Promise] = {}
# "approved.goals" is the answer to `goals` in what was approved.
APPROVED = "approved"


def register_choices(
    name: str,
    offered: Callable[[FillingContext], Iterable[tuple[str, str]]],
    labels: Callable[[Iterable[str]], Mapping[str, str]],
) -> None:
    """Register a list to choose from.

    Args:
        name: what fields call it, e.g. "own_projects".
        offered: context → (code, label) pairs that can be chosen; may be empty.
        labels: codes → {code: label}, also for codes that are no longer offered; asked once per display.
    """
    _choices[name] = Choices(offered, labels)


def register_prefill(
    name: str, value: Callable[[FillingContext], Any], *, label: str | Promise = ""
) -> None:
    """Register a value that is filled in beforehand.

    Args:
        name: what fields call it in their option `prefill` (typed fields) or `name` (computed fields).
        value: context → neutral answer of the field's kind, or None where there is nothing to fill in. "approved" gives
            all answers of the approved form, by code; fields ask for one of them as "approved.<code>".
        label: what the office calls it when it designs a form.
    """
    _prefills[name] = value
    _called[name] = label


def offered_sources() -> list[tuple[str, str]]:
    """Return (code, what the office calls it) of the registered values."""
    return [(name, str(_called[name] or name)) for name in _prefills if name != APPROVED]


def source_code(name: str) -> str:
    """Return the code of a value the office calls by its name; the name itself where nothing is called so."""
    name = name.strip()
    return {label: code for code, label in offered_sources()}.get(name, name)


def register_code_of_entry(name: str, code: Callable[[Any], str]) -> None:
    """Register how an earlier entry is found in a list: entry → its code in the list of that name, "" where it has none."""
    _codes[name] = code


def code_of_entry(name: str, entry: Any) -> str:
    """Return the code of an earlier entry in a list; "" where it has none or no room has registered it."""
    return _codes[name](entry) if name in _codes else ""


def register_entry_of_code(name: str, entry: Callable[[str, Any], int | None]) -> None:
    """Register the inverse: (code, unit) → the key of the unit's entry behind a code of a list, None where it has none."""
    _entries[name] = entry


def entry_of_code(name: str, code: str, unit: Any) -> int | None:
    """Return the key of a unit's earlier entry behind a code; None where there is none or no room has registered it."""
    return _entries[name](code, unit) if name in _entries else None


def choices_in(context: FillingContext, name: str) -> list[tuple[str, str]]:
    """Return what can be chosen, asked once per context; nothing where no room has registered the list."""
    if name not in context.asked:
        context.asked[name] = list(_choices[name].offered(context)) if name in _choices else []
    return context.asked[name]


def labels(name: str, codes: Iterable[str]) -> Mapping[str, str]:
    """Return how codes are called; codes nobody knows are missing."""
    wanted = sorted(set(codes))
    return _choices[name].labels(wanted) if wanted and name in _choices else {}


def prefill(name: str, context: FillingContext) -> Any:
    """Return the value to fill in beforehand, or None; asked once per context."""
    whole, _dot, key = name.partition(".")
    if whole == APPROVED and key:
        return (prefill(APPROVED, context) or {}).get(key)
    if name not in context.given:
        context.given[name] = _prefills[name](context) if name in _prefills else None
    return context.given[name]
