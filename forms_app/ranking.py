"""From the experts' scores to an order of merit. The order is advice; the decision is a record of its own.

Rule: domain section 5 — with five or more valid scores the highest and the lowest are dropped once each, then the mean
to two decimals; equal means are told apart by the untrimmed total.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef, Sum

from portal.units.models import User

from .models import Assignment, Entry, Recusal

TRIM_FROM = 5
CENT = Decimal("0.01")


def mean_of(totals: Sequence[Decimal]) -> Decimal | None:
    """Return the mean of the experts' totals by the rule, or None without any.

    Args:
        totals: the valid totals, in any order.
    """
    if not totals:
        return None
    counted = sorted(totals)
    if len(counted) >= TRIM_FROM:
        counted = counted[1:-1]
    return (sum(counted, Decimal(0)) / len(counted)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Place:
    """Where something stands in the order: equal merit shares a place, the next one is skipped."""

    place: int
    key: Hashable
    mean: Decimal


def order_of_merit(totals: Mapping[Hashable, Sequence[Decimal]]) -> list[Place]:
    """Return the places, best first; what has no valid score has no place.

    Args:
        totals: what is ranked → its valid totals.
    """
    merits = sorted(
        ((mean_of(given), sum(given), key) for key, given in totals.items() if given),
        key=lambda merit: merit[:2],
        reverse=True,
    )
    places: list[Place] = []
    for index, (mean, total, key) in enumerate(merits):
        shares = index > 0 and (mean, total) == merits[index - 1][:2]
        places.append(Place(places[-1].place if shares else index + 1, key, mean))
    return places


@dataclass(frozen=True)
class ExpertTotal:
    """One expert's total for one entry.

    Attributes:
        expert: the expert.
        total: the points given so far.
        locked_at: when it was handed in; None while it is a draft.
        recused: whether the expert stays away, so that the total does not count.
    """

    expert: User
    total: Decimal
    locked_at: datetime | None
    recused: bool

    @property
    def counts(self) -> bool:
        """Whether the total is valid."""
        return self.locked_at is not None and not self.recused


def expert_totals(entries: Iterable[Entry]) -> dict[int, list[ExpertTotal]]:
    """Return every expert's total for each entry, by the entry's key (one query)."""
    found: dict[int, list[ExpertTotal]] = {entry.pk: [] for entry in entries}
    rows = (
        Assignment.objects.filter(entry__in=list(found))
        .select_related("expert", "review")
        .annotate(
            total=Sum("review__scores__points"),
            recused=Exists(
                Recusal.objects.filter(entry=OuterRef("entry"), expert=OuterRef("expert"))
            ),
        )
    )
    for row in rows:
        found[row.entry_id].append(
            ExpertTotal(
                row.expert,
                # SQLite adds up in floating point.
                (row.total or Decimal(0)).quantize(CENT),
                row.review.locked_at,
                row.recused,
            )
        )
    return found


def valid_totals(entries: Iterable[Entry]) -> dict[int, list[Decimal]]:
    """Return the totals that count, by the entry's key (one query)."""
    return {
        key: [row.total for row in rows if row.counts]
        for key, rows in expert_totals(entries).items()
    }


def mean_score(entry: Entry) -> Decimal | None:
    """Return the mean of an entry's valid totals by the rule, 0 to 100, or None without any (one query)."""
    return mean_of(valid_totals([entry])[entry.pk])
