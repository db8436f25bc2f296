"""What the brands' room registers with Wagtail."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from forms_app.models import CallPage
from forms_app.steps import register_progress
from portal.cms.files.access import register_media_reader, register_offered
from portal.cms.models import unrestricted
from portal.cms.models.workflow import register_own_people
from portal.cms.moderation.turns import states_of
from portal.units.models import Unit, User
from portal.units.permissions import may_read_all
from portal.workspace.due import NavItem

from .admin import BrandsGroup
from .announcing import announcements_of, to_announce, why_nothing_to_announce
from .cultivation.progress import public_progress
from .cultivation.summarising import units_without_summary
from .due import due_for_office, due_for_unit
from .models import BrandPage, Project
from .permissions import may_see_file, offered_files, own_people_of_pages
from .personal_data import projects_data
from .set_up import set_up_wall
from .views import announcing, office, office_midterm

hooks.register("set_up", set_up_wall, order=40)
hooks.register("due_for_person", due_for_unit)
hooks.register("due_for_person", due_for_office)
hooks.register("personal_data", projects_data, order=30)
hooks.register("summaries_awaited", units_without_summary)
modeladmin_register(BrandsGroup)
register_media_reader(may_see_file)
register_offered(offered_files)
register_own_people(own_people_of_pages)
register_progress(public_progress)


@hooks.register("workspace_nav", order=30)
def projects_tab(user: User) -> Iterator[NavItem]:
    """The tab of people whose unit has projects."""
    if (
        user.posts
        and Project.objects.filter(unit__in=[post.unit_id for post in user.posts]).exists()
    ):
        yield NavItem(label=_("我们的项目"), path=reverse("brands:projects"))


@hooks.register("pages_by_number")
def brand_pages_by_number(numbers: Collection[str]) -> dict[str, Page]:
    """Return the public brand pages of projects by the projects' numbers (one query)."""
    pages = unrestricted(BrandPage.objects.live().filter(project__project_no__in=numbers))
    return {page.project.project_no: page for page in pages.select_related("project")}


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """The office's pages of the projects, and the yearly reports beside its other screens."""
    return [
        path("office/reports/", include("brands.report_urls")),
        path("projects/<slug:number>/", office.project, name="office_project"),
        path(
            "projects/<slug:number>/midterm/",
            office_midterm.check,
            name="office_midterm_check",
        ),
        path("midterm/", office_midterm.of_year, name="office_midterm"),
        path("midterm/<int:year>/", office_midterm.of_year, name="office_midterm_year"),
        path("announce/<int:pk>/", announcing.announce, name="announce"),
    ]


@hooks.register("unit_links")
def record_of_unit(user: User, unit: Unit) -> Iterator[tuple[str, str]]:
    """The way from a unit's row in the register to its record over the years."""
    if may_read_all(user):
        yield _("档案"), reverse("yearly:unit", args=[unit.code])


@hooks.register("call_announcement")
def announcement_of_call(call: CallPage) -> dict[str, Any]:
    """What the office's page of a call says about announcing its projects."""
    ready = len(to_announce(call))
    drafted = list(announcements_of(call))
    states = states_of(drafted)
    return {
        "address": reverse("announce", args=[call.pk]),
        "ready": ready,
        "why_not": "" if ready else why_nothing_to_announce(call),
        "drafted": [(page, states[page.pk].stage_name) for page in drafted],
    }


@hooks.register("before_copy_page")
@hooks.register("before_delete_page")
def one_page_per_project(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A brand page is opened by an approval and stays with its project: neither copied nor deleted."""
    if not isinstance(page.specific, BrandPage):
        return None
    messages.error(request, _("品牌页随项目而建，每个项目一页，不能复制或删除。"))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_pages_of_projects(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for many at once."""
    if action_type != "delete":
        return None
    for chosen in objects:
        if isinstance(chosen, Page) and (answer := one_page_per_project(request, chosen)):
            return answer
    return None
