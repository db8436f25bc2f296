"""A year in figures, counted from what is public: live brand pages, the activities on them, released awards."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _

from portal.units.models import Unit, UnitKind

from ..measures import of_activities, of_attendances, of_brands
from ..models import BrandPageActivity
from .showing import public_pages


@dataclass
class YearFigures:
    """The figures of one year.

    Attributes:
        year: the year they belong to.
        brands, activities, participants: totals of the public pages.
        colleges, all_colleges: disciplinary colleges with a public brand, and all of them.
        by_category, by_kind, by_unit: rows of components/bars.html (label, value; hue and mark for categories).
        by_month: (month, activities, participants) of all twelve months.
    """

    year: int
    brands: int
    activities: int
    participants: int
    colleges: int
    all_colleges: int
    by_category: list[dict[str, Any]] = field(default_factory=list)
    by_kind: list[dict[str, Any]] = field(default_factory=list)
    by_unit: list[dict[str, Any]] = field(default_factory=list)
    by_month: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """The totals as components/facts.html takes them."""
        return [
            {"label": _("公开的品牌"), "value": self.brands, "unit": of_brands(self.brands)},
            {
                "label": _("参与教职工"),
                "value": f"{self.participants:,}",
                "unit": of_attendances(self.participants),
            },
            {
                "label": _("活动"),
                "value": self.activities,
                "unit": of_activities(self.activities),
            },
            {"label": _("学科性学院"), "value": self.colleges, "unit": f"/ {self.all_colleges}"},
        ]

    @property
    def most_of_a_category(self) -> int:
        """The value of a full bar among the categories."""
        return max((row["value"] for row in self.by_category), default=1)


def years_with_brands() -> list[int]:
    """Return the years that have public brands, newest first."""
    years = public_pages().order_by("-project__programme_year__year")
    return list(years.values_list("project__programme_year__year", flat=True).distinct())


def figures_of(year: int, *, with_units: bool = False) -> YearFigures:
    """Count a year (four queries, two more with units and months).

    Args:
        year: the programme year.
        with_units: count by unit and month too.
    """
    pages = public_pages().filter(project__programme_year__year=year)
    shown = BrandPageActivity.objects.filter(page__in=pages.order_by().values("pk"))
    done = shown.aggregate(times=Count("pk"), people=Sum("participants"))
    projects = [page.project for page in pages]
    categories = Counter(project.category for project in projects)
    kinds = Counter(project.unit.kind for project in projects)
    figures = YearFigures(
        year=year,
        brands=len(projects),
        activities=done["times"],
        participants=done["people"] or 0,
        colleges=len({it.unit_id for it in projects if it.unit.is_disciplinary}),
        all_colleges=Unit.objects.disciplinary().count(),
        by_category=[
            {
                "label": category.shown_name.removesuffix("类"),
                "value": count,
                "hue": category.hue,
                "mark": category.mark,
            }
            for category, count in sorted(categories.items(), key=lambda pair: pair[0].order)
        ],
        by_kind=[
            {"label": str(label), "value": kinds[kind]}
            for kind, label in UnitKind.choices
            if kinds[kind]
        ],
    )
    if with_units:
        figures.by_unit = _by_unit(shown)
        figures.by_month = _by_month(shown)
    return figures


def _by_unit(shown: QuerySet[BrandPageActivity]) -> list[dict[str, Any]]:
    rows = (
        shown.values("page__project__unit__name")
        .annotate(people=Sum("participants"))
        .order_by("-people", "page__project__unit__name")
    )
    return [{"label": row["page__project__unit__name"], "value": row["people"]} for row in rows]


def _by_month(shown: QuerySet[BrandPageActivity]) -> list[tuple[int, int, int]]:
    rows = (
        shown.annotate(month=ExtractMonth("date"))
        .values("month")
        .annotate(times=Count("pk"), people=Sum("participants"))
        .order_by("month")
    )
    counted = {row["month"]: (row["times"], row["people"]) for row in rows}
    return [(month, *counted.get(month, (0, 0))) for month in range(1, 13)]
