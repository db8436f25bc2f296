"""What helps to pass a public brand on: share picture, QR code, media kit. Drafts have none of it."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from portal.cms.models import SiteSettings
from portal.cms.typesetting import qr_svg

from ..models import BrandPage
from ..promotion import kept
from ..public.showing import public_pages

DRAWINGS = {"poster": "海报", "long": "长图"}


@require_safe
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the picture that stands beside a shared link."""
    page = _live(slug)
    made = kept(page, "share.jpg", site=SiteSettings.for_request(request))
    return _asked_again(HttpResponse(made, content_type="image/jpeg"))


@require_safe
def drawing(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Serve a drawing to look at, keep and send on, as on a phone: the poster, or the long picture for chat groups."""
    page = _live(slug)
    made = kept(page, f"{name}.jpg", site=SiteSettings.for_request(request))
    response = HttpResponse(made, content_type="image/jpeg")
    title = quote(f"{page.title}-{DRAWINGS[name]}.jpg")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{title}"
    return _asked_again(response)


@require_safe
def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the QR code of the page's address."""
    page = _live(slug)
    address = page.get_full_url(request) or request.build_absolute_uri(page.get_url(request))
    return _asked_again(HttpResponse(qr_svg(address), content_type="image/svg+xml"))


@require_safe
def kit(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the media kit."""
    page = _live(slug)
    made = kept(page, "kit.zip", site=SiteSettings.for_request(request))
    response = HttpResponse(made, content_type="application/zip")
    name = quote(f"{page.title}-宣传素材包.zip")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{page.slug}.zip\"; filename*=UTF-8''{name}"
    )
    return _asked_again(response)


def _live(slug: str) -> BrandPage:
    return get_object_or_404(public_pages(), slug=slug)


def _asked_again(response: HttpResponse) -> HttpResponse:
    """Let nobody keep it unasked: a page taken down takes its drawings along."""
    patch_cache_control(response, private=True, no_cache=True)
    return response
