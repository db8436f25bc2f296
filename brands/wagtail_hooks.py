"""What the brands' room registers with Wagtail."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from portal.units.models import User
from portal.workspace.due import NavItem

from .due import due_for_office, due_for_unit
from .models import Project
from .set_up import set_up_wall

hooks.register("set_up", set_up_wall, order=40)
hooks.register("due_for_person", due_for_unit)
hooks.register("due_for_person", due_for_office)


@hooks.register("workspace_nav", order=30)
def projects_tab(user: User) -> Iterator[NavItem]:
    """The tab of people whose unit has projects."""
    if (
        user.posts
        and Project.objects.filter(unit__in=[post.unit_id for post in user.posts]).exists()
    ):
        yield NavItem(label=_("我们的项目"), path=reverse("brands:projects"))
