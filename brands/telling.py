"""Who hears of what happens to a project. Rows are written in the transaction of what they tell."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from forms_app.engine.kinds.number import money_text
from forms_app.entries.deadlines import Deadlines
from forms_app.models import CallPage, FormKind
from portal.dates import day, day_and_time
from portal.messaging.posting import post, told
from portal.units.models import Post, Role, User
from portal.units.permissions import holders, people_with

from . import messages
from .models import (
    Acceptance,
    ChangeEvent,
    ChangeKind,
    ChangeRequest,
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


@translation.override(settings.LANGUAGE_CODE)  # what is kept is content, and content is Chinese
def tell_of_summaries() -> None:
    """Tell the people who carry projects that a call collects their summaries now; each project and call once.

    Side effects: messages.
    """
    now = timezone.now()
    collecting = CallPage.objects.live().filter(
        kind=FormKind.SUMMARY, opens_at__lte=now, closes_at__gt=now
    )
    for call in collecting:
        about = f"call:{call.pk}"
        if told(messages.SUMMARY_DUE, about=about):
            continue
        deadlines = Deadlines(call=call)
        waiting = Project.objects.filter(
            programme_year=call.programme_year_id,
            status__in=[ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING],
        )
        with transaction.atomic():
            for project in waiting.select_related("unit"):
                post(
                    messages.SUMMARY_DUE,
                    to=holders(project.unit, Post.OFFICER, Post.CHAIR),
                    about=f"{about}:{project.pk}",
                    path=f"{project.my_path}#summary",
                    title=project.title,
                    until=day_and_time(deadlines.of(call, project.unit)),
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
            to=_overseers(project),
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


@translation.override(settings.LANGUAGE_CODE)
def tell_change_asked(asked: ChangeRequest) -> None:
    """Tell the office of a request, and the unit's other people."""
    about, project = f"change:{asked.pk}", asked.project
    told_of_it = {"what": asked.what, "wanted": _wanted(asked)}
    post(
        messages.CHANGE_ASKED,
        to=_overseers(project),
        about=about,
        path=asked.office_path,
        title=project.title,
        unit=str(project.unit),
        reason=asked.reason,
        **told_of_it,
    )
    _tell_carriers(
        messages.CHANGE_SENT,
        asked,
        about=about,
        but=asked.asked_by,
        who=asked.asked_by.name,
        **told_of_it,
    )


@translation.override(settings.LANGUAGE_CODE)
def tell_of_change(event: ChangeEvent, asked: ChangeRequest) -> None:
    """Tell the unit what was decided; an extension and a termination that are carried out tell it themselves."""
    about = f"change-event:{event.pk}"
    if event.action == "reject":
        _tell_carriers(
            messages.CHANGE_REJECTED, asked, about=about, what=asked.what, answer=asked.answer
        )
    elif event.action == "approve" and asked.kind == ChangeKind.CHANGE:
        _tell_carriers(
            messages.CHANGE_APPROVED,
            asked,
            about=about,
            what=asked.what,
            wanted=_wanted(asked),
            answer=asked.answer,
        )


def _wanted(asked: ChangeRequest) -> str:
    """Return what is asked for in a sentence, "" where the kind says it all."""
    if asked.until:
        return _("申请延到 %(day)s。") % {"day": day(asked.until)}
    if asked.new_value:
        return _("改为：%(value)s。") % {"value": asked.new_value}
    return ""


def _overseers(project: Project) -> QuerySet[User]:
    """Return the office's people who may decide about the project."""
    return people_with(Role.SCHOOL_UNION).exclude(pk__in=holders(project.unit, *Post))


def _tell_carriers(
    kind: str,
    noun: MidtermCheck | ChangeRequest,
    *,
    about: str,
    but: User | None = None,
    **context: Any,
) -> list[Any]:
    carriers = holders(noun.project.unit, Post.OFFICER, Post.CHAIR)
    return post(
        kind,
        to=carriers.exclude(pk=but.pk) if but else carriers,
        about=about,
        path=noun.my_path,
        title=noun.project.title,
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
