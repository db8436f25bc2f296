"""The gate of /my/: only people who have signed in, and nothing typed is lost when the session ran out meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from portal.lifecycle.door import Refused

from . import keeping
from .refusals import STATUS, refusal_page


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only signed-in people in; the answer is never stored by a browser or proxy.

    Everybody else is sent to sign in and comes back to the same address. What he was about to send is kept meanwhile
    (`keeping`): a form that reads `keeping.kept(request)` comes back filled. A script gets 401 and JSON.

    What an act refuses while a view is at it, because something has changed since the view asked, is told with the way back.

    What stands on a page that was drawn for one person is never taken from another who has signed in on the same machine
    since: 409, and it is kept for whose page it was.
    """

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for_script = request.headers.get("Accept") == "application/json"
        if request.user.is_authenticated and request.user.is_active:
            if keeping.is_someone_elses(request):
                response = _not_yours(request, for_script=for_script)
            else:
                try:
                    response = view(request, *args, **kwargs)
                except Refused as refusal:
                    response = _refused(request, refusal, for_script=for_script)
            add_never_cache_headers(response)
            return response
        if for_script:
            return JsonResponse({"message": _("登录已过期，请重新登录。")}, status=401)
        back = keeping.way_back(request)
        if keeping.holds(back):
            messages.info(request, _("您刚才填的内容还在，登录后接着填。"))
        return redirect_to_login(back)

    return gate


def _refused(request: HttpRequest, refusal: Refused, *, for_script: bool) -> HttpResponse:
    if for_script:
        return JsonResponse({"message": str(refusal)}, status=STATUS[refusal.code])
    back = keeping.way_back(request)  # with what was typed
    return refusal_page(request, refusal, subject="", back=back, back_label=_("打开这一页"))


def _not_yours(request: HttpRequest, *, for_script: bool) -> HttpResponse:
    words = _("这一页是另一位同志登录时打开的，这里面的内容没有保存到您的名下。")
    if for_script:
        return JsonResponse({"message": words, "someone_else": True}, status=409)
    back = keeping.way_back(request)
    context = {
        "reason": words,
        "back": back,
        "back_label": _("打开这一页"),
    }
    return render(request, "workspace/refused.html", context, status=409)
