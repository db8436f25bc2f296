"""Where a project stands in its year, in the words of the five steps."""

from datetime import date
from typing import Any

from django.utils import timezone

from forms_app.steps import line_of_steps, periods_of

from .models import Project
from .models import ProjectStatus as S

# The step a project is at (0 to 4), by its state; 5 is past the last.
STEP_OF = {
    S.ESTABLISHED: 2,
    S.CULTIVATING: 2,
    S.SUMMARISING: 3,
    S.EVALUATING: 3,
    S.RECTIFYING: 3,
    S.FAILED: 3,
    S.ACCEPTED: 4,
    S.AWARDED: 5,
    S.ARCHIVED: 5,
}
TONES = {
    S.SUMMARISING: "due-now",
    S.RECTIFYING: "due-now",
    S.EVALUATING: "waiting",
    S.ACCEPTED: "good",
    S.AWARDED: "good",
    S.FAILED: "stopped",
    S.TERMINATED: "stopped",
    S.REVOKED: "stopped",
}


def project_steps(project: Project) -> list[dict[str, Any]]:
    """Return the five steps with the project's own place among them, and the days on which it came there."""
    step = STEP_OF.get(S(project.status))
    return line_of_steps(
        project.programme_year,
        [_state(place, step) for place in range(5)],
        periods=_periods(project),
    )


def _periods(project: Project) -> list[tuple[date, date]]:
    """Return the periods of the steps: the year's, but what was established earlier than planned began earlier too."""
    periods = periods_of(project.programme_year)
    established = timezone.localdate(project.established_at)
    (begun, _applied), _review, (cultivating, until) = periods[:3]
    if established >= cultivating:
        return periods
    sent = timezone.localdate(project.entry.submitted_at)
    periods[:3] = [(min(begun, sent), sent), (sent, established), (established, until)]
    return periods


def tone(project: Project) -> str:
    """Return how components/status_badge.html shows the project's state."""
    return TONES.get(S(project.status), "")


def _state(place: int, step: int | None) -> str:
    # A project that was terminated or revoked has no step: it was established, and goes no further.
    if step is None:
        return "done" if place < 2 else "next"
    return "done" if place < step else "now" if place == step else "next"
