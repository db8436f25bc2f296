"""What the application room registers with Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from portal.units.models import User
from portal.units.permissions import is_expert
from portal.workspace.due import NavItem

from .admin.form_definitions import FormDefinitionViewSet
from .definitions.moving import open_entries
from .due import due_for_person
from .models import FormDefinition
from .office import wagtail_hooks as office  # noqa: F401 - registers the office's screens
from .personal_data import entries_data
from .review.reviewing import assigned_to
from .set_up import set_up_calls, set_up_categories, set_up_forms, set_up_rubrics

hooks.register("set_up", set_up_categories, order=30)
hooks.register("set_up", set_up_rubrics, order=31)
hooks.register("set_up", set_up_calls, order=32)
hooks.register("set_up", set_up_forms, order=33)
hooks.register("due_for_person", due_for_person, order=10)
hooks.register("personal_data", entries_data, order=20)
register_snippet(FormDefinitionViewSet)


@hooks.register("after_edit_snippet")
def point_to_drafts(request: HttpRequest, instance: Any) -> None:
    """Tell who has just published a form that drafts are still written in an older version."""
    if not isinstance(instance, FormDefinition) or "action-publish" not in request.POST:
        return
    target = instance.latest_version
    behind = len(open_entries(instance, target)) if target else 0
    if behind:
        messages.info(
            request,
            ngettext(
                "有 %(count)d 份草稿还在用旧版，要不要换，请看会变什么。",
                "有 %(count)d 份草稿还在用旧版，要不要换，请看会变什么。",
                behind,
            )
            % {"count": behind},
            buttons=[
                messages.button(reverse("office:form_move", args=[instance.pk]), _("看看变什么"))
            ],
        )


@hooks.register("workspace_nav", order=5)
@hooks.register("shortcuts", order=10)
def reviewing_tab(user: User) -> Iterator[NavItem]:
    """The way to the experts' desk, from /my/ and from every page, while there is something on it."""
    if is_expert(user) and assigned_to(user).exists():
        yield NavItem(label=_("评审"), path=reverse("review:index"))


@hooks.register("workspace_nav", order=10)
def entries_tab(user: User) -> Iterator[NavItem]:
    """The tab of a unit's entries over the years."""
    if user.posts:
        yield NavItem(label=_("申报与总结"), path=reverse("forms_app:entries"))
