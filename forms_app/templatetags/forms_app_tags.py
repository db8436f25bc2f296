"""What the home page and the calls show of the programme's year."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from forms_app.entries.continuing import changes_since
from portal.cms.asked_once import asked_once
from portal.units.models import Post, Unit
from portal.units.permissions import units_of

from ..models import CallPage, Entry, FormKind, ProgrammeYear
from ..steps import STEP_NAMES, in_months, line_of_steps, progress_of, states_on

register = template.Library()


@register.simple_tag(takes_context=True)
def current_year(context: dict[str, Any]) -> ProgrammeYear | None:
    """Return the year the programme is in, or None before the first."""
    return asked_once(context, "current year", ProgrammeYear.current)


@register.inclusion_tag("components/steps.html", takes_context=True)
def year_steps(context: dict[str, Any]) -> dict[str, Any]:
    """Show the five steps of the current year, "now" marked, each with what has come of it; before the first year, the steps alone."""
    year = current_year(context)
    if year is None:
        return {"steps": [{"name": name, "dates": "", "state": "next"} for name in STEP_NAMES]}
    states = states_on(year, timezone.localdate())
    progress = progress_of(year)
    steps = line_of_steps(year, states, dates=in_months)
    return {"steps": [{**step, "note": progress.get(place)} for place, step in enumerate(steps)]}


@register.inclusion_tag("forms_app/open_calls.html", takes_context=True)
def open_calls(context: dict[str, Any]) -> dict[str, Any]:
    """Show the calls that are open now or still to come, the nearest deadline first; where there is none, the way to those that are over."""
    now = timezone.now()
    request = context.get("request")
    calls = [call.card(now, request) for call in _not_over(context, now)]
    return {"calls": calls, "some_are_over": not calls and CallPage.objects.live().exists()}


@register.simple_tag(takes_context=True)
def next_call(context: dict[str, Any]) -> dict[str, Any] | None:
    """Return the open call for applications with the nearest deadline: title and address; None where none is open."""
    now = timezone.now()
    for call in _not_over(context, now):
        if call.kind == FormKind.APPLICATION and call.opens_at <= now:
            return call.card(now, context.get("request"))
    return None


def _not_over(context: dict[str, Any], now: datetime) -> list[CallPage]:
    """Return the calls that are open or to come, the nearest deadline first (one query for a whole page)."""
    calls = CallPage.objects.live().not_over(now)
    return asked_once(context, "calls not over", lambda: list(calls))


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
