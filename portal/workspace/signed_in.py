"""The gate of /my/: only people who have signed in, and nothing typed is lost when the session ran out meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from portal.lifecycle.door import Refused

from . import keeping
from .refusals import STATUS, refusal_page

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
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


def posted_from(page: str, *parts: str) -> Callable[[View], View]:
    """Let signed-in people post to a view that has no page of its own; opened by itself it leads to where its form stands.

    That is where somebody comes out who signs in after his session had ended, or whose browser repeats an address.

    Args:
        page: the name of the address of that page.
        parts: the view's own arguments that the address takes.
    """

    def decorate(view: View) -> View:
        post = signed_in(view)

        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return post(request, *args, **kwargs)
            address = reverse(page, kwargs={part: kwargs[part] for part in parts})
            query = request.GET.urlencode()
            return redirect(f"{address}?{query}" if query else address)

        return gate

    return decorate


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
