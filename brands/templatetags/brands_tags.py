"""What pages of lower floors show of the brands, and what the brands' own pages are made of."""

from typing import Any

from django import template
from django.db.models import Count, Q, Sum
from django.http import HttpRequest

from forms_app.models import Category, Entry, FormKind, ProgrammeYear
from forms_app.models.status import AFTER_SUBMISSION

from ..models import Activity, BrandPage, Project
from ..showing import card, parts_of, wall_pages
from ..wall import Wall

register = template.Library()
NEWEST = 7


@register.simple_tag
def brand_parts(page: BrandPage) -> dict[str, Any]:
    """Return what a brand's page shows."""
    return parts_of(page)


@register.simple_tag
def brand_wall(request: HttpRequest) -> Wall:
    """Return the wall of brands as the address filters it."""
    return Wall(request.GET)


@register.simple_tag
def newest_brands(at_most: int = NEWEST) -> list[dict[str, Any]]:
    """Return the newest public brands as cards."""
    return [card(page) for page in wall_pages()[:at_most]]


@register.simple_tag
def year_figures() -> dict[str, Any] | None:
    """Return the figures of the year the programme is in, or None before the first year (five queries).

    Returns:
        year; facts: applications, projects, activities, participants as label-value rows of components/facts.html are
        made of; categories: established projects by category with hue, mark, label, value; most: the largest value.
    """
    year = ProgrammeYear.current()
    if year is None:
        return None
    recorded = Activity.objects.filter(project__programme_year=year).aggregate(
        count=Count("pk"), people=Sum("participants")
    )
    categories = [
        {
            "label": category.name,
            "hue": category.hue,
            "mark": category.mark,
            "value": category.established,
        }
        for category in Category.objects.annotate(
            established=Count("projects", filter=Q(projects__programme_year=year))
        )
    ]
    return {
        "year": year,
        "applied": Entry.objects.filter(
            kind=FormKind.APPLICATION, call__programme_year=year, status__in=AFTER_SUBMISSION
        ).count(),
        "established": Project.objects.filter(programme_year=year).count(),
        "activities": recorded["count"],
        "participants": recorded["people"] or 0,
        "categories": categories,
        "most": max([row["value"] for row in categories], default=0) or 1,
    }
