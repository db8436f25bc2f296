"""Saving what somebody typed beside what others saved: different fields are brought together, the same field is left to choose."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.units.models import User

from .columns import take_columns
from .engine.forms import build_form
from .filling import COLUMNS, context_of, lock_to_fill, schema_of, stamp
from .merging import Merge, fingerprint, merge, still_seen
from .models import Entry


@dataclass(frozen=True)
class Page:
    """The page somebody types on.

    Attributes:
        name: drawn at random when the page was made.
        seen: `merging.fingerprint` of the answers it showed before he typed; None where it does not say.
        save_count: the entry's `save_count` it showed.
    """

    name: str = ""
    seen: str | None = None
    save_count: int = -1


@dataclass(frozen=True)
class Outcome:
    """What became of a save.

    Attributes:
        entry: as saved.
        seen: what the page goes on with.
        taken: fields others had changed, which the page does not show yet.
        conflicts: fields both had changed; the others' answers stand until somebody chooses.
        by: who saved what was met; None where nothing was met.
    """

    entry: Entry
    seen: str
    taken: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    by: User | None = None


def save_beside(entry: Entry, *, answers: dict[str, Any], page: Page, actor: User) -> Outcome:
    """Keep what somebody typed without losing what others saved since he opened his page.

    Fields that only he changed are saved, fields that only others changed stay as they saved them, and fields that both
    changed are left as saved and named, for him to choose.

    Args:
        entry: the entry, possibly stale.
        answers: neutral answers, all of them, as his page shows them.
        page: the page they stand on.
        actor: the unit's officer or chair.

    Raises:
        Refused: not this person's, or not editable now.

    Side effects: the entry's answers, its columns, `save_count`, `saved_at`, `saved_by` and `saved_from`. Nothing where
    there is nothing new.
    """
    with transaction.atomic():
        locked = lock_to_fill(entry, actor)
        met_by = locked.saved_by
        found = _bring_together(locked, answers, page)
        seen = still_seen(answers, found.conflicts, _base(locked, page))
        met = bool(found.taken or found.conflicts)
        if found.answers != locked.answers or not locked.saved_at:
            before, locked.answers = locked.answers, found.answers
            if any(before.get(key) != found.answers.get(key) for key in COLUMNS):
                take_columns(locked, found.answers)
            locked.saved_from = {"page": page.name, "seen": seen} if page.name else {}
            stamp(locked, actor, timezone.now())
    return Outcome(locked, seen, found.taken, found.conflicts, met_by if met else None)


def _base(entry: Entry, page: Page) -> str | None:
    """Return what the page showed when it was last saved: by our own record where its last answer may have been lost."""
    if page.name and entry.saved_from.get("page") == page.name:
        return entry.saved_from["seen"]
    if page.seen is None and page.save_count == entry.save_count:
        return fingerprint(entry.answers)
    return page.seen


def _bring_together(entry: Entry, answers: dict[str, Any], page: Page) -> Merge:
    found = merge(
        entry.form_version.schema, mine=answers, saved=entry.answers, seen=_base(entry, page)
    )
    if not found.taken and not found.conflicts:
        return Merge(answers)
    # Sums are those of the outcome, not of either side.
    summed = build_form(schema_of(entry), answers=found.answers, context=context_of(entry)).answers
    return Merge(summed, found.taken, found.conflicts)
