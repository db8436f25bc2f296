"""Coverage: which disciplinary colleges have not applied in a year, who is exempt, and reminding exactly the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.dates import day_and_time
from portal.lifecycle.door import Refused
from portal.lifecycle.office import only_the_office
from portal.messaging.posting import post
from portal.units.models import Post, Unit, User
from portal.units.permissions import holders

from . import messages
from .models import CallPage, CallReminder, Entry, EntryStatus, Exemption, FormKind, ProgrammeYear


@dataclass(frozen=True)
class College:
    """How one disciplinary college stands in a year.

    Attributes:
        entry: what it handed in, or its draft; None where there is nothing.
        exemption: why it need not apply, or None.
        until: its extension, where it has one.
        reminded_on: when it was last reminded, or None.
    """

    unit: Unit
    entry: Entry | None
    exemption: Exemption | None
    until: date | None
    reminded_on: date | None

    @property
    def has_applied(self) -> bool:
        """Whether an application has reached the school union."""
        return self.entry is not None and self.entry.submitted_at is not None

    @property
    def is_missing(self) -> bool:
        """Whether coverage waits for it."""
        return not self.has_applied and self.exemption is None


@dataclass(frozen=True)
class YearCoverage:
    """All disciplinary colleges of a year, those that are missing first.

    Attributes:
        call: the call to be reminded of: the year's latest for applications; None before the first.
    """

    year: ProgrammeYear
    call: CallPage | None
    colleges: list[College]

    @property
    def missing(self) -> list[College]:
        """Those that have neither applied nor been exempted."""
        return [one for one in self.colleges if one.is_missing]

    @property
    def total(self) -> int:
        """The denominator: active disciplinary colleges less exemptions."""
        return sum(one.exemption is None or one.has_applied for one in self.colleges)

    @property
    def applied(self) -> int:
        """How many have applied."""
        return sum(one.has_applied for one in self.colleges)

    @property
    def is_late(self) -> bool:
        """Whether the call has closed."""
        return self.call is not None and timezone.now() > self.call.closes_at


def call_of(year: ProgrammeYear) -> CallPage | None:
    """Return the year's latest call for applications, or None (one query)."""
    return (
        year.calls.filter(kind=FormKind.APPLICATION)
        .live()
        .order_by("-closes_at", "-pk")
        .select_related("programme_year")
        .first()
    )


def coverage_of(year: ProgrammeYear) -> YearCoverage:
    """Return how the disciplinary colleges stand in a year (six queries)."""
    colleges = list(Unit.objects.disciplinary())
    call = call_of(year)
    entries: dict[int, Entry] = {}
    for entry in (
        Entry.objects.filter(call__programme_year=year, kind=FormKind.APPLICATION)
        .filter(unit__in=colleges)
        .exclude(status=EntryStatus.WITHDRAWN)
        .defer("answers")
        .order_by("pk")
    ):
        known = entries.get(entry.unit_id)
        if known is None or known.submitted_at is None:
            entries[entry.unit_id] = entry
    exemptions = {one.unit_id: one for one in year.exemptions.select_related("granted_by")}
    extended: dict[int, date] = {}
    reminded: dict[int, date] = {}
    if call:
        extended = dict(call.extensions.values_list("unit", "until"))
        last = call.reminders.order_by().values_list("unit").annotate(last=Max("sent_on"))
        reminded = dict(last)
    found = [
        College(
            unit,
            entries.get(unit.pk),
            exemptions.get(unit.pk),
            extended.get(unit.pk),
            reminded.get(unit.pk),
        )
        for unit in colleges
    ]
    return YearCoverage(year, call, sorted(found, key=lambda one: not one.is_missing))


def exempt(year: ProgrammeYear, *, unit: Unit, actor: User, reason: str) -> Exemption:
    """Exempt a disciplinary college from a year's coverage, or change the reason.

    Raises:
        Refused: no reason, not a disciplinary college, or not the office.
    """
    only_the_office(actor)
    if not reason.strip():
        raise Refused(_("请写明豁免的原因。"), code="guard")
    if not unit.is_disciplinary:
        raise Refused(_("只有学科性学院需要豁免。"), code="guard")
    given, _created = Exemption.objects.update_or_create(
        programme_year=year,
        unit=unit,
        defaults={"reason": reason, "granted_by": actor, "granted_at": timezone.now()},
    )
    return given


def end_exemption(year: ProgrammeYear, *, unit: Unit, actor: User) -> None:
    """Take an exemption back.

    Raises:
        Refused: not the office.
    """
    only_the_office(actor)
    year.exemptions.filter(unit=unit).delete()


def remind_missing(year: ProgrammeYear, *, actor: User) -> list[Unit]:
    """Remind the colleges that have neither applied nor been exempted, each once a day at most.

    Before the deadline they are asked to apply, after it to speak with the office; whoever has an extension counts as
    before it until that has run out.

    Returns:
        The units reminded by this call.

    Raises:
        Refused: the year has no call that has begun, or not the office.

    Side effects: a CallReminder for each unit, messages to its officers and chair.
    """
    only_the_office(actor)
    standing = coverage_of(year)
    if standing.call is None or timezone.now() < standing.call.opens_at:
        raise Refused(_("申报还没有开始，开始以后才能提醒。"), code="wrong_state")
    today = timezone.localdate()
    reminded = []
    with transaction.atomic():
        for college in standing.missing:
            _row, is_new = CallReminder.objects.get_or_create(
                call=standing.call, unit=college.unit, sent_on=today, defaults={"sent_by": actor}
            )
            if is_new:
                _tell(standing.call, [college], today)
                reminded.append(college.unit)
    return reminded


def _tell(call: CallPage, colleges: Iterable[College], today: date) -> None:
    for college in colleges:
        until = max(call.closes_at, college.until or call.closes_at)
        late = timezone.now() > until
        post(
            messages.CALL_REMINDER_LATE if late else messages.CALL_REMINDER,
            to=holders(college.unit, Post.OFFICER, Post.CHAIR),
            about=f"call:{call.pk}:{college.unit.pk}:{today:%Y%m%d}",
            path=reverse("workspace:due") if late else reverse("forms_app:start", args=[call.pk]),
            call=call.title,
            year=call.programme_year.year,
            unit=str(college.unit),
            until=day_and_time(until),
        )
