"""Who may do what with a project."""

from django.db.models import QuerySet

from portal.units.models import Post, User
from portal.units.permissions import holds_post, is_school_union, may_read_all, units_of

from .models import Project


def may_carry(actor: User, project: Project) -> bool:
    """Return whether the person carries the project for its unit: records activities, edits the page, fills the summary."""
    return holds_post(actor, project.unit, Post.OFFICER, Post.CHAIR)


def belongs_to_unit(actor: User, project: Project) -> bool:
    """Return whether the person holds any post in the project's unit."""
    return holds_post(actor, project.unit)


def may_oversee(actor: User, project: Project) -> bool:
    """Return whether the person oversees the project for the school union: office staff, nobody for his own unit."""
    return is_school_union(actor) and not holds_post(actor, project.unit)


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
