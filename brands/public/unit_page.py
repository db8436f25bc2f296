"""A unit with its public brands through the years, prepared for reading."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from portal.units.models import Unit

from ..models import BrandPage, BrandPageActivity
from .showing import cards, wall_pages


@dataclass(frozen=True)
class UnitBrands:
    """What a unit has made public.

    Attributes:
        lines: its brands, the one with the newest year first: name, and the cards of its years, newest first.
        count: how many pages there are.
        activities, participants: what these pages tell, summed up.
        honours: the pages with an award, newest first.
    """

    lines: list[dict[str, Any]]
    count: int
    activities: int
    participants: int
    honours: list[BrandPage]


def brands_of(unit: Unit) -> UnitBrands | None:
    """Return a unit's public brands, or None where it has none."""
    pages = list(wall_pages().filter(project__unit=unit))
    if not pages:
        return None
    shown = BrandPageActivity.objects.filter(page__in=[page.pk for page in pages])
    people = list(shown.values_list("participants", flat=True))
    # Stable: within a brand the years stay newest first.
    pages.sort(key=lambda page: page.project.brand.name)
    lines = [
        {"name": brand.name, "cards": [made for _page, made in several]}
        for brand, several in groupby(
            zip(pages, cards(pages), strict=True), key=lambda pair: pair[0].project.brand
        )
    ]
    lines.sort(key=lambda line: line["cards"][0]["year"], reverse=True)
    honours = sorted(
        (page for page in pages if getattr(page.project, "award", None)),
        key=lambda page: -page.project.programme_year.year,
    )
    return UnitBrands(lines, len(pages), len(people), sum(people), honours)
