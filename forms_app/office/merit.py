"""The order of merit as the office reads it, prints it and takes it to a meeting: figures and all they were made from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from forms_app.review.ranking import (
    Ballot,
    ExpertTotal,
    Merit,
    ballot_of,
    expert_totals,
    in_order,
    merits,
)

from ..models import (
    Assignment,
    CallPage,
    Entry,
    EntryStatus,
    FormerReview,
    Recusal,
    Review,
    Score,
    Vote,
)

# Not yet, or no longer, before the experts.
UNRANKED = (EntryStatus.WITHDRAWN, EntryStatus.RETURNED, EntryStatus.SUBMITTED)


@dataclass
class Row:
    """One entry in the order.

    Attributes:
        place: None where there is no valid score.
        merit: the figures, in a call that scores.
        ballot: the votes, in a call that votes.
        totals: all experts' parts, those that do not count included.
        too_few: whether it has fewer valid scores than the call wants.
        disputed: whether the experts lie further apart than the call thinks right.
    """

    entry: Entry
    place: int | None = None
    merit: Merit | None = None
    ballot: Ballot | None = None
    totals: list[ExpertTotal] = field(default_factory=list)
    too_few: bool = False
    disputed: bool = False


def judged_entries(call: CallPage) -> QuerySet[Entry]:
    """Return the call's entries that are, or have been, before the experts."""
    return (
        call.entries.filter(submitted_at__isnull=False)
        .exclude(status__in=UNRANKED)
        .select_related("unit", "category", "decision")
    )


def order(call: CallPage, among: Iterable[Entry] | None = None) -> list[Row]:
    """Return the call's entries by merit, those without a valid score last (two queries).

    Args:
        among: entries of the call that were read already, by the time they were sent: one query less.
    """
    found_before = judged_entries(call).order_by("submitted_at", "pk") if among is None else among
    entries = {
        entry.pk: entry
        for entry in found_before
        if entry.submitted_at and entry.status not in UNRANKED
    }
    for entry in entries.values():
        entry.call = call
    totals = expert_totals(entries.values())
    valid = {key: [one for one in rows if one.counts] for key, rows in totals.items()}
    if call.votes:
        # Where the call scored before it voted, somebody may have handed in without a vote.
        cast = {key: ballot_of(rows) for key, rows in valid.items()}
        ballots = {key: ballot for key, ballot in cast.items() if ballot.count}
        found: dict[int, Merit] = {}
        places = in_order({key: (one.share, Decimal(one.yes)) for key, one in ballots.items()})
    else:
        ballots = {}
        found = merits(
            {key: {one.expert_id: one.total for one in rows} for key, rows in valid.items()},
            trim_from=call.trim_from,
        )
        places = in_order({key: (one.by_rule, one.total) for key, one in found.items()})
    rows = [
        _row(entries[one.key], one.place, found.get(one.key), ballots.get(one.key), totals[one.key])
        for one in places
    ]
    placed = {row.entry.pk for row in rows}
    return rows + [
        Row(entry, totals=totals[key], too_few=True)
        for key, entry in entries.items()
        if key not in placed
    ]


def _row(
    entry: Entry,
    place: int,
    merit: Merit | None,
    ballot: Ballot | None,
    totals: list[ExpertTotal],
) -> Row:
    call = entry.call
    return Row(
        entry,
        place,
        merit,
        ballot,
        totals,
        too_few=(merit or ballot).count < call.least_scores,
        disputed=bool(merit and merit.count > 1 and merit.spread >= call.disagreement_from),
    )


# --- the records behind it ----------------------------------------------------------------------


@dataclass
class Evidence:
    """Everything one expert did about one entry, as the score sheet prints it.

    Attributes:
        counted: "" where the score counts, else why not.
        points: one by criterion, in the rubric's order; None where there is none.
    """

    assignment: Assignment
    points: list[Decimal | None]
    total: Decimal | None
    vote: str
    counted: str
    former: list[FormerReview]


@dataclass
class Record:
    """One entry on the score sheet."""

    row: Row
    evidence: list[Evidence]
    recusals: list[Recusal]


def records(call: CallPage, *, entry: Entry | None = None) -> tuple[list[str], list[Record]]:
    """Return the rubric's criteria, and for each entry every score with who and when, former ones and recusals.

    Args:
        entry: only this one; its place is that among all.

    Nine queries, whatever the number of entries.
    """
    rows = [row for row in order(call) if entry is None or row.entry.pk == entry.pk]
    criteria = (
        []
        if call.votes or not call.rubric_id
        else list(call.rubric.criteria.order_by("order", "pk"))
    )
    keys = [row.entry.pk for row in rows]
    given: dict[int, list[Assignment]] = {key: [] for key in keys}
    # Plain values: seven points from each of five experts make tens of thousands in a large call.
    points: dict[int, dict[int, Decimal]] = {}
    scores = Score.objects.filter(review__assignment__entry__in=keys).order_by("criterion__order")
    for review, criterion, number in scores.values_list("review", "criterion", "points"):
        points.setdefault(review, {})[criterion] = number
    reviews = Review.objects.select_related("version").prefetch_related(
        Prefetch("former", FormerReview.objects.select_related("version", "reopened_by")),
    )
    for one in (
        Assignment.objects.filter(entry__in=keys)
        .with_standing()
        .select_related("expert", "assigned_by")
        .prefetch_related(Prefetch("review", reviews))
        .order_by("entry", "pk")
    ):
        given[one.entry_id].append(one)
    away: dict[int, list[Recusal]] = {key: [] for key in keys}
    for one in Recusal.objects.filter(entry__in=keys).select_related("expert", "recorded_by"):
        away[one.entry_id].append(one)
    found = []
    for row in rows:
        key = row.entry.pk
        evidence = [_evidence(one, points.get(one.review.pk, {}), criteria) for one in given[key]]
        found.append(Record(row, evidence, away[key]))
    return [line.name for line in criteria], found


def _evidence(assignment: Assignment, points: dict[int, Decimal], criteria: list) -> Evidence:
    review = assignment.review
    locked = review.locked_at is not None
    if assignment.recused:
        why = _("回避，不计")
    elif assignment.held:
        why = _("同名待认定，不计")
    elif not locked:
        why = _("未提交，不计")
    else:
        why = ""
    return Evidence(
        assignment,
        [points.get(line.pk) if locked else None for line in criteria],
        sum(points.values(), Decimal(0)) if locked and criteria else None,
        Vote(review.vote).label if review.vote and locked else "",
        why,
        list(review.former.all()),
    )
