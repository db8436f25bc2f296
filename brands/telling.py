"""Who hears of what happens to a project. Rows are written in the transaction of what they tell."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from forms_app.engine.kinds.number import money_text
from portal.dates import day
from portal.messaging.posting import post, told
from portal.units.models import Post, Role, User
from portal.units.permissions import holders, people_with

from . import messages
from .models import (
    Acceptance,
    MidtermCheck,
    MidtermEvent,
    Project,
    ProjectEvent,
    ProjectStatus,
)


def tell_established(project: Project, *, at_once: bool) -> None:
    """Tell the unit that its application has become a project.

    Args:
        at_once: without a public notice; then the unit has not been sent its letter yet, and this message brings it.
    """
    _tell_unit(
        messages.ESTABLISHED_AT_ONCE if at_once else messages.ESTABLISHED,
        project,
        about=f"project:{project.pk}",
        project_no=project.project_no,
        granted=money_text(project.granted),
        **({"letter": project.entry.decision.letter} if at_once else {}),
    )


def tell_to_accept(project: Project, *, round_number: int) -> None:
    """Tell the office that a summary has gone through its review."""
    post(
        messages.TO_ACCEPT,
        to=people_with(Role.SCHOOL_UNION),
        about=f"project:{project.pk}:{round_number}",
        path=project.office_path,
        title=project.title,
        project_no=project.project_no,
    )


@translation.override(settings.LANGUAGE_CODE)  # what is kept is content, and content is Chinese
def tell_of(event: ProjectEvent, project: Project) -> None:
    """Tell the unit of a step of its project, where it is not the unit's own."""
    words = _TOLD.get(event.to_status)
    if words and event.action in ("accept", "award", "archive", "terminate", "revoke"):
        kind, details = words
        _tell_unit(kind, project, about=f"project-event:{event.pk}", **details(event, project))


def tell_midterm_asked(midterm: MidtermCheck) -> None:
    """Tell the people who carry the project that its mid-term check is asked for."""
    _tell_carriers(
        messages.MIDTERM_ASKED,
        midterm,
        about=f"midterm:{midterm.pk}",
        until=day(midterm.due_on),
        looks_at=midterm.looks_at,
    )


def remind_of_midterm(midterm: MidtermCheck) -> bool:
    """Remind the people who carry the project, once a day; return whether they had not been reminded today."""
    about = f"midterm:{midterm.pk}:{timezone.localdate():%Y%m%d}"
    if told(messages.MIDTERM_REMINDER, about=about):
        return False
    return bool(
        _tell_carriers(messages.MIDTERM_REMINDER, midterm, about=about, until=day(midterm.due_on))
    )


@translation.override(settings.LANGUAGE_CODE)
def tell_of_midterm(event: MidtermEvent, midterm: MidtermCheck) -> None:
    """Tell whose turn it is now, and the unit of each step."""
    about, project = f"midterm-event:{event.pk}", midterm.project
    if event.action == "send":
        post(
            messages.MIDTERM_ARRIVED,
            to=people_with(Role.SCHOOL_UNION).exclude(pk__in=holders(project.unit, *Post)),
            about=about,
            path=midterm.office_path,
            title=project.title,
            unit=str(project.unit),
        )
    kind, context = {
        "send": (messages.MIDTERM_SENT, {"who": event.actor.name}),
        "redate": (messages.MIDTERM_REDATED, {"until": day(midterm.due_on)}),
        "return": (
            messages.MIDTERM_RETURNED,
            {"until": day(midterm.due_on), "reason": event.comment},
        ),
        "conclude": (
            messages.MIDTERM_CONCLUDED,
            {"conclusion": midterm.standing, "opinion": midterm.opinion},
        ),
    }[event.action]
    _tell_carriers(kind, midterm, about=about, but=event.actor, **context)


def _tell_carriers(
    kind: str, midterm: MidtermCheck, *, about: str, but: User | None = None, **context: Any
) -> list[Any]:
    carriers = holders(midterm.project.unit, Post.OFFICER, Post.CHAIR)
    return post(
        kind,
        to=carriers.exclude(pk=but.pk) if but else carriers,
        about=about,
        path=midterm.my_path,
        title=midterm.project.title,
        **context,
    )


def _tell_unit(kind: str, project: Project, *, about: str, **context: Any) -> None:
    post(
        kind,
        to=holders(project.unit, Post.OFFICER, Post.CHAIR, Post.PARTY),
        about=about,
        path=project.my_path,
        title=project.title,
        **context,
    )


def _verdict(_event: ProjectEvent, project: Project) -> dict[str, str]:
    acceptance = Acceptance.objects.filter(summary__project=project).latest("summary__round")
    until = project.rectify_until
    return {
        "grade": str(acceptance.get_grade_display()),
        "opinion": acceptance.opinion,
        "until": day(until) if until else "",
    }


def _award(_event: ProjectEvent, project: Project) -> dict[str, str]:
    return {"award": project.award.level.name}


def _reason(event: ProjectEvent, _project: Project) -> dict[str, str]:
    return {"reason": event.comment}


_TOLD: dict[str, tuple[str, Callable[[ProjectEvent, Project], dict[str, str]]]] = {
    ProjectStatus.ACCEPTED: (messages.ACCEPTED, _verdict),
    ProjectStatus.RECTIFYING: (messages.RECTIFYING, _verdict),
    ProjectStatus.FAILED: (messages.FAILED, _verdict),
    ProjectStatus.AWARDED: (messages.AWARDED, _award),
    ProjectStatus.ARCHIVED: (messages.ARCHIVED, _reason),
    ProjectStatus.TERMINATED: (messages.TERMINATED, _reason),
    ProjectStatus.REVOKED: (messages.REVOKED, _reason),
}
