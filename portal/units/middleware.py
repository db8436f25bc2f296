"""Rules that hold on every page: only people keep a session alive, who came by the campus stays as long as the staff number is
his, an initial password is changed first, and who was idle is told so."""

import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .campus.backend import came_by_campus, is_still_his

GetResponse = Callable[[HttpRequest], HttpResponse]
BEAT = "X-Beat"  # what a script of ours asks by the clock, with nobody at the keyboard
WAGTAILS_BEAT = (
    "wagtailadmin_editing_sessions:ping"  # what Wagtail's editor asks, every ten seconds
)
AWAKE_AT = "awake_at"  # in the session: when somebody last did something, in seconds
AWAKE_FOR = 60  # seconds for which that is true enough


def keep_awake(session: SessionBase) -> None:
    """Note in somebody's session that he has just done something; within a minute of the last time it stays as it is."""
    now = int(time.time())
    if now - session.get(AWAKE_AT, 0) >= AWAKE_FOR:
        session[AWAKE_AT] = now


def idle_clock(get_response: GetResponse) -> GetResponse:
    """Begin the idle time anew with what a person does, to the minute; what a page's scripts ask by the clock does not count.

    Each writing of a session is a transaction of its own: once a minute is enough.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        found = request.resolver_match
        if BEAT in request.headers or (found and found.view_name == WAGTAILS_BEAT):
            return response
        # Strangers have no session; asking theirs would make every public page vary by cookie.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            keep_awake(request.session)
        return response

    return middleware


def vouched_for(get_response: GetResponse) -> GetResponse:
    """Sign out who came by the campus under a staff number that his account no longer has: it was another person's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and came_by_campus(request)
            and request.user.is_authenticated
            and not is_still_his(request)
        ):
            logout(request)
            messages.info(request, _("这个账号的工号已经更正，请重新登录。"))
        return get_response(request)

    return middleware


def forced_password_change(get_response: GetResponse) -> GetResponse:
    """Let people who came with an initial password do nothing but change it or leave.

    Who came by the campus has not used it, and may never have been given it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        # Strangers have no session cookie; asking for request.user would make every public page vary by cookie.
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and getattr(request.user, "must_change_password", False)
            and not came_by_campus(request)
            and not _open_before_change(request.path)
        ):
            change = reverse("account_change_password")
            wanted = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{change}?{urlencode(wanted)}" if wanted else change)
        return get_response(request)

    return middleware


def _open_before_change(path: str) -> bool:
    names = ("account_change_password", "account_logout", "wagtailadmin_logout")
    return path in {reverse(name) for name in names} or path.startswith(settings.STATIC_URL)


def idle_notice(get_response: GetResponse) -> GetResponse:
    """Say why somebody has to sign in again, and lead him back to the page he was on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (isinstance(response, HttpResponseRedirect) and _leads_to_sign_in(response)):
            return response
        if _session_expired(request):
            minutes = settings.SESSION_COOKIE_AGE // 60
            messages.info(
                request,
                _("您有 %(minutes)d 分钟没有操作，为了安全已自动退出，请重新登录。")
                % {"minutes": minutes},
            )
        if _leads_to_itself(response, request) and (page := _page_of_form(request)):
            # The address that takes a form may show nothing: come back to the page that holds it.
            response["Location"] = f"{settings.LOGIN_URL}?{urlencode({'next': page})}"
        return response

    return middleware


def _leads_to_sign_in(response: HttpResponseRedirect) -> bool:
    target = urlsplit(response.url)
    return target.path == settings.LOGIN_URL and "next" in dict(parse_qsl(target.query))


def _leads_to_itself(response: HttpResponseRedirect, request: HttpRequest) -> bool:
    """Return whether a post leads back to its own address as it is: otherwise the view knows the way better (it has kept
    what was typed)."""
    wanted = dict(parse_qsl(urlsplit(response.url).query))["next"]
    return request.method == "POST" and wanted in (request.path, request.get_full_path())


def _session_expired(request: HttpRequest) -> bool:
    """Return whether the session of the request's cookie is still stored, but too old."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(key) and (
        Session.objects.filter(session_key=key, expire_date__lte=timezone.now()).exists()
    )


def _page_of_form(request: HttpRequest) -> str | None:
    """Return the page whose form was posted to another address; None for one posted to its own address."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return None
    parts = urlsplit(referer)
    if parts.path == request.path:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
