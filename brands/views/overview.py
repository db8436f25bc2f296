"""A year at a glance, and a unit with its brands through the years; both from public pages alone."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.units.models import Unit

from ..public.award_list import years_with_awards
from ..public.figures import YearFigures, figures_of, years_with_brands
from ..public.unit_page import brands_of

MOST_UNITS = 12


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year in figures, with charts and the tables behind them."""
    years = years_with_brands()
    if year not in years:
        raise Http404
    figures = figures_of(year, with_units=True)
    return render(
        request,
        "brands/year.html",
        {
            "figures": figures,
            "columns": _columns(figures),
            "units": figures.by_unit[:MOST_UNITS],
            "has_awards": year in years_with_awards(),
            "years": years,
            "address": request.build_absolute_uri(request.path),
            "crumbs": [{"title": "品牌风采", "url": "/brands/"}],
        },
    )


def _columns(figures: YearFigures) -> list[dict[str, Any]]:
    """Return the chart of participation by month: its first day, figures, and percent of the longest bar."""
    most = max((people for _month, _times, people in figures.by_month), default=0) or 1
    return [
        {
            "month": date(figures.year, month, 1),
            "times": times,
            "people": people,
            "share": round(people / most * 100),
        }
        for month, times, people in figures.by_month
    ]


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit's public brands, line by line, newest first; 404 for a unit without any."""
    unit = get_object_or_404(Unit, code=code)
    brands = brands_of(unit)
    if brands is None:
        raise Http404
    return render(
        request,
        "brands/unit.html",
        {
            "unit": unit,
            "brands": brands,
            "crumbs": [{"title": "品牌风采", "url": "/brands/"}],
        },
    )
