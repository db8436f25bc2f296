"""Where a project stands in its year, in the words of the five steps."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forms_app.models import ProgrammeYear

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


def year_steps(year: ProgrammeYear, step: int | None) -> list[dict[str, Any]]:
    """Return the five steps of a year as components/steps.html takes them.

    Args:
        step: the step that is "now", 0 to 4; 5 where all are done; None where the way has ended.
    """
    rows = [
        (_("项目申报"), year.apply_from, year.apply_until),
        (_("评审立项"), year.apply_until, year.establish_until),
        (_("过程培育"), year.establish_until, year.cultivate_until),
        (_("评估验收"), year.cultivate_until, year.evaluate_until),
        (_("表彰奖励"), year.evaluate_until, year.award_until),
    ]
    return [
        {
            "name": name,
            "dates": f"{date_format(since, 'MONTH_DAY_FORMAT')}–{date_format(until, 'MONTH_DAY_FORMAT')}",
            "state": _state(place, step),
        }
        for place, (name, since, until) in enumerate(rows)
    ]


def project_steps(project: Project) -> list[dict[str, Any]]:
    """Return the five steps with the project's own place among them."""
    return year_steps(project.programme_year, STEP_OF.get(S(project.status)))


def tone(project: Project) -> str:
    """Return how components/status_badge.html shows the project's state."""
    return TONES.get(S(project.status), "")


def _state(place: int, step: int | None) -> str:
    if step is None:
        return "done" if place < 2 else "next"
    return "done" if place < step else "now" if place == step else "next"
