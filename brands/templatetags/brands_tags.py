"""What pages of lower floors show of the brands, and what the brands' own pages are made of."""

from typing import Any

from django import template
from django.http import HttpRequest

from portal.cms.asked_once import asked_once

from ..measures import of_activities, of_attendances, of_brands
from ..models import BrandPage
from ..pictures import CARD
from ..public.figures import figures_of
from ..public.showing import ON_FRONT, card, front_pages, parts_of, public_pages
from ..public.wall import Wall

register = template.Library()
for measure in (of_activities, of_attendances, of_brands):
    register.filter(measure.__name__, measure)

HERO = "fill-1200x1000|format-jpeg"


@register.simple_tag
def brand_parts(page: BrandPage) -> dict[str, Any]:
    """Return what a brand's page shows."""
    return parts_of(page)


@register.simple_tag
def newest_year_of_brands() -> int | None:
    """Return the newest year that has public brands, or None: where whoever applies sees how others did it."""
    years = public_pages().order_by("-project__programme_year__year")
    return years.values_list("project__programme_year__year", flat=True).first()


@register.simple_tag
def brand_wall(request: HttpRequest) -> Wall:
    """Return the wall of brands as the address filters it."""
    return Wall(request.GET)


@register.inclusion_tag("brands/newest.html", takes_context=True)
def newest_brands(context: dict[str, Any], count: int = ON_FRONT) -> dict[str, Any]:
    """Show the brands that became public last, without the one in the home page's window."""
    pages, window = _front(context)
    shown = [page for page in pages if page != window][:count]
    # The first stands large, as the picture in the window does.
    return {"cards": [card(page, HERO if page == shown[0] else CARD) for page in shown]}


@register.simple_tag(takes_context=True)
def featured_brand(context: dict[str, Any]) -> dict[str, Any] | None:
    """Return the brand in the home page's window: the newest with an award and a cover, else with a cover; or None."""
    _pages, window = _front(context)
    return card(window, HERO) if window else None


def _front(context: dict[str, Any]) -> tuple[list[BrandPage], BrandPage | None]:
    """Return the home page's brands and the one of them in the window (asked once for a page)."""
    pages = asked_once(context, "front brands", lambda: front_pages(HERO))
    with_cover = [page for page in pages if page.cover]
    awarded = [page for page in with_cover if getattr(page.project, "award", None)]
    return pages, next(iter(awarded or with_cover), None)


@register.inclusion_tag("brands/year_figures.html")
def year_figures() -> dict[str, Any]:
    """Show the figures of the newest year that has public brands: brands, people, activities, colleges, categories."""
    years = BrandPage.objects.live().order_by("-project__programme_year__year")
    year = years.values_list("project__programme_year__year", flat=True).first()
    if year is None:
        return {"year": None}
    figures = figures_of(year)
    if not figures.brands:
        return {"year": None}
    return {
        "year": year,
        "facts": figures.facts,
        "rows": figures.by_category,
        "most": figures.most_of_a_category,
    }
