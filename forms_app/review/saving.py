"""Saving what an expert types, in however many windows: what he changed in one is kept, what he changed in two is left to choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.engine.reading import is_raw
from forms_app.models import Criterion, Review, Score
from portal.lifecycle.door import Refused
from portal.merging import fingerprint, merge, still_seen
from portal.units.models import User
from portal.workspace.autosaving import Page

from .judgement import WORDS, held_by, name_of
from .reviewing import looks_older, open_review, sent_version


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


def save(
    review: Review, *, typed: Mapping[str, Any], actor: User, page: Page | None = None
) -> Outcome:
    """Keep what an expert typed, complete or not, without losing what he saved elsewhere since he opened this page.

    Args:
        review: possibly stale.
        typed: answers as `judgement.held_by` tells them, None where an input was left empty; what has no key stays as it is.
        actor: the expert.
        page: where they were typed; one that does not say what it showed showed nothing. None: he saw what the review holds.

    Raises:
        Refused: not his review, handed in already, review closed, or points out of range.

    Side effects: scores and words of the review, the version they are given for, `refused`, `saved_at`, `saved_from`.
    Nothing where there is nothing new.
    """
    with transaction.atomic():
        review = open_review(review, actor)
        held = held_by(review)
        page = page or Page(seen=fingerprint(held))
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
    _keep_points(
        review,
        {
            line: Decimal(answer) if answer and not is_raw(answer) else None
            for line, answer in given.items()
        },
    )
    review.refused = {
        str(line.pk): answer["raw"] for line, answer in given.items() if is_raw(answer)
    }
    for name in WORDS:
        setattr(review, name, answers.get(name) or "")
    review.version = sent_version(review.assignment.entry)
    review.saved_from = saved_from
    review.saved_at = timezone.now()
    review.save()


def _keep_points(review: Review, points: Mapping[Criterion, Decimal | None]) -> None:
    """Write all points at once: a desk saves after every one that is typed."""
    scores = []
    for criterion, given in points.items():
        if given is None:
            continue
        if not 0 <= given <= criterion.points:
            raise Refused(
                _("“%(name)s”的得分在 0 到 %(points)s 之间。")
                % {"name": criterion.name, "points": criterion.points},
                code="guard",
            )
        scores.append(Score(review=review, criterion=criterion, points=given))
    if len(scores) < len(points):
        left_open = [criterion for criterion, given in points.items() if given is None]
        review.scores.filter(criterion__in=left_open).delete()
    Score.objects.bulk_create(
        scores,
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["points"],
    )
