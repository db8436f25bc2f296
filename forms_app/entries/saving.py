"""Saving what somebody typed beside what others saved: different fields are brought together, the same field is left to choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from forms_app.engine.forms import with_computed
from forms_app.models import Entry
from forms_app.models.columns import COLUMNS, take_columns
from portal.units.models import User

from .filling import context_without_files, lock_to_fill
from .merging import fingerprint, merge, still_seen


@dataclass(frozen=True)
class Page:
    """The page somebody types on.

    Attributes:
        name: drawn at random when the page was made.
        seen: `merging.fingerprint` of the answers it showed before he typed; None where it does not say.
        save_count: the entry's `save_count` it showed.
        has_chosen: whether its person has just chosen between what it shows and what was saved; `seen` then says what
            he chose from.
    """

    name: str = ""
    seen: str | None = None
    save_count: int = -1
    has_chosen: bool = False

    def showed(self, saved_from: Mapping[str, str]) -> str | None:
        """Return what it showed when it was last saved: by our own record where its last answer may have been lost.

        Args:
            saved_from: the record, with `page` and `seen`; empty where nothing was saved from a page.
        """
        if self.name and not self.has_chosen and saved_from.get("page") == self.name:
            return saved_from["seen"]
        return self.seen

    def record(self, seen: str) -> dict[str, str]:
        """Return that record for a save after which the page goes on with `seen`."""
        return {"page": self.name, "seen": seen} if self.name else {}


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


def save(
    entry: Entry, *, answers: dict[str, Any], actor: User, page: Page | None = None
) -> Outcome:
    """Keep what somebody typed, complete or not, readable or not, without losing what others saved since he opened his page.

    Fields that only he changed are saved, fields that only others changed stay as they saved them, and fields that both
    changed are left as saved and named, for him to choose. What the system fills in is computed from the outcome.

    Args:
        entry: the entry, possibly stale.
        answers: neutral answers, all of them, as his page shows them.
        actor: the unit's officer or chair.
        page: the page they stand on; None: he saw what `entry` holds.

    Raises:
        Refused: not this person's, or not editable now.

    Side effects: the entry's answers, its columns, `save_count`, `saved_at`, `saved_by` and `saved_from`. Nothing where
    there is nothing new.
    """
    page = page or Page(seen=fingerprint(entry.answers))
    with transaction.atomic():
        locked = lock_to_fill(entry, actor)
        met_by = locked.saved_by
        schema, base = locked.form_version.schema, _base(locked, page)
        found = merge(schema, mine=answers, saved=locked.answers, seen=base)
        met = bool(found.taken or found.conflicts)
        kept = with_computed(schema, found.answers, context_without_files(locked))
        seen = still_seen(answers, found.conflicts, base)
        if kept != locked.answers or not locked.saved_at:
            before, locked.answers = locked.answers, kept
            if any(before.get(key) != kept.get(key) for key in COLUMNS):
                take_columns(locked, kept)
            locked.saved_from = page.record(seen)
            locked.save_count += 1
            locked.saved_at, locked.saved_by = timezone.now(), actor
            locked.save()
    return Outcome(locked, seen, found.taken, found.conflicts, met_by if met else None)


def _base(entry: Entry, page: Page) -> str | None:
    showed = page.showed(entry.saved_from)
    if showed is None and page.save_count == entry.save_count:
        return fingerprint(entry.answers)
    return showed
