"""What pages of lower floors show of the brands, and what the brands' own pages are made of."""

from typing import Any

from django import template
from django.http import HttpRequest

from ..figures import figures_of
from ..models import BrandPage
from ..showing import card, parts_of, wall_pages
from ..wall import Wall

register = template.Library()

HERO = "fill-1200x1000|format-jpeg"


@register.simple_tag
def brand_parts(page: BrandPage) -> dict[str, Any]:
    """Return what a brand's page shows."""
    return parts_of(page)


@register.simple_tag
def brand_wall(request: HttpRequest) -> Wall:
    """Return the wall of brands as the address filters it."""
    return Wall(request.GET)


@register.inclusion_tag("brands/newest.html")
def newest_brands(count: int = 5) -> dict[str, Any]:
    """Show the brands that became public last."""
    newest = wall_pages().order_by("-first_published_at", "-pk")[:count]
    return {"cards": [card(page) for page in newest]}


@register.simple_tag
def featured_brand() -> dict[str, Any] | None:
    """Return the brand in the home page's window: the newest with an award and a cover, else with a cover; or None."""
    with_cover = wall_pages(HERO).filter(cover__isnull=False).order_by("-first_published_at", "-pk")
    page = with_cover.filter(project__award__isnull=False).first() or with_cover.first()
    return card(page, HERO) if page else None


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
