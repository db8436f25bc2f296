"""From the experts' scores to an order of merit. The order is advice; the decision is a record of its own.

Rule: domain section 5 — with five or more valid scores the highest and the lowest are dropped once each, then the mean
to two decimals; equal means are told apart by the untrimmed total.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from forms_app.models import Assignment, Entry, Vote

TRIM_FROM = 5
CENT = Decimal("0.01")


def mean_of(totals: Sequence[Decimal], *, trim_from: int = TRIM_FROM) -> Decimal | None:
    """Return the mean of the experts' totals by the rule, or None without any.

    Args:
        totals: the valid totals, in any order.
        trim_from: from how many totals on the highest and the lowest are dropped.
    """
    if not totals:
        return None
    counted = sorted(totals)
    if len(counted) >= trim_from:
        counted = counted[1:-1]
    return _cents(sum(counted, Decimal(0)) / len(counted))


@dataclass(frozen=True)
class Merit:
    """An entry's valid totals seen from every side; all to two decimals, rounded half up.

    Attributes:
        by_rule: the mean that ranks: trimmed where there are enough totals, plain otherwise.
        mean, median: of all valid totals.
        trimmed: the mean without the highest and the lowest; None where there are too few to trim.
        standard: mean of the experts' standardised scores: how far above or below his own usual each expert put it.
        spread: the highest less the lowest.
        deviation: standard deviation of the totals.
        total: their untrimmed sum, which tells equal means apart.
        count: how many there are.
    """

    by_rule: Decimal
    mean: Decimal
    median: Decimal
    trimmed: Decimal | None
    standard: Decimal
    spread: Decimal
    deviation: Decimal
    total: Decimal
    count: int


Given = Mapping[Hashable, Decimal]


def merits(
    scores: Mapping[Hashable, Given], *, trim_from: int = TRIM_FROM
) -> dict[Hashable, Merit]:
    """Return what the valid totals say of each entry that has any.

    Args:
        scores: entry → expert → his valid total.
        trim_from: from how many totals on the highest and the lowest are dropped.

    An expert's standardised score is (total − his mean) ÷ his standard deviation over the entries he has judged here; who
    has judged one only, or gave everything the same, says nothing of better or worse: 0.
    """
    by_expert: dict[Hashable, list[Decimal]] = {}
    for given in scores.values():
        for expert, total in given.items():
            by_expert.setdefault(expert, []).append(total)
    scale = {expert: (_mean(totals), _deviation(totals)) for expert, totals in by_expert.items()}
    found = {}
    for entry, given in scores.items():
        totals = sorted(given.values())
        if not totals:
            continue
        middle = len(totals) // 2
        standards = [
            (total - scale[expert][0]) / scale[expert][1] if scale[expert][1] else Decimal(0)
            for expert, total in given.items()
        ]
        found[entry] = Merit(
            by_rule=mean_of(totals, trim_from=trim_from),
            mean=_cents(_mean(totals)),
            median=_cents(
                _mean(
                    totals[middle : middle + 1]
                    if len(totals) % 2
                    else totals[middle - 1 : middle + 1]
                )
            ),
            trimmed=mean_of(totals, trim_from=trim_from) if len(totals) >= trim_from else None,
            standard=_cents(_mean(standards)),
            spread=totals[-1] - totals[0],
            deviation=_cents(_deviation(totals)),
            total=sum(totals, Decimal(0)),
            count=len(totals),
        )
    return found


@dataclass(frozen=True)
class Ballot:
    """The votes for an entry, in a call that votes.

    Attributes:
        share: yes in per cent of all valid votes, abstentions included; two decimals.
    """

    yes: int
    no: int
    abstain: int

    @property
    def count(self) -> int:
        """How many valid votes."""
        return self.yes + self.no + self.abstain

    @property
    def share(self) -> Decimal:
        """Yes in per cent; 0 without votes."""
        return _cents(Decimal(100 * self.yes) / (self.count or 1))


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _deviation(numbers: Sequence[Decimal]) -> Decimal:
    """Return the standard deviation of a whole population."""
    mean = _mean(numbers)
    return _mean([(one - mean) ** 2 for one in numbers]).sqrt()


def _cents(number: Decimal) -> Decimal:
    # Without a minus before nothing.
    return number.quantize(CENT, ROUND_HALF_UP) + 0


@dataclass(frozen=True)
class Place:
    """Where something stands in the order: equal merit shares a place, the next one is skipped."""

    place: int
    key: Hashable
    mean: Decimal


def in_order(measures: Mapping[Hashable, tuple[Decimal, Decimal]]) -> list[Place]:
    """Return the places by (what ranks, what tells equals apart), best first."""
    ranked = sorted(
        ((*measure, key) for key, measure in measures.items()),
        key=lambda one: one[:2],
        reverse=True,
    )
    places: list[Place] = []
    for index, (mean, total, key) in enumerate(ranked):
        shares = index > 0 and (mean, total) == ranked[index - 1][:2]
        places.append(Place(places[-1].place if shares else index + 1, key, mean))
    return places


@dataclass(frozen=True)
class ExpertTotal:
    """One expert's total for one entry; what counts is `AssignmentQuerySet.with_standing`'s word.

    Attributes:
        expert_id: key of the expert.
        expert: his name.
        total: the points given so far.
        locked_at: when it was handed in; None while it is a draft.
        recused: whether the expert stays away, so that the total does not count.
        vote: his vote, where the call votes.
        held: whether a same name still waits for the office's word.
    """

    expert_id: int
    expert: str
    total: Decimal
    locked_at: datetime | None
    recused: bool
    vote: str = ""
    held: bool = False

    @property
    def counts(self) -> bool:
        """Whether the total is valid."""
        return self.locked_at is not None and not self.recused and not self.held


def expert_totals(entries: Iterable[Entry]) -> dict[int, list[ExpertTotal]]:
    """Return every expert's total for each entry, by the entry's key (one query)."""
    found: dict[int, list[ExpertTotal]] = {entry.pk: [] for entry in entries}
    # As plain values: a call has thousands of assignments, and few experts.
    rows = list(
        Assignment.objects.filter(entry__in=list(found))
        .with_standing()
        .annotate(total=Sum("review__scores__points"))
        .values_list(
            *("entry", "expert", "expert__name", "review__locked_at", "review__vote"),
            *("total", "recused", "held"),
        )
        .order_by("pk")
    )
    for entry, expert_id, name, locked_at, vote, total, recused, held in rows:
        found[entry].append(
            ExpertTotal(
                expert_id,
                name,
                # SQLite adds up in floating point.
                (total or Decimal(0)).quantize(CENT),
                locked_at,
                recused,
                vote,
                held,
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
    return mean_of(valid_totals([entry])[entry.pk], trim_from=entry.call.trim_from)


def ballot_of(rows: Iterable[ExpertTotal]) -> Ballot:
    """Return the valid votes among the experts' parts."""
    votes = Counter(row.vote for row in rows if row.counts)
    return Ballot(votes[Vote.YES], votes[Vote.NO], votes[Vote.ABSTAIN])
