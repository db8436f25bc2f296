"""What the home page and the calls show of the programme's year."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone

from portal.units.models import Post, Unit
from portal.units.permissions import units_of

from ..continuing import changes_since
from ..models import CallPage, Entry, FormKind, ProgrammeYear
from ..steps import STEP_NAMES, in_months, line_of_steps, states_on

register = template.Library()


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
    states = states_on(year, timezone.localdate())
    return {"steps": line_of_steps(year, states, dates=in_months)}


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


@register.inclusion_tag("forms_app/since_last_year.html")
def since_last_year(entry: Entry, *, impersonal: bool = False) -> dict[str, Any]:
    """Show what is different from the project an entry goes on with; nothing where it goes on with none (no query then)."""
    if entry.continues_id is None:
        return {"earlier": None}
    return {
        "earlier": entry.continues,
        "changes": changes_since(entry, impersonal=impersonal),
    }
