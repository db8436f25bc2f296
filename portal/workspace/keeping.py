"""What somebody sent while not signed in, or with a token that no longer fits: kept until the form can come back filled."""

import re
import secrets
from urllib.parse import urlencode, urlsplit

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

KEPT = "kept"
KEEP_FOR = 2 * 60 * 60  # seconds; time enough to find a password
LARGEST = 512 * 1024  # bytes of one form


def way_back(request: HttpRequest) -> str:
    """Return the address to come back to; what was posted from this site is kept under it.

    Files are not kept. A post larger than LARGEST, or from another site, is dropped.

    Side effects: an entry in the cache for KEEP_FOR seconds.
    """
    if request.method != "POST" or not _from_here(request):
        return request.get_full_path()
    posted = request.POST.copy()
    posted.pop("csrfmiddlewaretoken", None)
    content = posted.urlencode()
    if not content or len(content) > LARGEST:
        return request.path
    key = secrets.token_urlsafe(24)
    cache.set(_cache_key(key), {"path": request.path, "content": content}, KEEP_FOR)
    return f"{request.path}?{urlencode({KEPT: key})}"


def kept(request: HttpRequest) -> QueryDict | None:
    """Return what was kept for this address, or None. It stays until it runs out, so that reloading shows it again."""
    key = request.GET.get(KEPT, "")
    found = cache.get(_cache_key(key)) if re.fullmatch("[0-9A-Za-z_-]{1,49}", key) else None
    if not found or found["path"] != request.path:
        return None
    return QueryDict(found["content"])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell that a form's token no longer fits (after signing in anew in another window), and lead back to it, filled."""
    back = way_back(request) if request.path.startswith("/my/") else ""
    return render(request, "403_csrf.html", {"back": back if KEPT in back else ""}, status=403)


def _from_here(request: HttpRequest) -> bool:
    """Whether a browser says that a page of this site sent the form. Another site must not fill in anybody's forms."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()


def _cache_key(key: str) -> str:
    return f"kept:{key}"
