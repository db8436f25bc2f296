"""What has expired is gone when its time has come, not when the worker comes by: whoever asks first takes it off the site."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page

from ..page_cache import kept_while_public_stays, register_clock
from .doors import take_off_expired

PROBES = "/health/"  # must answer where there is no database


@register_clock
def next_expiry(now: datetime) -> datetime | None:
    """Return when the next public page expires (one query)."""
    return _expiring().filter(expire_at__gt=now).aggregate(at=Min("expire_at"))["at"]


def on_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Take off the site what has expired before anything is read for an answer; stands behind the page cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.PAGE_CACHE and not request.path_info.startswith(PROBES):
            first = kept_while_public_stays("first expiry", _first_expiry)
            if first and first <= timezone.now():
                take_off_expired()
        return get_response(request)

    return middleware


def _first_expiry() -> datetime | None:
    return _expiring().aggregate(at=Min("expire_at"))["at"]


def _expiring() -> QuerySet[Page]:
    return Page.objects.order_by().filter(live=True, expire_at__isnull=False)
