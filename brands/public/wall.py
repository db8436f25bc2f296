"""The wall of brands: filtered by what its address says, so that every view of it can be passed on."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from forms_app.models import Category
from portal.units.models import Unit

from ..models import AwardLevel, BrandPage
from .award_list import years_with_awards
from .showing import cards, wall_pages

CARDS_PER_PAGE = 24
LONGEST_QUESTION = 40  # characters


class Wall:
    """The public brands that fit year, category, unit, award and words.

    Values that name nothing (another category, a year that is no number) filter everything out instead of being ignored,
    so that an address never shows more than it says.
    """

    def __init__(self, asked: Mapping[str, Any]) -> None:
        """Read the filters.

        Args:
            asked: request.GET: year, category (code), unit (code), award (name), q, page.
        """
        self.year = str(asked.get("year", "")).strip()
        self.category = str(asked.get("category", "")).strip()
        self.unit = str(asked.get("unit", "")).strip()
        self.award = str(asked.get("award", "")).strip()
        self.q = str(asked.get("q", "")).replace("\x00", "").strip()[:LONGEST_QUESTION]
        self._number = asked.get("page")

    @property
    def is_filtered(self) -> bool:
        """Whether anything is filtered."""
        return any((self.year, self.category, self.unit, self.award, self.q))

    @cached_property
    def page(self) -> Page:
        """The page of cards that was asked for; `object_list` holds cards."""
        page = Paginator(self._found(), CARDS_PER_PAGE).get_page(self._number)
        page.object_list = cards(page.object_list)
        return page

    @cached_property
    def years(self) -> list[int]:
        """The years that have public brands, newest first."""
        return list(
            self._all.order_by("-project__programme_year__year")
            .values_list("project__programme_year__year", flat=True)
            .distinct()
        )

    @cached_property
    def awarded_years(self) -> list[int]:
        """The years that have a public list of awards, newest first."""
        return list(years_with_awards())

    @cached_property
    def categories(self) -> QuerySet[Category]:
        """All categories."""
        return Category.objects.all()

    @cached_property
    def units(self) -> QuerySet[Unit]:
        """The units that have public brands, in the school's order."""
        return Unit.objects.filter(projects__page__in=self._all.order_by()).distinct()

    @cached_property
    def awards(self) -> list[str]:
        """The names of awards that public brands have been given."""
        names = AwardLevel.objects.filter(awards__project__page__in=self._all.order_by())
        return list(dict.fromkeys(names.order_by("order", "name").values_list("name", flat=True)))

    def _found(self) -> QuerySet[BrandPage]:
        pages = self._all
        if self.year:
            year = int(self.year) if self.year.isascii() and self.year.isdigit() else 0
            pages = pages.filter(project__programme_year__year=min(year, 9999))
        if self.category:
            pages = pages.filter(project__category__code=self.category)
        if self.unit:
            pages = pages.filter(project__unit__code=self.unit)
        if self.award:
            pages = pages.filter(project__award__level__name=self.award)
        for word in self.q.split():
            pages = pages.filter(
                Q(title__icontains=word)
                | Q(slogan__icontains=word)
                | Q(intro__icontains=word)
                | Q(project__unit__name__icontains=word)
                | Q(project__leader_name__icontains=word)
            )
        return pages

    @cached_property
    def _all(self) -> QuerySet[BrandPage]:
        # Kept: each public_pages() asks for the view restrictions.
        return wall_pages()
