"""One project's year, prepared for the page of its unit."""

from typing import Any

from django.db.models import Prefetch, Sum

from forms_app.review.passing_on import comments_for
from portal.cms.models import Picture
from portal.cms.moderation import turns
from portal.units.models import User

from .cultivation import changing, summarising
from .cultivation.checking import why_not_fill
from .models import (
    BrandPage,
    ChangeKind,
    ChangeStatus,
    Material,
    MaterialKind,
    MidtermCheck,
    Project,
    ProjectStatus,
    ProjectSummary,
)
from .permissions import belongs_to_unit, may_carry, why_not_edit_page, why_not_record
from .pictures import LARGE, THUMB, shot
from .standing import project_steps, tone


def parts_of_project(project: Project, *, reader: User) -> dict[str, Any]:
    """Return what `brands/project.html` shows: steps, money, guidance, activities, brand page, summary, verdict, award.

    Args:
        project: with its parties.
        reader: who looks; says what he may do next.
    """
    page = BrandPage.objects.filter(project=project).first()
    last = project.summaries.select_related("entry", "acceptance").last()
    rows = _activities(project)
    return {
        "project": project,
        "tone": tone(project),
        "steps": project_steps(project),
        "paid": _paid(project),
        "notes": project.guidance_notes.select_related("written_by", "read_by"),
        "reads": belongs_to_unit(reader, project),
        "rows": rows,
        "participants": sum(activity.participants for activity, _shots in rows),
        "no_recording": why_not_record(reader, project),
        "material_count": project.materials.count(),
        "brand_page": page,
        "moderation": turns.state_of(page) if page else None,
        "no_editing": why_not_edit_page(reader, project),
        "last": last,
        "acceptance": (acceptance := getattr(last, "acceptance", None)),
        "comments": comments_for(last.entry) if acceptance else [],
        "award": getattr(project, "award", None),
        "summary_open": _summary_open(project, last, reader),
        **_midterm(project, reader),
        **_changes(project, reader),
    }


def _activities(project: Project) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return the activities, newest first, each with its pictures as components/gallery.html takes them."""
    copies = Prefetch("picture", Picture.objects.prefetch_renditions(THUMB, LARGE))
    pictures = Material.objects.filter(kind=MaterialKind.PICTURE).prefetch_related(copies)
    found = project.activities.prefetch_related(Prefetch("materials", pictures))
    return [
        (
            activity,
            [it for material in activity.materials.all() if (it := shot(material.picture))],
        )
        for activity in found.order_by("-date", "-pk")
    ]


def _paid(project: Project) -> Any:
    """Return what has been paid to the project, in yuan."""
    paid = project.disbursements.filter(paid_on__isnull=False)
    return paid.aggregate(total=Sum("amount"))["total"] or 0


def _midterm(project: Project, reader: User) -> dict[str, Any]:
    """Return the mid-term check, and whether the reader fills it in now."""
    midterm = MidtermCheck.objects.filter(project=project).first()
    if midterm:
        midterm.project = project
    return {"midterm": midterm, "midterm_open": midterm and not why_not_fill(reader, midterm)}


def _changes(project: Project, reader: User) -> dict[str, Any]:
    """Return what was asked to be changed, what a change has replaced, and what the reader may ask for."""
    changes = list(project.change_requests.select_related("asked_by"))
    return {
        "carries": may_carry(reader, project),
        "changes": changes,
        "formers": [
            one
            for one in changes
            if one.status == ChangeStatus.APPROVED and one.aspect in changing.FIELDS
        ],
        "change_kinds": [
            kind for kind in ChangeKind if not changing.why_not_request(reader, project, kind)
        ],
    }


def _summary_open(project: Project, last: ProjectSummary | None, reader: User) -> bool:
    """Whether the reader can start or go on with the summary form now."""
    if not may_carry(reader, project):
        return False
    if project.status in (ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING):
        return summarising.summary_call(project) is not None
    return summarising.why_no_summary(project, last, actor=reader) is None
