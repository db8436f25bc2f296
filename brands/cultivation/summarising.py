"""The summary of a project: started prefilled, carried along with its entry's way through the review."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.engine import sources
from forms_app.engine.context import FillingContext
from forms_app.engine.forms import prefilled
from forms_app.engine.schema import fields_of
from forms_app.entries import extending, starting
from forms_app.models import CallPage, Entry, EntryStatus, FormKind
from portal.dates import end_of_day
from portal.lifecycle.door import Refused, carry_out
from portal.units.models import Unit, User

from ..models import Project, ProjectStatus, ProjectSummary
from ..permissions import may_carry

AWAITED = (ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING, ProjectStatus.SUMMARISING)


def start_summary(project: Project, *, actor: User) -> Entry:
    """Start the summary form of a project, or return the one that is being filled in.

    Args:
        project: the project; one that rectifies starts its next round.
        actor: the unit's officer or chair.

    Raises:
        Refused: not this person's, not now, or the school union collects no summaries at present.

    Side effects: a prefilled Entry, its ProjectSummary; the project goes on to "summarising".
    """
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=project.pk)
        last = project.summaries.select_related("entry").last()
        if last and last.entry.is_editable and may_carry(actor, project):
            return last.entry
        if project.status in (ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING):
            project = carry_out(project, "summarise", actor=actor)
        elif reason := why_no_summary(project, last, actor=actor):
            raise Refused(reason, code="wrong_state")
        call = summary_call(project)
        if call is None:
            raise Refused(_("校工会还没有开始收总结表，开始后会通知您。"), code="guard")
        return _start_round(project, last, call=call, actor=actor)


def why_no_summary(project: Project, last: ProjectSummary | None, *, actor: User) -> str | None:
    """Return why a project that is past cultivation cannot start a summary form now."""
    if not may_carry(actor, project):
        return _("只有本单位经办人或工会主席可以填写总结表。")
    if last and last.entry.is_editable:
        return None
    if project.status == ProjectStatus.RECTIFYING:
        return None
    if project.status == ProjectStatus.SUMMARISING:
        if last is None or last.entry.status == EntryStatus.WITHDRAWN:
            return None
        return _("总结表正在本单位签署，签署后报送校工会。")
    return _("项目现在的状态是“%(state)s”，不能填写总结表。") % {
        "state": project.get_status_display()
    }


def summary_call(project: Project) -> CallPage | None:
    """Return the live call that collects the summaries of the project's year and has begun, newest first.

    A call that has closed still counts: the entry's own deadline, with the unit's extensions, is asked when it is sent.
    """
    return (
        CallPage.objects.live()
        .filter(
            kind=FormKind.SUMMARY,
            programme_year=project.programme_year_id,
            opens_at__lte=timezone.now(),
        )
        .order_by("-opens_at")
        .first()
    )


def units_without_summary(call: CallPage) -> list[Unit]:
    """Return whose projects of a call's year run and have not sent their summary, in the school's order (one query)."""
    running = Project.objects.filter(programme_year=call.programme_year_id, status__in=AWAITED)
    return list(Unit.objects.filter(pk__in=running.values("unit")))


def allow_until(project: Project) -> None:
    """Keep the summary call open for the unit until the end of the day its rectification is due."""
    last = project.summaries.select_related("entry__call").last()
    extending.open_until(
        last.entry.call,
        unit=project.unit,
        until=end_of_day(project.rectify_until),
        reason=_("限期整改"),
    )


def follow_entry(entry: Entry, *, actor: User) -> None:
    """Carry the project along when its summary reaches the school union, or leaves it again.

    Args:
        entry: a summary entry, as the door has just left it.
        actor: who moved the entry.
    """
    summary = ProjectSummary.objects.select_related("project").filter(entry=entry).first()
    if summary is None:
        return
    evaluating = summary.project.status == ProjectStatus.EVALUATING
    if entry.status == EntryStatus.SUBMITTED and not evaluating:
        carry_out(summary.project, "summary_arrived", actor=actor)
    elif entry.status in (EntryStatus.RETURNED, EntryStatus.WITHDRAWN) and evaluating:
        carry_out(summary.project, "summary_gone", actor=actor)


def prefilled_answers(project: Project, call: CallPage) -> dict[str, Any]:
    """Return what the summary form begins with: what was approved, and what was recorded during the year."""
    version = call.form.latest_version
    if version is None:
        return {}
    context = FillingContext(
        unit=project.unit, year=project.programme_year.year, project_no=project.project_no
    )
    copied = {
        field["key"]: sources.prefill(field["options"]["name"], context)
        for field in fields_of(version.schema)
        if field["kind"] == "computed" and field["options"].get("source") == "prefill"
    }
    return {
        **prefilled(version.schema, context),
        **{key: value for key, value in copied.items() if value is not None},
        "title": project.title,
        "category": project.category.code,
    }


def _start_round(
    project: Project, last: ProjectSummary | None, *, call: CallPage, actor: User
) -> Entry:
    entry = starting.start(
        call, unit=project.unit, actor=actor, prefill=prefilled_answers(project, call)
    )
    if last and last.entry.status == EntryStatus.WITHDRAWN:
        # A withdrawn form keeps its history as an entry; the round is told by the form that replaces it.
        last.entry = entry
        last.save(update_fields=["entry"])
    else:
        ProjectSummary.objects.create(
            project=project, entry=entry, round=last.round + 1 if last else 1
        )
    return entry
