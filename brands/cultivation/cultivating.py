"""The project's verbs from establishment to archive: guards and effects of its lifecycle table."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.review.ranking import mean_score
from portal.lifecycle.door import carry_out
from portal.units.models import User

from ..models import Acceptance, Award, AwardLevel, Grade, Project, ProjectStatus, ProjectSummary
from .summarising import allow_until


def accept(
    project: Project,
    *,
    actor: User,
    grade: Grade,
    opinion: str = "",
    rectify_until: date | None = None,
) -> Project:
    """Give the school union's verdict on the project's last summary.

    Args:
        grade: FAIL with a date lets the unit rectify until then; FAIL without one ends the project.
        opinion: told to the unit, at most 300 characters; required with FAIL.
        rectify_until: last day of the rectification.

    Raises:
        Refused: no evaluated summary, a FAIL without an opinion, a date that has passed, or not the office.

    Side effects: an Acceptance with the experts' mean as it is then, an event, messages.
    """
    return carry_out(
        project,
        "accept",
        actor=actor,
        comment=opinion,
        reason=opinion,
        grade=grade,
        rectify_until=rectify_until,
    )


def start(project: Project, *, actor: User) -> Project:
    """Begin cultivation; the first recorded activity does it by itself."""
    return carry_out(project, "start", actor=actor)


def archive(project: Project, *, actor: User, comment: str = "") -> Project:
    """File a project that has been accepted; nothing of it changes any more.

    Raises:
        Refused: not accepted yet, or not the office.
    """
    return carry_out(project, "archive", actor=actor, comment=comment)


def terminate(project: Project, *, actor: User, reason: str) -> Project:
    """End a project that is not carried on.

    Raises:
        Refused: no reason, already ended, or not the office.
    """
    return carry_out(project, "terminate", actor=actor, comment=reason, reason=reason)


def revoke(project: Project, *, actor: User, reason: str) -> Project:
    """Take an establishment back (撤项).

    Raises:
        Refused: no reason, already ended, or not the office.

    Side effects: its brand page is no longer public, and a review of the page ends.
    """
    return carry_out(project, "revoke", actor=actor, comment=reason, reason=reason)


def give_award(project: Project, *, actor: User, level: AwardLevel) -> Project:
    """Give an accepted project an award of its year.

    Raises:
        Refused: not accepted, a level of another year, or not the office.

    Side effects: an Award, an event, messages.
    """
    return carry_out(project, "award", actor=actor, level=level)


# --- guards -------------------------------------------------------------------------------------


def summary_evaluated(project: Project, **_details: Any) -> str | None:
    """The project's last summary has gone through its review and has no verdict yet."""
    last = last_summary(project)
    if (
        last
        and last.entry.status == "evaluated"
        and not Acceptance.objects.filter(summary=last).exists()
    ):
        return None
    return _("总结表还没有完成评审，评审结束后才能验收。")


def failing_says_why(
    _project: Project,
    *,
    grade: str = "",
    reason: str = "",
    rectify_until: date | None = None,
    **_details: Any,
) -> str | None:
    """A fail names its reason, and a rectification its date ahead."""
    if grade == Grade.FAIL and not reason.strip():
        return _("不合格须写明验收意见。")
    if rectify_until and grade != Grade.FAIL:
        return _("只有不合格才需要整改期限。")
    if rectify_until and rectify_until < timezone.localdate():
        return _("整改期限要在今天或以后。")
    return None


def level_of_the_year(
    project: Project, *, level: AwardLevel | None = None, **_details: Any
) -> str | None:
    """The award belongs to the project's year; asked without a level, whether the year has any."""
    if level is None:
        if AwardLevel.objects.filter(programme_year=project.programme_year_id).exists():
            return None
        return _("这个年度还没有设奖项，请先设置奖项。")
    return (
        None
        if level.programme_year_id == project.programme_year_id
        else _("这个奖项不属于项目的年度。")
    )


def says_why(_project: Project, *, reason: str = "", **_details: Any) -> str | None:
    """Ending a project early names its reason."""
    return None if reason.strip() else _("请写明理由。")


def last_summary(project: Project) -> ProjectSummary | None:
    """Return the project's last summary with its entry, or None (one query)."""
    return project.summaries.select_related("entry__call").last()


def score_of(summary: ProjectSummary | None) -> Decimal | None:
    """Return the mean of the experts' scores for a summary, 0 to 100; None without any (two queries)."""
    return mean_score(summary.entry) if summary else None


def suggested_grade(score: Decimal) -> Grade:
    """Return the grade that the experts' mean suggests (domain, section 5); the school union's verdict is its own."""
    for least, grade in ((90, Grade.EXCELLENT), (80, Grade.GOOD), (60, Grade.PASS)):
        if score >= least:
            return grade
    return Grade.FAIL


# --- targets and effects ------------------------------------------------------------------------


def verdict(_project: Project, *, grade: str, rectify_until: date | None, **_details: Any) -> str:
    """Return the state that a grade leads to."""
    if grade != Grade.FAIL:
        return ProjectStatus.ACCEPTED
    return ProjectStatus.RECTIFYING if rectify_until else ProjectStatus.FAILED


def back_to_filling(project: Project, **_details: Any) -> str:
    """Return the state of a project whose summary has come back: a later round is still a rectification."""
    rectifying = project.summaries.filter(round__gt=1).exists()
    return ProjectStatus.RECTIFYING if rectifying else ProjectStatus.SUMMARISING


def on_accept(
    project: Project,
    *,
    actor: User,
    at: datetime,
    to: str,
    comment: str,
    grade: str,
    rectify_until: date | None,
    **_details: Any,
) -> None:
    """Record the verdict on the last summary, with the mean that it rests on."""
    last = last_summary(project)
    Acceptance.objects.create(
        summary=last,
        grade=grade,
        opinion=comment,
        score=score_of(last),
        accepted_by=actor,
        accepted_at=at,
    )
    project.rectify_until = rectify_until
    if to == ProjectStatus.FAILED:
        project.ended_at = at
    elif to == ProjectStatus.RECTIFYING:
        allow_until(project)


def on_award(
    project: Project, *, actor: User, at: datetime, level: AwardLevel, **_details: Any
) -> None:
    """Record the award."""
    Award.objects.create(project=project, level=level, given_at=at, given_by=actor)


def stamp_end(project: Project, *, at: datetime, **_details: Any) -> None:
    """Stamp the end of the project."""
    project.ended_at = at
