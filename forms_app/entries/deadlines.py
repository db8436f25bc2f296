"""When calls close for units, extensions included, and how a unit stands with a call; told here for all who ask."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from forms_app.models import CallPage, Entry, Extension
from forms_app.models.status import EntryStatus
from portal.units.models import Unit

# An entry that a unit has given up, or that was turned down, takes no place of its limit.
NO_LONGER_COUNTED = (EntryStatus.WITHDRAWN, EntryStatus.REJECTED)


class Deadlines:
    """When calls close for units, their extensions read once.

    Args:
        of: which extensions are read, such as `unit__in` or `call__in`.
    """

    def __init__(self, **of: Iterable[Any]) -> None:
        found = Extension.objects.filter(**of)
        self._extended = {(one.call_id, one.unit_id): one.until for one in found}

    def of(self, call: CallPage, unit: Unit) -> datetime:
        """Return when a call closes for a unit, as `CallPage.deadline_for` says for one."""
        return max(call.closes_at, self._extended.get((call.pk, unit.pk), call.closes_at))


def counted(call: CallPage, unit: Unit) -> QuerySet[Entry]:
    """Return the unit's entries in a call that take a place of its limit, drafts included."""
    return Entry.objects.filter(call=call, unit=unit).exclude(status__in=NO_LONGER_COUNTED)
