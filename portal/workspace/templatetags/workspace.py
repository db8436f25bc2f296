"""The tabs of /my/."""

from typing import Any

from django import template
from django.http import HttpRequest

from ..due import nav_for

register = template.Library()


@register.inclusion_tag("workspace/tabs.html")
def workspace_tabs(request: HttpRequest) -> dict[str, Any]:
    """Show the tabs of the signed-in person; the current one is that with the longest fitting path."""
    items = nav_for(request.user)
    fitting = [item.path for item in items if request.path.startswith(item.path)]
    return {"items": items, "current": max(fitting, key=len, default="")}
