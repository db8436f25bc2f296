"""Live defence: the order by lot and who has not scored (for the office), and the page for the projector."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.review import defending
from portal.lifecycle.door import Refused
from portal.units.permissions import is_school_union

from ...models import CallPage, Entry, EntryStatus, Turn
from ..forms import CloseForm
from ..gate import for_the_office, frame
from ..merit import Row, order


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def defence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the order with who has not scored; draw it, begin and end presentations."""
    call = _call(pk)
    if request.method == "POST":
        try:
            _carry(request, call)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("office:defence", pk=pk)
    trail = [
        (reverse("office:calls"), _("申报与评审")),
        (reverse("office:call", args=[call.pk]), str(call)),
    ]
    lines = _lines(call)
    context = {
        **frame(_("现场答辩"), icon="group", trail=trail),
        "call": call,
        "may_act": is_school_union(request.user),
        "lines": lines,
        "draws": call.draws.select_related("drawn_by"),
        "begun": any(line["turn"] for line in lines),
        "is_running": any(line["is_running"] for line in lines),
    }
    return render(request, "forms_app/office/defence.html", context)


def _carry(request: HttpRequest, call: CallPage) -> None:
    if request.POST.get("do") == "draw":
        defending.draw(call, actor=request.user, reason=request.POST.get("reason", "")[:200])
        messages.success(request, _("次序已抽定，记录在案。"))
        return
    if "start" in request.POST:
        defending.start(_entry(call, request.POST["start"]), actor=request.user)
    elif "finish" in request.POST:
        entry = _entry(call, request.POST["finish"])
        sure = CloseForm(request.POST, entry=entry)
        for field, errors in sure.errors.items():
            raise Refused(f"{errors[0]}（{sure.fields[field].label}）", code="guard")
        defending.finish(entry, actor=request.user)
        messages.success(request, _("“%(title)s”已结束，得分见下表。") % {"title": entry})


def _entry(call: CallPage, number: str) -> Entry:
    return get_object_or_404(
        call.entries.select_related("unit", "call"),
        pk=int(number) if number.isdecimal() and len(number) < 10 else 0,
    )


@require_safe
@for_the_office
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page for the projector: whose turn it is with the time, and the result once its review is closed."""
    call = _call(pk)
    lines = _lines(call)
    now = next((line for line in lines if line["is_running"]), None)
    ended = [line for line in lines if line["turn"] and line["turn"].ended_at]
    last = max(ended, key=lambda line: line["turn"].ended_at, default=None)
    ahead = next((line for line in lines if line["can_start"]), None)
    context = {"call": call, "now": now, "last": None if now else last, "ahead": ahead}
    return render(request, "forms_app/office/stage.html", context)


def _lines(call: CallPage) -> list[dict[str, Any]]:
    """Return the drawn order: each entry with its turn, who has not handed in, and its result once it is closed."""
    latest = call.draws.order_by("-number").first()
    rows: dict[int, Row] = {row.entry.pk: row for row in order(call)}
    turns = {turn.entry_id: turn for turn in Turn.objects.filter(entry__call=call)}
    keys = [key for key in (latest.order if latest else []) if key in rows]
    # What came under review after the draw comes last.
    keys += [
        key
        for key, row in rows.items()
        if latest and key not in keys and row.entry.status == EntryStatus.IN_REVIEW
    ]
    lines = []
    for number, key in enumerate(keys, start=1):
        row, turn = rows[key], turns.get(key)
        closed = row.entry.status != EntryStatus.IN_REVIEW
        lines.append(
            {
                "number": number,
                "row": row,
                "entry": row.entry,
                "turn": turn,
                "until": turn.started_at + timedelta(minutes=call.defence_minutes)
                if turn
                else None,
                "is_running": turn is not None and turn.ended_at is None,
                "can_start": turn is None and not closed,
                "waiting": [
                    one.expert for one in row.totals if not one.locked_at and not one.recused
                ],
                "handed_in": sum(one.counts for one in row.totals),
                # Before the review of the entry is closed nothing of the scores is on the wall.
                "result": row if closed and row.place else None,
            }
        )
    return lines


def _call(pk: int) -> CallPage:
    return get_object_or_404(CallPage.objects.select_related("programme_year"), id=pk)
