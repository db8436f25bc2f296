"""What somebody sent while not signed in, or with a token that no longer fits: kept until the form can come back filled.

It is kept for one person: whose page it was stands in the form itself (`{% whose_form request %}`), signed. Who else signs in
on that machine is not shown it. A form without the mark is not kept, nor one whose mark is older than a day or was drawn in
another browser: who got hold of it must not put forms before its owner.
"""

import json
import re
import secrets
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.units.devices import browser_of
from portal.units.models import User

KEPT = "kept"
WHOSE = "whose"  # the name of the hidden input
KEEP_FOR = 2 * 60 * 60  # seconds; time enough to find a password
LARGEST = 512 * 1024  # bytes of one form
MOST = 20  # forms kept for one person; the oldest gives way
PAGE_AGE = 24 * 60 * 60  # seconds that a page may have stood open for what it sends to be kept
_SALT = "portal.workspace.whose"
_COPIES_SALT = "portal.workspace.copies"
_CARRIED = ("csrfmiddlewaretoken", WHOSE, "seen", "page", "save_count", "held")
_NOT_TYPED = ("csrfmiddlewaretoken", WHOSE)


def mark_of(person: User, *, browser: str = "") -> str:
    """Return what a form carries to say whose page it is: the person's key, the browser and the time, signed.

    Args:
        browser: `devices.browser_of` the request for which it is drawn.
    """
    return signing.TimestampSigner(salt=_SALT).sign(f"{person.pk}:{browser}")


def copies_of(person: User) -> str:
    """Return the name under which a browser keeps this person's unsaved copies: a hash that opens nothing."""
    return salted_hmac(_COPIES_SALT, str(person.pk), algorithm="sha256").hexdigest()[:24]


def drawn_for(request: HttpRequest, *, max_age: int | None = None) -> tuple[int, str] | None:
    """Return the key of the person for whom the posted form was drawn, and the browser; None where it does not say, was
    forged, or is older than max_age (seconds).
    """
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        person, browser = signer.unsign(request.POST.get(WHOSE, ""), max_age=max_age).split(":")
        return int(person), browser
    except (signing.BadSignature, ValueError):
        return None


def is_someone_elses(request: HttpRequest) -> bool:
    """Whether what is posted stood on a page drawn for somebody other than who is signed in now, however long ago."""
    drawn = drawn_for(request) if request.method == "POST" else None
    return drawn is not None and drawn[0] != request.user.pk


def way_back(request: HttpRequest) -> str:
    """Return the address to come back to; what was posted from this site is kept under it, for whose page it was.

    Files are not kept. A post larger than LARGEST, from another site, or from a page of nobody's, another browser's or an old
    one is dropped.

    Side effects: an entry in the cache for KEEP_FOR seconds.
    """
    if request.method != "POST" or not _from_here(request):
        return request.get_full_path()
    owner = _owner_of(request)
    posted = request.POST.copy()
    for name in _NOT_TYPED:
        posted.pop(name, None)
    content = posted.urlencode()
    if owner is None or not content or len(content) > LARGEST:
        return request.path
    key = secrets.token_urlsafe(24)
    cache.set(_cache_key(key), {"path": request.path, "owner": owner, "content": content}, KEEP_FOR)
    _make_room(owner, key)
    return f"{request.path}?{urlencode({KEPT: key})}"


def holds(address: str) -> bool:
    """Return whether an address that `way_back` gave brings back what was posted."""
    return f"?{KEPT}=" in address


def kept(request: HttpRequest, *, posted_to: str = "") -> QueryDict | None:
    """Return what was kept for this address and this person, or None.

    Args:
        posted_to: the address that the page's form is posted to, where it is another.

    It stays until it runs out, so that reloading shows it again.
    """
    key = request.GET.get(KEPT, "")
    found = cache.get(_cache_key(key)) if re.fullmatch("[0-9A-Za-z_-]{1,49}", key) else None
    if (
        not found
        or found["path"] != (posted_to or request.path)
        or found["owner"] != request.user.pk
    ):
        return None
    return QueryDict(found["content"])


def to_the_button(request: HttpRequest, address: str, *, spot: str = "") -> HttpResponse:
    """Lead from an act that was opened as an address to the page of its button, with what is kept.

    That is where somebody comes out who signs in after his session had ended.

    Args:
        spot: the name of the place on that page, where it is not the top.
    """
    query, at = request.GET.urlencode(), f"#{spot}" if spot else ""
    return redirect(f"{address}?{query}{at}" if query else f"{address}{at}")


def shown_again(show: Callable[..., HttpResponse]) -> Callable[..., Callable[..., HttpResponse]]:
    """Return a decorator, the innermost one, for a view that takes a form from anybody: where its token no longer fits, `show`
    answers with the form as it was filled in, not sent.

    Who has not signed in cannot be told apart from whoever sits at the machine next, so nothing is kept for him, neither here
    nor in the browser: his words go back in the answer to those that brought them.

    Args:
        show: takes what the view takes; it only shows, since the token did not vouch for what was posted.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.show_again = show
        return view

    return decorate


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that a form's token no longer fits, and lead back to it, filled.

    That is so after signing in anew in another window, and where all cookies are gone, the session with them: then nobody can
    be told apart any more, so nothing is kept; what was typed stands on the page, to be copied. A form that anybody may fill
    in is shown again as it was (`shown_again`). A script is told to sign in (401), and gets the new token's cookie with it.
    """
    get_token(request)  # who signs in from the page he has open needs one
    match = request.resolver_match
    if _from_here(request) and (show := getattr(match and match.func, "show_again", None)):
        response = show(request, *match.args, **match.kwargs)
        response.status_code = 403
        add_never_cache_headers(response)
        return response
    signed_out = not request.user.is_authenticated
    if request.headers.get("Accept") == "application/json":
        if signed_out:
            return JsonResponse({"message": _("登录已过期，请重新登录。")}, status=401)
        return JsonResponse({"message": ""}, status=403)
    behind_the_gate = request.path.startswith(("/my/", "/review/", "/admin/"))
    mine = behind_the_gate and (signed_out or not is_someone_elses(request))
    back = way_back(request) if mine else ""
    lost = mine and not holds(back) and _from_here(request)
    context = {
        "back": back if holds(back) else "",
        "sign_in_to": _page_of_form(request) if behind_the_gate and signed_out else "",
        "typed": _words_typed(request) if lost else [],
    }
    response = render(request, "403_csrf.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _page_of_form(request: HttpRequest) -> str:
    """Return the address of the page that holds the posted form: its own, where the browser does not say."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() else request.path


def _words_typed(request: HttpRequest) -> list[str]:
    """Return what somebody has put into words in a posted form: no choices, numbers or what the page itself carries."""
    return [
        _as_read(value)
        for name, values in request.POST.lists()
        if name not in _CARRIED and "password" not in name
        for value in values
        if not value.isascii() or " " in value.strip()
    ]


def _as_read(value: str) -> str:
    """Return a posted value as its writer read it: the text editor of the CMS posts its paragraphs as JSON."""
    if not value.startswith('{"'):
        return value
    try:
        paragraphs = json.loads(value).get("blocks", [])
    except ValueError:
        return value
    return "\n".join(one.get("text", "") for one in paragraphs if isinstance(one, dict)) or value


def _owner_of(request: HttpRequest) -> int | None:
    """Return the key of the person for whom the posted form was drawn, not long ago and in this browser; None otherwise."""
    drawn = drawn_for(request, max_age=PAGE_AGE)
    return drawn[0] if drawn and drawn[1] == browser_of(request) else None


def _make_room(owner: int, newest: str) -> None:
    """Let the oldest of what is kept for a person go: his signed mark must not fill the cache that all share."""
    name = f"kept-for:{owner}"
    keys = [*cache.get(name, []), newest]
    cache.delete_many([_cache_key(key) for key in keys[:-MOST]])
    cache.set(name, keys[-MOST:], KEEP_FOR)


def _from_here(request: HttpRequest) -> bool:
    """Whether a browser says that a page of this site sent the form. Another site must not fill in anybody's forms."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()


def _cache_key(key: str) -> str:
    return f"kept:{key}"
