"""What the reports of a year are made of, each read once, however many of them ask."""

from datetime import datetime
from decimal import Decimal
from functools import cached_property

from forms_app.covering import YearCoverage, coverage_of
from forms_app.entries.deadlines import Deadlines
from forms_app.models import (
    CallPage,
    Category,
    Entry,
    EntryStatus,
    FormKind,
    ProgrammeYear,
)
from forms_app.models.status import CLOSED
from forms_app.office.queues import budget_left
from portal.units.models import Unit

from ..models import Award, Project
from ..public.award_list import awards_of
from .records import ProjectRecord, records_of

IN_SCHOOL_ORDER = ("unit__order", "unit__code", "pk")


class YearFacts:
    """A programme year, as reports ask for it."""

    def __init__(self, year: ProgrammeYear) -> None:
        self.year = year

    @cached_property
    def calls(self) -> dict[int, CallPage]:
        """The calls of the year by key, the earliest first."""
        calls = CallPage.objects.filter(programme_year=self.year).select_related("rubric")
        return {call.pk: call for call in calls.order_by("opens_at", "pk")}

    @cached_property
    def applications(self) -> list[Entry]:
        """What was applied for: received and not withdrawn, as the office's list counts it, in the school's own order."""
        received = (
            Entry.objects.filter(kind=FormKind.APPLICATION, call__in=list(self.calls))
            .filter(submitted_at__isnull=False)
            .exclude(status=EntryStatus.WITHDRAWN)
            .select_related("unit", "category", "decision")
        )
        return self._of_calls(received.order_by(*IN_SCHOOL_ORDER))

    @cached_property
    def open_applications(self) -> list[Entry]:
        """Applications whose end is open, drafts included, without their answers."""
        under_way = (
            Entry.objects.filter(kind=FormKind.APPLICATION, call__in=list(self.calls))
            .exclude(status__in=CLOSED)
            .select_related("unit", "category", "decision__notice")
            .defer("answers")
        )
        return self._of_calls(under_way.order_by(*IN_SCHOOL_ORDER))

    def _of_calls(self, entries: "list[Entry]") -> list[Entry]:
        found = list(entries)
        for entry in found:
            entry.call = self.calls[entry.call_id]
        return found

    @cached_property
    def records(self) -> list[ProjectRecord]:
        """The projects of the year, by their numbers."""
        return records_of(Project.objects.filter(programme_year=self.year).order_by("serial"))

    @cached_property
    def coverage(self) -> YearCoverage:
        """How the disciplinary colleges stand."""
        return coverage_of(self.year)

    @cached_property
    def categories(self) -> list[Category]:
        """The programme's categories, in their order."""
        return list(Category.objects.all())

    @cached_property
    def awards(self) -> list[Award]:
        """The awards the public reads, by level and number."""
        return awards_of(self.year)

    @cached_property
    def budget_left(self) -> Decimal:
        """What is left of the year's budget after the grants in force, in 元."""
        return budget_left(self.year)

    @cached_property
    def _deadlines(self) -> Deadlines:
        return Deadlines(call__in=list(self.calls))

    @cached_property
    def summary_call(self) -> CallPage | None:
        """The call that collects the year's summaries: the latest that is public; None before the first."""
        calls = [one for one in self.calls.values() if one.kind == FormKind.SUMMARY and one.live]
        return calls[-1] if calls else None

    def deadline(self, call: CallPage, unit: Unit) -> datetime:
        """Return when a call closes for a unit, as `CallPage.deadline_for` does for one (one query for all)."""
        return self._deadlines.of(call, unit)
