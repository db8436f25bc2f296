"""进度: what is still under way, whose turn it is, until when, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_app.models import Entry, EntryStatus, FormKind
from forms_app.standing import OFFICE, post_title, turn
from portal.units.models import Post, Unit

from ..models import ProjectStatus, ProjectSummary
from ..models.status import ENDED
from .records import ProjectRecord
from .table import Cell, Column, Kind, Report, Table, items
from .year_facts import YearFacts

SIGNING = (EntryStatus.AWAITING_CHAIR, EntryStatus.AWAITING_PARTY)


@dataclass(frozen=True)
class Step:
    """Where something under way stands.

    Attributes:
        turn: whose turn it is, in words.
        until: the last day for it, or None.
        of_unit: whether the unit has to act.
    """

    turn: str
    until: date | None
    of_unit: bool

    @property
    def days_late(self) -> int | None:
        """How many days it is late; None where it is not."""
        late = (timezone.localdate() - self.until).days if self.until else 0
        return late if late > 0 else None


@dataclass(frozen=True)
class Line:
    """A row of the report."""

    step: Step
    cells: list[Any]


def progress(facts: YearFacts) -> Report:
    """Return the report. Drafts are the unit's own: they are counted, never listed."""
    drafts = [one for one in facts.open_applications if one.status == EntryStatus.DRAFT]
    applications = [
        _application(entry, facts)
        for entry in facts.open_applications
        if entry.status != EntryStatus.DRAFT
    ]
    projects = [
        _project(record, facts)
        for record in facts.records
        if record.project.status not in (*ENDED, ProjectStatus.AWARDED)
    ]
    awarded = sum(one.project.status == ProjectStatus.AWARDED for one in facts.records)
    steps = [line.step for line in applications + projects]
    unit = sum(step.of_unit for step in steps)
    office = sum(step.turn == str(OFFICE) for step in steps)
    late = sum(step.days_late is not None for step in steps)
    return Report(
        code="progress",
        title=_("进度"),
        lede=_("还没有办完的申报和项目：轮到谁、什么时候到期。逾期的排在前面。"),
        figures=[
            items(_("申报办理中"), len(applications)),
            items(_("项目进行中"), len(projects)),
            items(_("轮到单位"), unit),
            items(_("轮到校工会"), office),
            items(_("轮到专家"), len(steps) - unit - office),
            items(_("逾期"), late, tone="act" if late else ""),
        ],
        words=_aside(len(drafts), awarded),
        tables=[
            Table(
                title=_("项目"),
                columns=[
                    Column(_("立项编号"), Kind.CODE, 16),
                    Column(_("项目名称"), width=32, is_title=True),
                    Column(_("单位"), width=28),
                    *_standing_columns(),
                    Column(_("活动（场）"), Kind.COUNT, 10),
                    Column(_("最近活动"), Kind.DAY, 16),
                ],
                rows=_late_first(projects),
                empty=_("没有进行中的项目。"),
                wide=True,
            ),
            Table(
                title=_("申报"),
                columns=[
                    Column(_("项目名称"), width=32, is_title=True),
                    Column(_("单位"), width=28),
                    *_standing_columns(),
                    Column(_("报送日期"), Kind.DAY, 16),
                ],
                rows=_late_first(applications),
                empty=_("没有办理中的申报。"),
                wide=True,
            ),
        ],
    )


def _aside(drafts: int, awarded: int) -> list[str]:
    """Return what is told beside the tables: nobody has to hurry with it."""
    said = []
    if drafts:
        said.append(
            ngettext(
                "另有 %(count)d 份申报还是单位的草稿。",
                "另有 %(count)d 份申报还是单位的草稿。",
                drafts,
            )
            % {"count": drafts}
        )
    if awarded:
        said.append(
            ngettext(
                "%(count)d 个项目已经表彰，全部办完就可以归档。",
                "%(count)d 个项目已经表彰，全部办完就可以归档。",
                awarded,
            )
            % {"count": awarded}
        )
    return said


def _standing_columns() -> list[Column]:
    return [
        Column(_("状态"), width=14),
        Column(_("轮到谁"), width=16),
        Column(_("期限"), Kind.DAY, 16),
        Column(_("逾期（天）"), Kind.COUNT, 10),
    ]


def _late_first(lines: Iterable[Line]) -> list[list[Any]]:
    # Stable: the rest stays in the order it came in.
    return [line.cells for line in sorted(lines, key=lambda line: -(line.step.days_late or 0))]


def _standing_cells(state: str, step: Step) -> list[Any]:
    return [
        state,
        step.turn,
        step.until,
        Cell(step.days_late, tone="act") if step.days_late else None,
    ]


# --- applications -------------------------------------------------------------------------------


def _application(entry: Entry, facts: YearFacts) -> Line:
    step = step_of_entry(entry, facts)
    return Line(
        step,
        [
            Cell(str(entry), url=reverse("office:entry", args=[entry.pk])),
            Cell(str(entry.unit), url=reverse("yearly:unit", args=[entry.unit.code])),
            *_standing_cells(entry.get_status_display(), step),
            timezone.localdate(entry.submitted_at) if entry.submitted_at else None,
        ],
    )


def step_of_entry(entry: Entry, facts: YearFacts) -> Step:
    """Return whose turn an entry is and until when.

    The unit has the date of its return, or the call's deadline as long as the entry has not arrived; the school union has
    the end of the year's step, and for an announcement the last day of the notice.
    """
    state, summary = entry.status, entry.kind == FormKind.SUMMARY
    until: date | None = facts.year.evaluate_until if summary else facts.year.establish_until
    if state == EntryStatus.RETURNED and entry.return_until:
        until = entry.return_until
    elif state in (EntryStatus.DRAFT, EntryStatus.RETURNED, *SIGNING):
        call = facts.calls[entry.call_id]
        until = None if entry.submitted_at else _day(facts.deadline(call, entry.unit))
    elif state == EntryStatus.IN_NOTICE:
        until = entry.decision.notice.ends_on if entry.decision.notice else None
    of_unit = entry.is_editable or state in (*SIGNING, EntryStatus.ADJUSTING)
    return Step(turn(entry) or str(OFFICE), until, of_unit)


# --- projects -----------------------------------------------------------------------------------


def _project(record: ProjectRecord, facts: YearFacts) -> Line:
    project, step = record.project, step_of_project(record, facts)
    return Line(
        step,
        [
            project.project_no,
            Cell(project.title, url=project.office_path),
            Cell(str(project.unit), url=reverse("yearly:unit", args=[project.unit.code])),
            *_standing_cells(project.get_status_display(), step),
            record.activities,
            record.last_activity,
        ],
    )


def step_of_project(record: ProjectRecord, facts: YearFacts) -> Step:
    """Return whose turn a project that has not ended is, and until when.

    In cultivation it is the unit's, until its summary is due; while a summary is on its way, that entry's; for the awards
    the school union's.
    """
    project, status = record.project, record.project.status
    last = _summary_under_way(record)
    if status in (ProjectStatus.SUMMARISING, ProjectStatus.RECTIFYING, ProjectStatus.EVALUATING):
        step = step_of_entry(last.entry, facts) if last else _of_unit(project.unit, facts)
        if status == ProjectStatus.RECTIFYING:
            return Step(step.turn, project.rectify_until, step.of_unit)
        return step
    if status in (ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING):
        return _of_unit(project.unit, facts)
    return Step(str(OFFICE), facts.year.award_until, of_unit=False)


def _summary_under_way(record: ProjectRecord) -> ProjectSummary | None:
    """Return the last summary, where it still waits for somebody; a withdrawn one, or one with its verdict, does not."""
    last = record.summaries[-1] if record.summaries else None
    if last is None or last.entry.status == EntryStatus.WITHDRAWN or hasattr(last, "acceptance"):
        return None
    # The unit is the project's; it has been read.
    last.entry.unit = record.project.unit
    return last


def _of_unit(unit: Unit, facts: YearFacts) -> Step:
    """Return the unit's turn to send its summary: until the call for summaries closes, before there is one until cultivation ends."""
    call = facts.summary_call
    until = _day(facts.deadline(call, unit)) if call else facts.year.cultivate_until
    return Step(post_title(unit, Post.OFFICER), until, of_unit=True)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
