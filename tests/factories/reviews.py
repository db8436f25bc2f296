"""What experts give in tests: saved and handed in as their page does it."""

from decimal import Decimal

from forms_app.models import Assignment, Review
from forms_app.review import saving
from forms_app.review.judgement import name_of, plain
from forms_app.review.reviewing import hand_in


def score(
    assignment: Assignment, *, points: Decimal | None = None, less: Decimal | int = 0, **words: str
) -> Review:
    """Let an expert save points for every criterion of a call that scores; the review as saved.

    Args:
        points: for each of them; None: the full ones.
        less: so many points below that for the first.
        words: vote, for_office, for_unit.
    """
    call = assignment.entry.call
    lines = [] if call.votes else list(call.rubric.criteria.all())
    given = {line: line.points if points is None else points for line in lines}
    if lines:
        given[lines[0]] -= less
    typed = {name_of(line): plain(one) for line, one in given.items()} | words
    return saving.save(assignment.review, typed=typed, actor=assignment.expert).review


def finish(assignment: Assignment, **given: object) -> Review:
    """Let an expert save points, as of `score`, and hand them in; the review as locked."""
    return hand_in(score(assignment, **given), actor=assignment.expert)
