"""Who may do what with a project."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.permissions import may_handle
from portal.cms.models import Document, Picture
from portal.lifecycle.door import Refused
from portal.units.models import Post, User
from portal.units.permissions import holds_post, may_read_all, units_of

from .models import BrandPage, Material, Project, ProjectStatus
from .models.status import RUNNING

CLOSED_TO_THE_UNIT = (ProjectStatus.TERMINATED, ProjectStatus.REVOKED)


def may_carry(actor: User, project: Project) -> bool:
    """Return whether the person carries the project for its unit: records activities, edits the page, fills the summary."""
    return holds_post(actor, project.unit, Post.OFFICER, Post.CHAIR)


def belongs_to_unit(actor: User, project: Project) -> bool:
    """Return whether the person holds any post in the project's unit."""
    return holds_post(actor, project.unit)


def may_oversee(actor: User, project: Project) -> bool:
    """Return whether the person oversees the project for the school union: whoever may handle the entry it came from."""
    return may_handle(actor, project.entry)


def unit_or_office(actor: User, project: Project) -> bool:
    """Return whether the person's act on a summary may carry its project along."""
    return belongs_to_unit(actor, project) or may_oversee(actor, project)


def may_see(actor: User, project: Project) -> bool:
    """Return whether the person may know of the project's inside."""
    return may_read_all(actor) or holds_post(actor, project.unit)


def visible_to(actor: User) -> QuerySet[Project]:
    """Return the projects whose inside the person may know of, as `may_see` says for one."""
    if may_read_all(actor):
        return Project.objects.all()
    return Project.objects.filter(unit__in=units_of(actor))


def why_not_record(actor: User, project: Project) -> Refused | None:
    """Return why the person cannot record activities and materials now, or None."""
    if not may_carry(actor, project):
        return Refused(_("只有本单位经办人或工会主席可以记录。"), code="forbidden")
    if project.status not in RUNNING:
        return Refused(
            _("项目现在的状态是“%(state)s”，不再记录活动和素材。")
            % {"state": project.get_status_display()},
            code="wrong_state",
        )
    return None


def why_not_edit_page(actor: User, project: Project) -> Refused | None:
    """Return why the person cannot work on the brand page (its moderation aside), or None."""
    if not may_carry(actor, project):
        return Refused(_("只有本单位经办人或工会主席可以编辑品牌页。"), code="forbidden")
    if project.status in CLOSED_TO_THE_UNIT:
        return Refused(
            _("项目现在的状态是“%(state)s”，品牌页不再编辑。")
            % {"state": project.get_status_display()},
            code="wrong_state",
        )
    return None


def own_people_of_pages(pages: Collection[int]) -> dict[int, set[int]]:
    """Return who may not review brand pages because he holds a post in the project's unit, or held one since it was begun.

    All of a page comes from these people: the application that it opens with, the activities, what several of them type
    before one saves it as a revision.

    Args:
        pages: the keys of pages of any kind.

    Returns:
        The keys of people by brand page (one query).
    """
    post = "project__unit__memberships"
    begun = TruncDate("project__entry__created_at")
    held = (
        BrandPage.objects.filter(pk__in=pages)
        .annotate(begun=begun)
        .filter(
            Q(**{f"{post}__until": None}) | Q(**{f"{post}__until__gte": F("begun")}),
            **{f"{post}__since__lte": timezone.localdate()},
        )
        .values_list("pk", f"{post}__user")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for page, person in held:
        found[page].add(person)
    return found


def may_see_file(actor: User, file: Picture | Document) -> bool:
    """Return whether the person may see a unit's picture or document that is not public yet.

    Those are the people of the unit, and whoever may see its projects: the office and the auditors.
    """
    return file.unit_id is not None and (may_read_all(actor) or holds_post(actor, file.unit))


def offered_files(model: type[Picture] | type[Document]) -> QuerySet:
    """Return the keys of the files that units have offered to the office: pictures of activities recommended for the page."""
    if model is not Picture:
        return model.objects.none().values("pk")
    offered = Material.objects.filter(activity__offered=True, picture__isnull=False)
    return offered.values("picture")
