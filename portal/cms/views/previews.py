"""The way from the CMS to the front end that shows a draft."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..headless.previewing import front_end_address, may_preview


@require_safe
@never_cache
def headless_preview(request: HttpRequest, page_pk: int) -> HttpResponse:
    """Send the person to the front end with a token for the page's latest revision; 404 where there is none, or not for him."""
    page = get_object_or_404(Page, pk=page_pk).specific
    revision = page.get_latest_revision()
    if not (settings.HEADLESS_PREVIEW_URL and revision and may_preview(request.user, page)):
        raise Http404
    return redirect(front_end_address(revision, request.user))
