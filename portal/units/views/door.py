"""The sign-in page, and the door of the CMS, which has none of its own."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..campus.configuring import campus_in_use
from ..permissions import home_of


class SignInView(LoginView):
    """allauth's sign-in, with the way to the campus where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the campus sign-in."""
        return super().get_context_data(**kwargs) | {"campus": campus_in_use()}


@never_cache
@require_safe
def cms_door(request: HttpRequest) -> HttpResponse:
    """Send strangers to sign in, people of the CMS on their way, and tell the others that it is not theirs.

    The last case must not redirect: the sign-in page would send a signed-in person straight back here.
    """
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/admin/"
    if not request.user.is_authenticated:
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': target})}")
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(target)
    list(get_messages(request))  # Wagtail has left a message of its own, which this page replaces
    return render(
        request,
        "units/not_for_cms.html",
        {"home": home_of(request.user), "messages": []},
        status=403,
    )
