"""What the home page shows of the brands."""

from typing import Any

from django import template
from django.db.models import Count, Prefetch, Sum
from django.utils.translation import gettext as _

from portal.cms.models import Picture
from portal.units.models import Unit

from ..models import Activity, BrandPage, Project
from ..showing import parts_of
from ..wall import Wall

register = template.Library()

CARD = "fill-960x600|format-jpeg"
HERO = "fill-1200x1000|format-jpeg"


def _pages(spec: str) -> Any:
    return (
        BrandPage.objects.live()
        .select_related("project__unit", "project__category", "project__programme_year")
        .prefetch_related(Prefetch("cover", Picture.objects.prefetch_renditions(spec)))
        .select_related("project__award__level")
        .order_by("-first_published_at", "-pk")
    )


def _card(page: BrandPage, spec: str, request: Any) -> dict[str, Any]:
    project = page.project
    award = getattr(project, "award", None)
    return {
        "title": page.title,
        "url": page.get_url(request),
        "unit": project.unit,
        "year": project.programme_year,
        "category": project.category,
        "picture": page.cover.get_rendition(spec) if page.cover else None,
        "award": award.level.name if award else "",
    }


@register.inclusion_tag("brands/newest.html", takes_context=True)
def newest_brands(context: dict[str, Any], count: int = 5) -> dict[str, Any]:
    """Show the brands that became public last."""
    request = context.get("request")
    return {"cards": [_card(page, CARD, request) for page in _pages(CARD)[:count]]}


@register.simple_tag(takes_context=True)
def featured_brand(context: dict[str, Any]) -> dict[str, Any] | None:
    """Return the brand in the home page's window: the newest with an award and a cover, else with a cover; or None."""
    with_cover = _pages(HERO).filter(cover__isnull=False)
    page = with_cover.filter(project__award__isnull=False).first() or with_cover.first()
    return _card(page, HERO, context.get("request")) if page else None


@register.inclusion_tag("brands/year_figures.html")
def year_figures() -> dict[str, Any]:
    """Show the figures of the newest year that has public brands: brands, people, activities, colleges, categories."""
    newest = (
        BrandPage.objects.live()
        .order_by("-project__programme_year__year")
        .values_list("project__programme_year__year", flat=True)
        .first()
    )
    if newest is None:
        return {"year": None}
    projects = Project.objects.filter(programme_year__year=newest, page__live=True)
    done = Activity.objects.filter(project__in=projects).aggregate(
        times=Count("pk"), people=Sum("participants")
    )
    colleges = Unit.objects.disciplinary()
    by_category = (
        projects.values("category__name", "category__hue", "category__mark")
        .annotate(n=Count("pk"))
        .order_by("category__order")
    )
    rows = [
        {
            "label": row["category__name"].removesuffix("类"),
            "value": row["n"],
            "hue": row["category__hue"],
            "mark": row["category__mark"],
        }
        for row in by_category
    ]
    covered = colleges.filter(projects__in=projects).distinct().count()
    return {
        "year": newest,
        "facts": [
            {"label": _("公开的品牌"), "value": projects.count(), "unit": _("个")},
            {"label": _("参与教职工"), "value": f"{done['people'] or 0:,}", "unit": _("人次")},
            {"label": _("活动"), "value": done["times"], "unit": _("场")},
            {"label": _("学科性学院"), "value": covered, "unit": f"/ {colleges.count()}"},
        ],
        "rows": rows,
        "most": max(row["value"] for row in rows),
    }


@register.simple_tag
def brand_parts(page: BrandPage) -> dict[str, Any]:
    """Return what a brand's page shows."""
    return parts_of(page)


@register.simple_tag
def brand_wall(request: Any) -> Wall:
    """Return the wall of brands as the address filters it."""
    return Wall(request.GET)
