"""What forms ask of the projects: a unit's earlier projects to continue, and what a summary copies of the approved plan."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy

from forms_app.engine import sources
from forms_app.engine.context import FillingContext
from forms_app.models import Entry, FormKind
from portal.units.models import Unit

from .establishing import approved_answers
from .models import Project, ProjectStatus


def own_projects(context: FillingContext) -> list[tuple[str, str]]:
    """Return the unit's projects of earlier years that an application can continue; revoked ones are not offered."""
    projects = Project.objects.filter(unit=context.unit).exclude(status=ProjectStatus.REVOKED)
    if context.year:
        projects = projects.filter(programme_year__year__lt=context.year)
    return [(project.project_no, str(project)) for project in projects]


def project_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Return how projects are called, by number."""
    return {
        project.project_no: str(project) for project in Project.objects.filter(project_no__in=codes)
    }


def number_of(entry: Entry) -> str:
    """Return the number of the project an entry was established as, "" where it was not."""
    return Project.objects.filter(entry=entry).values_list("project_no", flat=True).first() or ""


def entry_behind(number: str, unit: Unit) -> int | None:
    """Return the key of the entry that a unit's project was established from; None where it has no such project."""
    found = Project.objects.filter(unit=unit, project_no=number)
    return found.values_list("entry_id", flat=True).first()


def activity_rows(project: Project) -> list[dict[str, Any]]:
    """Return the recorded activities as rows of the summary form."""
    rows = []
    for activity in project.activities.all():
        row = {
            "date": activity.date.isoformat(),
            "name": activity.name,
            "place": activity.place,
            "participants": activity.participants,
            "url": activity.url,
        }
        rows.append({key: value for key, value in row.items() if value != ""})
    return rows


def indicator_rows(project: Project) -> list[dict[str, Any]]:
    """Return the approved targets as rows; what was reached is left to the unit."""
    return [
        {key: row[key] for key in ("name", "target", "unit_label") if key in row}
        for row in approved_answers(project).get("indicators") or []
    ]


def expense_rows(project: Project) -> list[dict[str, Any]]:
    """Return the approved budget, one row for each category with its sum; what was spent is left to the unit."""
    sums: dict[str, Decimal] = {}
    for row in approved_answers(project).get("budget_items") or []:
        code = row.get("category")
        if isinstance(code, str):
            sums[code] = sums.get(code, Decimal(0)) + _money(row.get("amount"))
    return [{"category": code, "budgeted": f"{amount:.2f}"} for code, amount in sums.items()]


def _participants(project: Project) -> int:
    return project.activities.aggregate(total=Sum("participants"))["total"] or 0


def _money(value: Any) -> Decimal:
    try:
        return Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return Decimal(0)


def project_of(context: FillingContext) -> Project | None:
    """Return the project a form is filled in for: the one its entry sums up, else the unit's own of that number."""
    projects = Project.objects.select_related("category", "entry")
    if context.entry is not None:
        if context.entry.kind == FormKind.APPLICATION:
            return None
        return projects.filter(summaries__entry=context.entry).first()
    if not context.project_no:
        return None
    return projects.filter(unit=context.unit, project_no=context.project_no).first()


def _of_project(value: Callable[[Project], Any]) -> Callable[[FillingContext], Any]:
    """Return a prefill source that asks the project whose summary is filled in."""

    def prefill(context: FillingContext) -> Any:
        project = project_of(context)
        return value(project) if project else None

    return prefill


sources.register_choices("own_projects", own_projects, project_names)
sources.register_code_of_entry("own_projects", number_of)
sources.register_entry_of_code("own_projects", entry_behind)
sources.register_prefill(sources.APPROVED, _of_project(approved_answers))
for _name, (_label, _value) in {
    "project_no": (gettext_lazy("项目编号"), lambda project: project.project_no),
    "approved_title": (gettext_lazy("立项的项目名称"), lambda project: project.title),
    "approved_category": (gettext_lazy("立项的项目类别"), lambda project: project.category.code),
    "approved_leader_name": (gettext_lazy("立项的负责人"), lambda project: project.leader_name),
    "granted_amount": (gettext_lazy("下达经费"), lambda project: f"{project.granted:.2f}"),
    "activities": (gettext_lazy("活动记录"), activity_rows),
    "activity_count": (gettext_lazy("活动次数"), lambda project: project.activities.count()),
    "participants_total": (gettext_lazy("累计参与人次"), _participants),
    "approved_indicators": (gettext_lazy("立项的量化指标"), indicator_rows),
    "approved_expenses": (gettext_lazy("立项的经费预算"), expense_rows),
}.items():
    sources.register_prefill(_name, _of_project(_value), label=_label)
