"""The talks about an application, prepared for reading: each proposal with its texts, and the words that changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from forms_app.engine.display import Item
from forms_app.entries.differences import Piece, pieces
from forms_app.models import Adjustment, Answer, Entry
from forms_app.showing import read_fields

TEXTS = ("text", "lines")


@dataclass(frozen=True)
class Side:
    """One text of a proposal.

    Attributes:
        item: the text as it is read.
        pieces: the same with the changed words told apart; empty where it is no text.
    """

    item: Item
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    """One field of one round: what was applied for, what is proposed, what the unit proposes instead (or None)."""

    adjustment: Adjustment
    applied: Side
    proposed: Side
    counter: Side | None


def pending_of(entry: Entry) -> list[Talk]:
    """Return what waits for the unit's answer, in the order of the form."""
    return _read(entry, entry.adjustments.filter(answer=Answer.PENDING))


def rounds_of(entry: Entry) -> list[tuple[int, list[Talk]]]:
    """Return all rounds, the latest first, each in the order of the form."""
    rounds: dict[int, list[Adjustment]] = {}
    for one in entry.adjustments.select_related("proposed_by", "answered_by").order_by("-round"):
        rounds.setdefault(one.round, []).append(one)
    return [(number, _read(entry, found)) for number, found in rounds.items()]


def _read(entry: Entry, found: Iterable[Adjustment]) -> list[Talk]:
    by_key = {one.field_key: one for one in found}
    columns: list[dict[str, Any]] = [
        {key: getattr(one, name) for key, one in by_key.items() if getattr(one, name) is not None}
        for name in ("applied", "proposed", "counter")
    ]
    talks = []
    for applied, proposed, counter in read_fields(entry, by_key, *columns):
        adjustment = by_key[applied.key]
        before, after = _compared(applied, proposed)
        other = None
        if adjustment.answer in (Answer.COUNTERED, Answer.COUNTER_TAKEN):
            other = _compared(proposed, counter)[1]
        talks.append(Talk(adjustment, before, after, other))
    return talks


def _compared(before: Item, after: Item) -> tuple[Side, Side]:
    texts = [one.value if one.shape in TEXTS else None for one in (before, after)]
    if None in texts:
        return Side(before), Side(after)
    left, right = pieces(*texts)
    return Side(before, left), Side(after, right)
