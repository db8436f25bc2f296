"""What the home page and the calls show of the programme's year."""

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy

from portal.units.models import Post, Unit
from portal.units.permissions import units_of

from ..models import CallPage, FormKind, ProgrammeYear

register = template.Library()

# The five steps of every year (plan, section 4).
STEP_NAMES = (
    gettext_lazy("项目申报"),
    gettext_lazy("评审立项"),
    gettext_lazy("过程培育"),
    gettext_lazy("评估验收"),
    gettext_lazy("表彰奖励"),
)


@register.simple_tag
def current_year() -> ProgrammeYear | None:
    """Return the year the programme is in, or None before the first."""
    return ProgrammeYear.current()


@register.inclusion_tag("components/steps.html")
def year_steps() -> dict[str, Any]:
    """Show the five steps of the current year with "now" marked; before the first year, the steps alone."""
    year = ProgrammeYear.current()
    if year is None:
        return {"steps": [{"name": name, "dates": "", "state": "next"} for name in STEP_NAMES]}
    return {"steps": steps_of(year, timezone.localdate())}


def steps_of(year: ProgrammeYear, today: date) -> list[dict[str, str]]:
    """Return the five steps of a year for `components/steps.html`; after the last date all are done."""
    ends = [
        year.apply_until,
        year.establish_until,
        year.cultivate_until,
        year.evaluate_until,
        year.award_until,
    ]
    begin, steps, now_is_marked = year.apply_from, [], False
    for name, end in zip(STEP_NAMES, ends, strict=True):
        if today > end:
            state = "done"
        elif now_is_marked or today < year.apply_from:
            state = "next"
        else:
            state, now_is_marked = "now", True
        steps.append({"name": name, "dates": _span(begin, end), "state": state})
        begin = end
    return steps


def _span(begin: date, end: date) -> str:
    """Return "3月—4月", "12月—次年6月" or, within one month, "4月"; in English "Mar – Apr"."""
    chinese = (get_language() or "").startswith("zh")
    first, last = (date_format(day, "n月" if chinese else "M") for day in (begin, end))
    if first == last:
        return first
    if not chinese:
        return f"{first} – {last}"
    return f"{first}—{'' if begin.year == end.year else '次年'}{last}"


@register.inclusion_tag("forms_app/open_calls.html", takes_context=True)
def open_calls(context: dict[str, Any]) -> dict[str, Any]:
    """Show the calls that are open now or still to come, the nearest deadline first (one query)."""
    now = timezone.now()
    calls = (
        CallPage.objects.live()
        .filter(closes_at__gte=now)
        .select_related("programme_year")
        .order_by("closes_at")
    )
    request = context.get("request")
    return {"calls": [_call(call, now, request) for call in calls]}


@register.simple_tag(takes_context=True)
def next_call(context: dict[str, Any]) -> dict[str, Any] | None:
    """Return the open call for applications with the nearest deadline: title and address; None where none is open."""
    now = timezone.now()
    call = (
        CallPage.objects.live()
        .filter(kind=FormKind.APPLICATION, opens_at__lte=now, closes_at__gte=now)
        .select_related("programme_year")
        .order_by("closes_at")
        .first()
    )
    return _call(call, now, context.get("request")) if call else None


def _call(call: CallPage, now: Any, request: HttpRequest | None) -> dict[str, Any]:
    return {
        "title": call.title,
        "url": call.get_url(request),
        "year": call.programme_year.year,
        "phase": call.phase(now),
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "days_left": (timezone.localdate(call.closes_at) - timezone.localdate(now)).days,
        "summary": call.summary,
    }


@register.simple_tag(takes_context=True)
def units_to_start(context: dict[str, Any], call: CallPage) -> list[Unit]:
    """Return the units for which the reader can start an entry now."""
    return [
        unit
        for unit in units_of(context["request"].user, Post.OFFICER, Post.CHAIR)
        if call.admits(unit) and call.is_open_for(unit)
    ]
