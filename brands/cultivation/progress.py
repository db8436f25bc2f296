"""How far a year has come, in the figures that everybody may read: what was established, held and awarded."""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils.translation import ngettext

from forms_app.models import ProgrammeYear
from forms_app.steps import AWARD, CULTIVATE, ESTABLISH

from ..models import BrandPageActivity, Project, ProjectStatus
from ..public.showing import public_pages


def public_progress(year: ProgrammeYear) -> Mapping[int, str]:
    """Return the figures of a year in words, by the place of the step; nothing where there is none yet (two queries)."""
    standing = Project.objects.filter(programme_year=year).exclude(status=ProjectStatus.REVOKED)
    found = standing.aggregate(
        established=Count("pk"), awarded=Count("pk", filter=Q(award__isnull=False))
    )
    pages = public_pages().filter(project__programme_year=year).order_by()
    held = BrandPageActivity.objects.filter(page__in=pages.values("pk")).count()
    words = {
        ESTABLISH: (
            found["established"],
            ngettext("已立项 %(n)d 项", "已立项 %(n)d 项", found["established"]),
        ),
        CULTIVATE: (held, ngettext("已公开活动 %(n)d 场", "已公开活动 %(n)d 场", held)),
        AWARD: (
            found["awarded"],
            ngettext("已表彰 %(n)d 项", "已表彰 %(n)d 项", found["awarded"]),
        ),
    }
    return {place: told % {"n": count} for place, (count, told) in words.items() if count}
