"""What an expert has given so far, as plain answers by the names of the inputs: what forms show, windows compare and acts carry.

Points are text without zeros behind the point ("12.5"); what was typed in their place and cannot be given is
`{"raw": "99"}`, as in the form engine. Where nothing was given there is no key.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from forms_app.engine.reading import is_raw
from forms_app.models import Criterion, Review
from portal.merging import fingerprint

REMARKS = ("for_office", "for_unit")
WORDS = ("vote", *REMARKS)


def plain(points: Decimal) -> str:
    """Return points without zeros behind the point: 20, 12.5."""
    return f"{points.normalize():f}"


def name_of(criterion: Criterion | int) -> str:
    """Return the name of a criterion's input; takes its key as well."""
    return f"points-{criterion if isinstance(criterion, int) else criterion.pk}"


def held_by(review: Review) -> dict[str, Any]:
    """Return what a review holds (one query, none where its scores are prefetched)."""
    held: dict[str, Any] = {
        name_of(score.criterion_id): plain(score.points) for score in review.scores.all()
    }
    held |= {name_of(int(key)): {"raw": text} for key, text in review.refused.items()}
    return held | {name: text for name in WORDS if (text := getattr(review, name))}


def shown(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands in the inputs for such answers."""
    return {name: answer["raw"] if is_raw(answer) else answer for name, answer in answers.items()}


def seal_of(review: Review) -> str:
    """Return what stands for all that a review holds: a page from which it is handed in carries it along."""
    return fingerprint(held_by(review))
