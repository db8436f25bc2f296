"""Search, feed, sitemap and robots: what the site offers beside its pages."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, get_page_models

from portal.plain_text import without_control

from ..models import SiteSettings
from ..searching import (
    Result,
    Search,
    kinds,
    notes_on,
    public_pages,
    question_of,
    results_of,
    suggestions,
    years,
)
from ..typesetting import qr_svg

FEED_LENGTH = 30
LONGEST_PATH = 300  # characters
DAY_IN_SECONDS = 24 * 60 * 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; any query whatever gets an answer."""
    asked = Search(
        question_of(request.GET.get("q", "")),
        kind=request.GET.get("kind", "")[:40],
        year=request.GET.get("year", "")[:4],
    )
    page = asked.page(request.GET.get("page", "1"))
    found = {one.pk: one for one in Page.objects.filter(pk__in=list(page)).specific()}
    results = results_of([found[key] for key in page if key in found], asked.words)
    return TemplateResponse(
        request,
        "cms/search.html",
        {
            "asked": asked,
            "results": [_shown(result, request) for result in results],
            "page_of_list": page,
            "meant": [] if found else _suggested(asked.meant(), request),
            "kinds": [(name, model._meta.verbose_name) for name, model in kinds().items()],
            "years": years(),
        },
    )


def _shown(result: Result, request: HttpRequest) -> dict[str, Any]:
    return {
        **result._asdict(),
        "url": result.page.get_url(request),
        "kind": result.page._meta.verbose_name,
        "at": result.page.first_published_at,
    }


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer what somebody is typing with titles that fit, as {"suggestions": [{"title", "kind", "note", "url"}]}."""
    found = suggestions(question_of(request.GET.get("q", "")))
    return JsonResponse({"suggestions": _suggested(found, request)})


def _suggested(pages: list[Page], request: HttpRequest) -> list[dict[str, Any]]:
    notes = notes_on(pages)
    return [
        {
            "title": page.title,
            "kind": str(page.specific_class._meta.verbose_name),
            "note": notes.get(page.pk, ""),
            "url": page.get_url(request),
        }
        for page in pages
    ]


class PublicFeed(Feed):
    """Notices, documents, calls and brand pages as they become public (Atom)."""

    feed_type = Atom1Feed
    title = _("一会一品：最新公开")
    subtitle = _("通知公告、政策文件、申报通知和品牌风采")
    link = "/"
    feed_url = "/feed/"

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """Keep the request, whose cache of sites the addresses use."""
        return request

    def author_name(self, request: HttpRequest) -> str:
        """Return whose feed it is: Atom wants an author (RFC 4287, 4.1.1)."""
        return SiteSettings.for_request(request).union_name or str(self.title)

    def items(self, request: HttpRequest) -> QuerySet[Page]:
        """Return the newest public pages of the kinds that belong in a feed."""
        kinds = [model for model in get_page_models() if getattr(model, "in_feed", False)]
        pages = public_pages().type(*kinds).order_by("-first_published_at", "-pk")[:FEED_LENGTH]
        self.request = request
        return pages.specific()

    def item_title(self, item: Page) -> str:
        """Return the page's title."""
        return without_control(item.title)

    def item_description(self, item: Page) -> str:
        """Return the page's summary where it has one."""
        return without_control(
            item.search_description or getattr(item, "summary", "") or getattr(item, "intro", "")
        )

    def item_link(self, item: Page) -> str:
        """Return the page's address."""
        return item.get_url(self.request) or "/"

    def item_pubdate(self, item: Page) -> datetime | None:
        """Return when it first became public."""
        return item.first_published_at

    def item_updateddate(self, item: Page) -> datetime | None:
        """Return when it was last published."""
        return item.last_published_at

    def item_categories(self, item: Page) -> list[Any]:
        """Return the kind of page."""
        return [str(item._meta.verbose_name)]


class PublicRssFeed(PublicFeed):
    """The same for readers that know RSS alone."""

    feed_type = Rss201rev2Feed
    description = PublicFeed.subtitle
    feed_url = "/feed/rss/"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines out of what is not public anyway, and point them to the sitemap."""
    closed = ("/admin/", "/my/", "/review/", "/accounts/", "/search/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY_IN_SECONDS)
def qr_code(request: HttpRequest) -> HttpResponse:
    """Serve the QR code of a page of this site, ?to=/its/path/; of no other address."""
    to = request.GET.get("to", "")
    fits = to.startswith("/") and not to.startswith("//") and len(to) <= LONGEST_PATH
    if not fits or "\\" in to or not to.isprintable():
        raise Http404
    return HttpResponse(qr_svg(request.build_absolute_uri(to)), content_type="image/svg+xml")
