"""What somebody typed in the CMS's editor is kept when the session ran out meanwhile, and comes back after signing in."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from . import keeping

# What the buttons of the editor send: what comes back is looked at first, whatever was pressed.
_BUTTONS = ("action-", "workflow-action-")


def keep_for_editors(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep what is posted to the CMS without a session, and offer it at the same address to whom it belongs.

    Only forms that say whose they are (`whose_form`) are kept. Outside of `idle_notice`, which leads elsewhere.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return get_response(request)
        if request.method == "GET" and keeping.KEPT in request.GET:
            posted = keeping.kept(request)
            return get_response(request) if posted is None else _offer(request, posted)
        response = get_response(request)
        if (
            request.method == "POST"
            and response.status_code == 302
            and not request.user.is_authenticated
        ):
            way = keeping.way_back(request)
            return redirect_to_login(way) if keeping.KEPT in way else response
        return response

    return middleware


def _offer(request: HttpRequest, posted: QueryDict) -> HttpResponse:
    """Show what was kept as a form to send again: only a person with a fresh token can, and the editor saves nothing of it."""
    pairs = [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if not name.startswith(_BUTTONS)
    ]
    response = render(
        request,
        "workspace/brought_back.html",
        {"pairs": pairs, "title": posted.get("title") or posted.get("name") or ""},
    )
    response["Cache-Control"] = "no-store"
    return response
