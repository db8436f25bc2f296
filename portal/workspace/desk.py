"""The office's desk: what is due for the person who has signed in to the CMS, on its home screen."""

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel

from portal.messaging.models import Message
from portal.units.permissions import is_school_union

from .due import due_for


class DuePanel(Component):
    """Cards of everything that waits for the person."""

    name = "due"
    order = 50
    template_name = "workspace/desk.html"
    media = Media(css={"all": ["css/admin/office.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Ask every app what is due."""
        user = parent_context["request"].user
        return {
            "items": [item for item in due_for(user) if not item.waiting_for],
            "unread": Message.objects.inbox_of(user).unread().count(),
        }


@hooks.register("construct_homepage_panels", order=50)
def put_on_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    """Begin the home screen with what is due; lists of one's own edits do not help the office."""
    panels[:] = [panel for panel in panels if not isinstance(panel, RecentEditsPanel)]
    # Reviewers have a list of their own; "nothing is due" above it would be a lie.
    if is_school_union(request.user) or due_for(request.user):
        panels.append(DuePanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def leave_out_totals(_request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are is nothing to act on."""
    items.clear()
