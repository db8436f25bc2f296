"""Who comes in: everything is read by the office and the auditors, for everybody else it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from portal.units.permissions import may_read_all

View = Callable[..., HttpResponse]


def for_the_office(view: View) -> View:
    """Answer 404 to everybody who may not read all entries."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read_all(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return gate


class ForReaders(MenuItem):
    """A menu item of those who may read all entries."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may."""
        return may_read_all(request.user)


def frame(title: str, *, icon: str, trail: list[tuple[str, str]] | None = None) -> dict[str, Any]:
    """Return what the admin's frame needs around a screen.

    Args:
        title: of this screen.
        icon: one of Wagtail's.
        trail: (address, label) of the screens above it, below the home screen.
    """
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("首页")},
            *({"url": url, "label": label} for url, label in trail or []),
            {"url": "", "label": title},
        ],
    }
