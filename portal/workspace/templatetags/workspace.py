"""The tabs of /my/."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html

from portal.editing import BROUGHT_BACK
from portal.units.devices import browser_of
from portal.units.models import User

from .. import keeping
from ..due import NavItem, nav_for, shortcuts_for

register = template.Library()


@register.inclusion_tag("workspace/tabs.html")
def workspace_tabs(request: HttpRequest) -> dict[str, Any]:
    """Show the tabs of the signed-in person; the current one is that with the longest fitting path."""
    items = nav_for(request.user)
    fitting = [item.path for item in items if request.path.startswith(item.path)]
    return {"items": items, "current": max(fitting, key=len, default="")}


@register.simple_tag
def shortcuts(user: User) -> list[NavItem]:
    """Return the signed-in person's places outside /my/."""
    return shortcuts_for(user)


@register.simple_tag
def whose_form(request: HttpRequest) -> str:
    """Return the hidden input that says for whom a form was drawn; goes beside the csrf token of every form that holds text.

    Its data-copies names the copies that this person's browser keeps (`js/autosave.js`).
    """
    return format_html(
        '<input type="hidden" name="{}" value="{}" data-copies="{}" autocomplete="off">',
        keeping.WHOSE,
        keeping.mark_of(request.user, browser=browser_of(request)),
        keeping.copies_of(request.user),
    )


@register.simple_tag
def brought_back_mark() -> str:
    """Return the hidden input that says that a form comes from before the session ended: it is shown and not saved."""
    return format_html('<input type="hidden" name="{}" value="1">', BROUGHT_BACK)
