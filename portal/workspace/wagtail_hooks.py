"""The workspace's own tabs, and its page inside the CMS."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.messaging.models import Message
from portal.units.models import User

from . import (
    desk,  # noqa: F401 - registers the panel of the CMS home screen
    job_views,
)
from .due import NavItem


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """A background job that was asked for in the CMS."""
    return [path("jobs/<int:pk>/", job_views.job_in_admin, name="workspace_job")]


@hooks.register("register_admin_menu_item")
def messages_in_the_menu() -> MenuItem:
    """Lead from the CMS to one's messages, where what reviewers write arrives."""
    return MenuItem(gettext_lazy("消息"), reverse("workspace:inbox"), icon_name="mail", order=20)


@hooks.register("workspace_nav", order=0)
def due_tab(_user: User) -> Iterator[NavItem]:
    """The first tab: what is due."""
    yield NavItem(label=_("轮到您的事"), path=reverse("workspace:due"))


@hooks.register("workspace_nav", order=90)
def inbox_tab(user: User) -> Iterator[NavItem]:
    """Messages, with the number of unread ones."""
    unread = Message.objects.inbox_of(user).unread().count()
    yield NavItem(label=_("消息"), path=reverse("workspace:inbox"), count=unread)


@hooks.register("workspace_nav", order=100)
def profile_tab(_user: User) -> Iterator[NavItem]:
    """One's own data, after everything else."""
    yield NavItem(label=_("我的资料"), path=reverse("profile"))
