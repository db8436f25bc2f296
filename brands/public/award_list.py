"""The awards the public reads: given ones, of projects that still stand."""

from forms_app.models import ProgrammeYear
from portal.cms.models import know_their_site

from ..models import Award, ProjectStatus


def awards_of(year: ProgrammeYear) -> list[Award]:
    """Return a year's awards by level and number, with project, unit, category and page (one query)."""
    given = list(
        Award.objects.filter(level__programme_year=year)
        .exclude(project__status=ProjectStatus.REVOKED)
        .select_related("level", "project__unit", "project__category", "project__page")
        .order_by("level__order", "level__pk", "project__serial")
    )
    know_their_site(award.project.page for award in given if getattr(award.project, "page", None))
    return given


def years_with_awards() -> list[int]:
    """Return the years that have awards, newest first."""
    given = Award.objects.exclude(project__status=ProjectStatus.REVOKED)
    years = given.order_by("-level__programme_year__year")
    return list(years.values_list("level__programme_year__year", flat=True).distinct())
