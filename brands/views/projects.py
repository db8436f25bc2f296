"""A unit's projects: the list, one project's year, its guidance notes, the way to its summary form."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.cms.models import know_their_site
from portal.lifecycle.door import Refused
from portal.units.permissions import units_of
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..cultivation import recording, summarising
from ..models import Project
from ..project_page import parts_of_project
from ..standing import tone
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
    return render(request, "brands/project.html", parts_of_project(found, reader=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def start_summary(request: HttpRequest, number: str) -> HttpResponse:
    """Start the summary form, or go on with it."""
    found = project_for(request, number)
    if request.method != "POST":
        return keeping.to_the_button(request, found.my_path)
    try:
        entry = summarising.start_summary(found, actor=request.user)
    except Refused as refused_act:
        return refused(request, found, refused_act)
    return redirect("forms_app:edit", pk=entry.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def read_guidance(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Confirm that a guidance note was read."""
    found = project_for(request, number)
    if request.method != "POST":
        return keeping.to_the_button(request, found.my_path)
    note = get_object_or_404(found.guidance_notes, pk=pk)
    try:
        recording.read_guidance(note, actor=request.user)
    except Refused as refused_act:
        return refused(request, found, refused_act)
    return done(request, _("已告诉校工会：看过了。"), f"{found.my_path}#guidance")
