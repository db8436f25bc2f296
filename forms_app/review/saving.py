"""Saving what an expert types, in however many windows: what he changed in one is kept, what he changed in two is left to choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from forms_app.engine.reading import is_raw
from forms_app.models import Review
from portal.merging import merge, still_seen
from portal.units.models import User
from portal.workspace.autosaving import Page

from .judgement import WORDS, held_by, name_of
from .reviewing import looks_older, open_review, write


@dataclass(frozen=True)
class Outcome:
    """What became of a save.

    Attributes:
        review: as saved.
        held: what it holds now (`judgement.held_by`).
        seen: what the page goes on with.
        taken: inputs that only another window had changed, which the page does not show yet.
        conflicts: inputs that both changed; what was saved stands until he chooses.
    """

    review: Review
    held: dict[str, Any]
    seen: str
    taken: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def save(review: Review, *, typed: Mapping[str, Any], actor: User, page: Page) -> Outcome:
    """Keep what an expert typed, complete or not, without losing what he saved elsewhere since he opened this page.

    Args:
        review: possibly stale.
        typed: answers as `judgement.held_by` tells them, None where an input was left empty; what has no key stays as it is.
        actor: the expert.
        page: where they were typed. One that does not say what it showed showed nothing.

    Raises:
        Refused: not his review, handed in already, review closed, or points out of range.

    Side effects: scores and words of the review, the version they are given for, `refused`, `saved_at`, `saved_from`.
    Nothing where there is nothing new.
    """
    with transaction.atomic():
        review = open_review(review, actor)
        held = held_by(review)
        base = page.showed(review.saved_from) or ""
        found = merge(typed, mine=typed, saved=held, seen=base)
        left_out = [name for name in held if name not in typed]
        seen = still_seen(typed, [*found.conflicts, *left_out], base)
        new = found.answers != held or not review.saved_at or looks_older(review)
        # What he chose from has arrived with his choice, whatever it was.
        if new or page.has_chosen:
            _write(review, found.answers, saved_from=page.record(seen))
    return Outcome(review, found.answers, seen, found.taken, found.conflicts)


def _write(review: Review, answers: dict[str, Any], *, saved_from: dict[str, str]) -> None:
    call = review.assignment.entry.call
    criteria = [] if call.votes else list(call.rubric.criteria.all())
    given = {line: answers.get(name_of(line)) for line in criteria}
    write(
        review,
        points={
            line: Decimal(answer) if answer and not is_raw(answer) else None
            for line, answer in given.items()
        },
        refused={str(line.pk): answer["raw"] for line, answer in given.items() if is_raw(answer)},
        saved_from=saved_from,
        **{name: answers.get(name) or "" for name in WORDS},
    )
