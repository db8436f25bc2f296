"""Saving what somebody typed beside what others saved: different fields are brought together, the same field is left to choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from forms_app.engine.forms import with_computed
from forms_app.models import Entry
from forms_app.models.columns import COLUMNS, take_columns
from portal.merging import fingerprint, still_seen
from portal.units.models import User
from portal.workspace.autosaving import Page

from . import beside, going_on
from .filling import context_without_files, lock_to_fill
from .merging import merge


@dataclass(frozen=True)
class Outcome:
    """What became of a save.

    Attributes:
        entry: as saved.
        seen: what the page goes on with.
        taken: fields others had changed, which the page does not show yet.
        conflicts: fields both had changed; the others' answers stand until somebody chooses.
        writers: who typed each of these fields last; None is the system.
    """

    entry: Entry
    seen: str
    taken: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    writers: dict[str, User | None] = field(default_factory=dict)

    def by(self, keys: Iterable[str]) -> list[User | None]:
        """Return who typed some of these fields, each once."""
        return list(dict.fromkeys(self.writers[key] for key in keys))


def save(
    entry: Entry,
    *,
    answers: dict[str, Any],
    actor: User,
    page: Page | None = None,
    words: Mapping[int, Mapping[str, Any]] | None = None,
) -> Outcome:
    """Keep what somebody typed, complete or not, readable or not, without losing what others saved since he opened his page.

    Fields that only he changed are saved, fields that only others changed stay as they saved them, and fields that both
    changed are left as saved and named, for him to choose. What the system fills in is computed from the outcome.

    Args:
        entry: the entry, possibly stale.
        answers: neutral answers, all of them, as his page shows them.
        actor: the unit's officer or chair.
        page: the page they stand on; None: he saw what `entry` holds.
        words: what his page shows beside pictures: attachment's key → caption, credit, taken_on, consent. They are told
            apart each by itself, under the keys of `beside`.

    Raises:
        Refused: not this person's, or not editable now.

    Side effects: what was typed beside pictures; the entry's answers, who wrote them, its columns, `save_count`, `saved_at`,
    `saved_by` and `saved_from`. Where there is nothing new, `saved_from` alone.
    """
    page = page or Page(seen=fingerprint(entry.answers))
    words = words or {}
    with transaction.atomic():
        locked = lock_to_fill(entry, actor)
        schema, base = locked.form_version.schema, _base(locked, page)
        found = merge(schema, mine=answers, saved=locked.answers, seen=base)
        told = beside.describe(locked, words=words, actor=actor, seen=base)
        taken = [*found.taken, *told.taken]
        conflicts = [*found.conflicts, *told.conflicts]
        met = _writers(locked, [*taken, *conflicts])
        kept = with_computed(schema, found.answers, context_without_files(locked))
        still = beside.fingerprint(words, conflicts=told.conflicts, before=base)
        seen = f"{still_seen(answers, found.conflicts, base)} {still}".strip()
        if kept != locked.answers or told.written or page.has_chosen or not locked.saved_at:
            before, locked.answers = locked.answers, kept
            changed = {key for key in {**before, **kept} if before.get(key) != kept.get(key)}
            locked.writers |= dict.fromkeys(changed, actor.pk)
            if not changed.isdisjoint(COLUMNS):
                take_columns(locked, kept)
            going_on.follow(locked, before, kept)
            locked.saved_from = page.record(seen)
            locked.save_count += 1
            locked.saved_at, locked.saved_by = timezone.now(), actor
            locked.save()
        elif page.name and not conflicts and locked.saved_from.get("page") != page.name:
            # There was nothing new, but the browser learns by it that what it sent has arrived.
            locked.saved_from = page.record(seen)
            locked.save(update_fields=["saved_from"])
    return Outcome(locked, seen, taken, conflicts, met)


def _base(entry: Entry, page: Page) -> str | None:
    showed = page.showed(entry.saved_from)
    if showed is None and page.save_count == entry.save_count:
        return fingerprint(entry.answers)
    return showed


def _writers(entry: Entry, keys: list[str]) -> dict[str, User | None]:
    """Return who typed some answers last (one query at most); whoever saved last where that was not noted."""
    noted = {key: entry.writers[key] for key in keys if key in entry.writers}
    people = User.objects.in_bulk(set(noted.values())) if noted else {}
    return {key: people.get(noted.get(key), entry.saved_by) for key in keys}
