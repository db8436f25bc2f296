"""Public pages from memory: each web process keeps what it rendered, and one number that all processes share says whether it still holds.

The number (the generation) changes when a transaction is committed that changed anything public, so a change shows at once everywhere.
A page is kept under the generation that was read before it was rendered: one rendered across a change is never served.

Only anonymous GETs on public paths with known parameters come from here, never one with a session or a form's cookie. What the clock
alone changes (days left, a call that closes) ends a page's time: upper floors say with `register_clock` when that is.
"""

import gzip
import hashlib
import os
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request
from wagtail.models import Page
from wagtail.signals import post_page_move

MOST_PAGES = 1000  # in each process
MOST_BYTES = 64 * 1024 * 1024  # in each process
LONGEST = timedelta(hours=1)
GENERATION = "page-generation"
KINDS = (
    "text/html",
    "application/json",
    "application/atom+xml",
    "application/rss+xml",
    "application/xml",
    "text/calendar",
)

Clock = Callable[[datetime], datetime | None]
GetResponse = Callable[[HttpRequest], HttpResponse]
_clocks: list[Clock] = []


def register_clock(clock: Clock) -> Clock:
    """Register when public pages change by themselves; a decorator.

    Args:
        clock: takes a moment, returns the next one at which the clock alone changes a public page, or None.
    """
    _clocks.append(clock)
    return clock


def register_public(*models: type[Model]) -> None:
    """Let every saved or deleted row of these models, and of those that derive from them, end what is kept."""
    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"page cache {model._meta.label}")


def forget_all() -> None:
    """End what is kept in all processes, once the running transaction is committed."""
    transaction.on_commit(_next_generation)


def connect() -> None:
    """Listen to every kind of page, whatever app it is of."""
    post_save.connect(_page_changed, dispatch_uid="page cache")
    post_delete.connect(_page_changed, dispatch_uid="page cache")
    post_page_move.connect(_changed, dispatch_uid="page cache")
    m2m_changed.connect(_page_changed, dispatch_uid="page cache")


def _changed(**kwargs: Any) -> None:
    forget_all()


def _page_changed(sender: type[Model], **kwargs: Any) -> None:
    if issubclass(sender, Page):
        forget_all()


# --- the number that all processes share ----------------------------------------------------------


def generation() -> str:
    """Return the shared number: from a file on one machine, else from the cache that all machines share."""
    if settings.PAGE_CACHE_FILE:
        try:
            return Path(settings.PAGE_CACHE_FILE).read_text()
        except FileNotFoundError:
            return _next_generation()
    found = cache.get(GENERATION)
    return found or cache.get_or_set(GENERATION, lambda: uuid.uuid4().hex, None)


def _next_generation() -> str:
    number = uuid.uuid4().hex
    if settings.PAGE_CACHE_FILE:
        file = Path(settings.PAGE_CACHE_FILE)
        unfinished = file.with_name(f"{file.name}.{number}")
        unfinished.write_text(number)
        os.replace(unfinished, file)
    else:
        cache.set(GENERATION, number, None)
    return number


_answers: dict[str, tuple[str, Any]] = {}  # of this process


def kept_while_public_stays(question: str, ask: Callable[[], Any]) -> Any:
    """Return an answer made of public pages alone, asked anew only after something public has changed.

    Args:
        question: what the answer is kept under.
        ask: a function that finds the answer.
    """
    if not settings.PAGE_CACHE:
        return ask()
    number = generation()  # before asking: an answer found across a change is not served after it
    known = _answers.get(question)
    if known is None or known[0] != number:
        known = _answers[question] = (number, ask())
    return known[1]


# --- what a process keeps -------------------------------------------------------------------------


@dataclass
class Kept:
    """A page as it was sent."""

    body: bytes
    zipped: bytes
    headers: list[tuple[str, str]]
    until: datetime

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(self.body) + len(self.zipped)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page for a request: unchanged (304), compressed where the browser takes that, else as it is."""
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(self.zipped if zipped else self.body)
        for name, value in self.headers:
            response.headers[name] = value
        response.headers["Content-Length"] = str(len(response.content))
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        if request.method == "HEAD":
            response.content = b""
        return get_conditional_response(request, etag=response["ETag"], response=response)


class Shelf:
    """The pages of one process, the oldest dropped first."""

    def __init__(self) -> None:
        self.pages: OrderedDict[tuple[str, str], Kept] = OrderedDict()
        self.size = 0
        self.next_change: tuple[str, datetime] | None = None
        self.lock = Lock()

    def get(self, number: str, key: str) -> Kept | None:
        """Return a page of this generation that still holds."""
        kept = self.pages.get((number, key))
        return kept if kept and kept.until > timezone.now() else None

    def put(self, number: str, key: str, kept: Kept) -> None:
        """Keep a page."""
        with self.lock:
            before = self.pages.pop((number, key), None)
            self.pages[number, key] = kept
            self.size += kept.size - (before.size if before else 0)
            while len(self.pages) > MOST_PAGES or self.size > MOST_BYTES:
                self.size -= self.pages.popitem(last=False)[1].size

    def until(self, number: str, now: datetime) -> datetime:
        """Return until when a page rendered now holds: the next midnight, or what the clock changes before."""
        known = self.next_change
        if known is None or known[0] != number or known[1] <= now:
            midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
            moments = [midnight + timedelta(days=1), *(clock(now) for clock in _clocks)]
            known = self.next_change = (number, min(moment for moment in moments if moment))
        return min(known[1], now + LONGEST)


def page_cache(get_response: GetResponse) -> GetResponse:
    """Answer anonymous readers of public pages from memory."""
    shelf = Shelf()

    def middleware(request: HttpRequest) -> HttpResponse:
        key = _key(request) if settings.PAGE_CACHE else None
        if key is None:
            return _asked_again(request, get_response(request))
        number = generation()
        kept = shelf.get(number, key)
        if kept is None:
            now = timezone.now()
            response = _rendered(request, get_response)
            if not _may_be_kept(response):
                return _asked_again(request, response)
            kept = _keep(response, shelf.until(number, now))
            shelf.put(number, key, kept)
        return kept.answer(request)

    return middleware


def _rendered(request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    """Return the whole page, also to who asks for its head alone: that says the same, ETag and length included."""
    method, request.method = request.method, "GET"
    try:
        return get_response(request)
    finally:
        request.method = method


def _asked_again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let nobody show unasked what does not come from here and says nothing of caches: it may be one person's, or gone the next minute."""
    if not response.has_header("Cache-Control"):
        known = response.cookies or not _is_stranger(request)
        response["Cache-Control"] = "private, no-cache" if known else "no-cache"
    return response


def _key(request: HttpRequest) -> str | None:
    """Return what a page depends on: scheme, host, address and language; None where it may not come from here."""
    if request.method not in ("GET", "HEAD") or not _is_public(request.path_info):
        return None
    if "Authorization" in request.headers or not _is_stranger(request):
        return None
    if request.path != request.path_info:
        return None  # a SCRIPT_NAME of the sender's: the page would be kept under another's address
    if any(name not in settings.PAGE_CACHE_PARAMETERS for name in request.GET):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    language = get_language_from_request(request)
    return f"{request.scheme} {host} {language} {request.get_full_path()}"


def _is_public(path: str) -> bool:
    return path == "/" or path.startswith(settings.PAGE_CACHE_PATHS)


def _is_stranger(request: HttpRequest) -> bool:
    known = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
    return not any(name in request.COOKIES for name in known)


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").split(";")[0] in KINDS
        and "no-store" not in response.get("Cache-Control", "")
    )


def _keep(response: HttpResponse, until: datetime) -> Kept:
    body = response.content
    patch_vary_headers(response, ["Accept-Encoding"])
    if not response.has_header("ETag"):
        response["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-cache"  # a browser asks each time: changes show at once
    headers = [(name, value) for name, value in response.items() if name != "Content-Length"]
    return Kept(body, gzip.compress(body, 6, mtime=0), headers, until)
