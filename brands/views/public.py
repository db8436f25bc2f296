"""Public views beside the pages: the year's award list, and landscapes that stand in for covers."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brands.drawing import HUES, stand_in
from forms_app.models import ProgrammeYear

from ..models import Award
from ..public.award_list import awards_of, years_with_awards
from ..public.showing import STAND_INS, cards, wall_pages

YEAR_IN_SECONDS = 365 * 24 * 60 * 60


@require_safe
def awards(request: HttpRequest, year: int) -> HttpResponse:
    """List a year's awards by level, those of the first level with their pictures; a project with a public page links to it."""
    programme_year = get_object_or_404(ProgrammeYear, year=year)
    given = awards_of(programme_year)
    if not given:
        raise Http404
    return render(
        request,
        "brands/awards.html",
        {
            "year": programme_year,
            "levels": _by_level(given),
            "count": len(given),
            "years": years_with_awards(),
            "address": request.build_absolute_uri(request.path),
            "crumbs": [{"title": "品牌风采", "url": "/brands/"}],
        },
    )


def _by_level(given: list[Award]) -> list[dict[str, Any]]:
    """Return the levels with their awards: those of the first with a public page as cards, all others as rows (two queries)."""
    levels = [
        {"name": name, "cards": [], "rows": list(rows)}
        for name, rows in groupby(given, key=lambda award: award.level.name)
    ]
    first = levels[0]
    pages = wall_pages().filter(project__in=[award.project_id for award in first["rows"]])
    pages = list(pages.order_by("project__serial"))
    first["cards"] = cards(pages)
    shown = {page.project_id for page in pages}
    first["rows"] = [award for award in first["rows"] if award.project_id not in shown]
    return levels


@require_safe
@cache_control(public=True, max_age=YEAR_IN_SECONDS, immutable=True)
def stand_in_picture(request: HttpRequest, hue: str, seed: int) -> HttpResponse:
    """Serve a drawn landscape; the few seeds there are can be kept for ever."""
    if hue not in HUES or seed >= STAND_INS:
        raise Http404
    return HttpResponse(stand_in(hue, seed), content_type="image/jpeg")
