"""The gate of /my/: only people who have signed in, and nothing typed is lost when the session ran out meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from . import keeping


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only signed-in people in; the answer is never stored by a browser or proxy.

    Everybody else is sent to sign in and comes back to the same address. What he was about to send is kept meanwhile
    (`keeping`): a form that reads `keeping.kept(request)` comes back filled. A script gets 401 and JSON.
    """

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_active:
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"message": _("登录已过期，请重新登录。")}, status=401)
        return redirect_to_login(keeping.way_back(request))

    return gate
