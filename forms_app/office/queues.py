"""What waits for the office: named questions to the entries, asked by the desk, the call's overview and the verbs for many."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from portal.units.models import Unit, UnitKind

from ..models import (
    OPEN_OBJECTION,
    Assignment,
    CallPage,
    Decision,
    Entry,
    EntryStatus,
    FormKind,
    Objection,
    Outcome,
    ProgrammeYear,
)

# Decisions that take from the year's budget: those in force, and the drafts that would.
IN_FORCE = Q(
    entry__kind=FormKind.APPLICATION,
    entry__status__in=[EntryStatus.IN_NOTICE, EntryStatus.APPROVED],
    outcome=Outcome.ESTABLISH,
)
DRAFTED = Q(entry__status=EntryStatus.DECIDING, released_at__isnull=True)


def _assignments_that_count() -> QuerySet[Assignment]:
    """Return the assignments of the outer entry whose experts need not stay away."""
    return Assignment.objects.to_judge().filter(entry=OuterRef("pk"))


def reviewed(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the entries under review that every assigned expert has finished."""
    return entries.filter(
        Exists(_assignments_that_count()),
        ~Exists(_assignments_that_count().filter(review__locked_at__isnull=True)),
        status=EntryStatus.IN_REVIEW,
    )


def unfinished_assignments(call: CallPage | None = None) -> QuerySet[Assignment]:
    """Return the assignments of running reviews that their experts see and have not handed in: a call's, or all."""
    of_call = {} if call is None else {"entry__call": call}
    return (
        Assignment.objects.to_judge()
        .filter(entry__status=EntryStatus.IN_REVIEW, review__locked_at__isnull=True, **of_call)
        .select_related("expert")
    )


def too_few_experts(call: CallPage) -> QuerySet[Entry]:
    """Return the entries under review with fewer experts than the call asks for."""
    standing_by = (
        _assignments_that_count().order_by().values("entry").annotate(n=Count("pk")).values("n")
    )
    return call.entries.filter(status=EntryStatus.IN_REVIEW).exclude(
        Exists(standing_by.filter(n__gte=call.experts_per_entry))
    )


def notices_run_out(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the entries whose public notice has run out."""
    return entries.filter(
        status=EntryStatus.IN_NOTICE, decision__notice__ends_on__lt=timezone.localdate()
    )


def open_objections() -> QuerySet[Objection]:
    """Return the objections that wait for their conclusion."""
    return Objection.objects.filter(status__in=OPEN_OBJECTION).select_related(
        "entry__unit", "entry__call"
    )


def counts_by_status(call: CallPage) -> dict[str, int]:
    """Return how many entries of a call are in each state (one query)."""
    rows = call.entries.order_by().values_list("status").annotate(n=Count("pk"))
    return dict(rows)


def silent_units(call: CallPage) -> QuerySet[Unit]:
    """Return the active units the call admits that have handed nothing in, each with `begun`."""
    kinds = {
        UnitKind.COLLEGE: call.for_colleges,
        UnitKind.DEPARTMENT: call.for_departments,
        UnitKind.ASSOCIATION: call.for_associations,
    }
    own = call.entries.filter(unit=OuterRef("pk")).exclude(status=EntryStatus.WITHDRAWN)
    return (
        Unit.objects.active()
        .filter(kind__in=[kind for kind, admitted in kinds.items() if admitted])
        .exclude(Exists(own.filter(submitted_at__isnull=False)))
        .annotate(begun=Exists(own))
    )


def budget_left(year: ProgrammeYear) -> Decimal:
    """Return what is left of the year's budget after the grants in force, in 元 (one query)."""
    return _less(year, IN_FORCE)


def left_with_drafts(year: ProgrammeYear, *, except_for: Iterable[int]) -> Decimal:
    """Return the same with what pending decisions would grant taken off too, in 元 (one query).

    Args:
        except_for: keys of entries whose drafts do not count.
    """
    return _less(year, IN_FORCE | (DRAFTED & ~Q(entry__in=list(except_for))))


def _less(year: ProgrammeYear, which: Q) -> Decimal:
    decisions = Decision.objects.filter(which, entry__call__programme_year=year)
    return year.budget - (decisions.aggregate(sum=Sum("amount_granted"))["sum"] or Decimal(0))
