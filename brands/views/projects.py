"""A unit's projects: the list, one project's year, its guidance notes, the way to its summary form."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.cms import moderation
from portal.cms.models import Picture, know_their_site
from portal.lifecycle.door import Refused
from portal.units.permissions import units_of
from portal.workspace.signed_in import signed_in

from .. import changing, recording, summarising
from ..checking import why_not_fill
from ..models import (
    BrandPage,
    ChangeKind,
    ChangeStatus,
    Material,
    MaterialKind,
    MidtermCheck,
    Project,
    ProjectStatus,
)
from ..permissions import belongs_to_unit, may_carry, why_not_edit_page, why_not_record
from ..pictures import LARGE, THUMB, shot
from ..standing import project_steps, tone
from .access import done, project_for, refused

PROJECTS_PER_PAGE = 20


@require_safe
@signed_in
def projects(request: HttpRequest) -> HttpResponse:
    """List the projects of the person's units over the years."""
    mine = (
        Project.objects.filter(unit__in=units_of(request.user))
        .with_parties()
        .select_related("award__level", "page")
    )
    page = Paginator(mine, PROJECTS_PER_PAGE).get_page(request.GET.get("page"))
    know_their_site(one.page for one in page.object_list if hasattr(one, "page"))
    return render(
        request,
        "brands/projects.html",
        {"page": page, "rows": [(project, tone(project)) for project in page.object_list]},
    )


@require_safe
@signed_in
def project(request: HttpRequest, number: str) -> HttpResponse:
    """Show one project's year: steps, money, guidance, activities, brand page, summary, verdict, award."""
    found = project_for(request, number)
    activities = list(
        found.activities.prefetch_related(
            Prefetch(
                "materials",
                Material.objects.filter(kind=MaterialKind.PICTURE).prefetch_related(
                    Prefetch("picture", Picture.objects.prefetch_renditions(THUMB, LARGE))
                ),
            )
        ).order_by("-date", "-pk")
    )
    rows = [
        (
            activity,
            [it for material in activity.materials.all() if (it := shot(material.picture))],
        )
        for activity in activities
    ]
    page = BrandPage.objects.filter(project=found).first()
    carries = may_carry(request.user, found)
    last = found.summaries.select_related("entry", "acceptance").last()
    midterm = MidtermCheck.objects.filter(project=found).first()
    if midterm:
        midterm.project = found
    changes = list(found.change_requests.select_related("asked_by"))
    return render(
        request,
        "brands/project.html",
        {
            "project": found,
            "tone": tone(found),
            "steps": project_steps(found),
            "paid": found.disbursements.filter(paid_on__isnull=False).aggregate(
                total=Sum("amount")
            )["total"]
            or 0,
            "payments": found.disbursements.all(),
            "notes": found.guidance_notes.select_related("written_by", "read_by"),
            "reads": belongs_to_unit(request.user, found),
            "rows": rows,
            "participants": sum(activity.participants for activity in activities),
            "no_recording": why_not_record(request.user, found),
            "carries": carries,
            "material_count": found.materials.count(),
            "brand_page": page,
            "moderation": moderation.state_of(page) if page else None,
            "no_editing": why_not_edit_page(request.user, found),
            "last": last,
            "acceptance": getattr(last, "acceptance", None),
            "award": getattr(found, "award", None),
            "midterm": midterm,
            "changes": changes,
            "formers": [
                one
                for one in changes
                if one.status == ChangeStatus.APPROVED and one.aspect in changing.FIELDS
            ],
            "change_kinds": [
                (kind, changing.why_not_request(request.user, found, kind)) for kind in ChangeKind
            ],
            "midterm_open": midterm and not why_not_fill(request.user, midterm),
            "summary_open": _summary_open(request, found, last),
        },
    )


@require_POST
@signed_in
def start_summary(request: HttpRequest, number: str) -> HttpResponse:
    """Start the summary form, or go on with it."""
    found = project_for(request, number)
    try:
        entry = summarising.start_summary(found, actor=request.user)
    except Refused as refused_act:
        return refused(request, found, refused_act)
    return redirect("forms_app:edit", pk=entry.pk)


@require_POST
@signed_in
def read_guidance(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Confirm that a guidance note was read."""
    found = project_for(request, number)
    note = get_object_or_404(found.guidance_notes, pk=pk)
    try:
        recording.read_guidance(note, actor=request.user)
    except Refused as refused_act:
        return refused(request, found, refused_act)
    return done(request, _("已告诉校工会：看过了。"), f"{found.my_path}#guidance")


def _summary_open(request: HttpRequest, found: Project, last: object) -> bool:
    """Whether the person can start or go on with the summary form now."""
    if not may_carry(request.user, found):
        return False
    if found.status in (ProjectStatus.ESTABLISHED, ProjectStatus.CULTIVATING):
        return summarising.summary_call(found) is not None
    return summarising.why_no_summary(found, last, actor=request.user) is None
