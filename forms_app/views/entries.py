"""A unit's entries: the list, starting one, reading one with its history, and the receipt."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.decision.deciding import INTERNAL
from forms_app.decision.talks import rounds_of
from forms_app.definitions.moving import no_longer_asked
from forms_app.entries import continuing, starting
from forms_app.entries.deadlines import Deadlines
from forms_app.review.passing_on import comments_for
from portal.lifecycle.door import Refused, table_of, why_not
from portal.units.models import Post, Unit
from portal.units.permissions import holders, holds_post, units_of
from portal.workspace.refusals import STATUS
from portal.workspace.signed_in import signed_in

from ..models import CallPage, Decision, Entry, FormKind
from ..models.status import EntryStatus as S
from ..paper import scans
from ..permissions import may_fill, may_sign_as_chair, may_sign_as_party
from ..showing import read_answers
from ..standing import standing
from .access import entry_for

ENTRIES_PER_PAGE = 20
DECISION_KNOWN = (S.IN_NOTICE, S.APPROVED, S.REJECTED)
TURN_POSTS = {S.AWAITING_CHAIR: (Post.CHAIR,), S.AWAITING_PARTY: (Post.PARTY,)}


@require_safe
@signed_in
def entries(request: HttpRequest) -> HttpResponse:
    """List the entries of the person's units over the years."""
    mine = Entry.objects.filter(unit__in=units_of(request.user)).with_parties()
    page = Paginator(
        mine.order_by("-call__programme_year__year", "-pk"), ENTRIES_PER_PAGE
    ).get_page(request.GET.get("page"))
    rows = [(entry, standing(entry)) for entry in page.object_list]
    return render(
        request,
        "forms_app/entries.html",
        {
            "page": page,
            "rows": rows,
            "several_units": len({p.unit_id for p in request.user.posts}) > 1,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an application: ask for which unit where there are several, then open the form."""
    call = get_object_or_404(
        CallPage.objects.live().select_related("programme_year"),
        id=pk,  # unlike the key, which is a relation, a number that no database holds is simply not found
        kind=FormKind.APPLICATION,
    )
    units = list(units_of(request.user, Post.OFFICER, Post.CHAIR))
    page = {
        "call": call,
        "units": units,
        "earlier": continuing.earlier_forms(units, call),
        **_closing(call, units),
    }
    if request.method != "POST":
        chosen = request.GET.get("unit") or next((unit.code for unit in units), "")
        page |= {"chosen": chosen, "from": request.GET.get("from", "")}
        return render(request, "forms_app/start.html", page)
    unit = next((unit for unit in units if unit.code == request.POST.get("unit")), None)
    if unit is None and not units:
        unit = units_of(request.user).first()
    if unit is None:
        raise Http404
    try:
        earlier = _earlier(request, unit, call)
        if earlier:
            entry = continuing.start_from(earlier, call, actor=request.user)
        else:
            entry = starting.start(call, unit=unit, actor=request.user)
    except Refused as refusal:
        page |= {"chosen": unit.code, "from": request.POST.get("from", ""), "reason": str(refusal)}
        return render(request, "forms_app/start.html", page, status=STATUS[refusal.code])
    return redirect("forms_app:edit", pk=entry.pk)


def _closing(call: CallPage, units: list[Unit]) -> dict[str, Any]:
    """Return when the call closes for the only unit, or for all and for those of several that have more time."""
    deadlines = Deadlines(unit__in=units)
    until = {unit: deadlines.of(call, unit) for unit in units}
    if len(units) == 1:
        return {"until": until[units[0]], "extended": []}
    return {
        "until": call.closes_at,
        "extended": [(unit, at) for unit, at in until.items() if at > call.closes_at],
    }


@require_safe
@signed_in
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry as it stands: whose turn, what next, what is in it, who signed, what happened."""
    found = entry_for(request, pk)
    decision = (
        Decision.objects.filter(entry=found, released_at__isnull=False).first()
        if found.status in DECISION_KNOWN
        else None
    )
    return render(
        request,
        "forms_app/entry.html",
        {
            "entry": found,
            "standing": standing(found),
            "whose": _names_of_turn(found),
            "steps": _open_steps(request, found),
            "sections": read_answers(found),
            "no_longer_asked": no_longer_asked(found),
            "signoffs": found.signoffs.select_related("signer", "version"),
            "sent": found.versions.filter(reason="submitted").last(),
            "versions": found.versions.select_related("created_by"),
            "scan_remarks": scans.remarks(found),
            "remarks": found.field_comments.filter(resolved_at=None),
            "decision": decision,
            "comments": comments_for(found) if decision else [],
            "rounds": rounds_of(found),
            "history": history(found),
        },
    )


@require_safe
@signed_in
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show an entry as it was sent or approved at one time."""
    found = entry_for(request, pk)
    frozen = get_object_or_404(
        found.versions.select_related("created_by", "form_version"), number=number
    )
    return render(
        request,
        "forms_app/version.html",
        {"entry": found, "version": frozen, "sections": read_answers(found, frozen)},
    )


@require_safe
@signed_in
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the receipt of the last time the entry was sent."""
    found = entry_for(request, pk)
    sent = found.versions.filter(reason="submitted").select_related("created_by").last()
    if sent is None:
        raise Http404
    return render(
        request,
        "forms_app/receipt.html",
        {
            "entry": found,
            "version": sent,
            "standing": standing(found),
            "number": f"{found.call.programme_year.year}-{found.pk:05d}-{sent.number}",
        },
    )


def history(found: Entry) -> list[dict[str, Any]]:
    """Return what happened to an entry, newest first, for `components/history.html`; what the office only drafts is its own."""
    table = table_of(found)
    labels = {transition.action: transition.label for transition in table.transitions}
    return [
        {
            "at": event.at,
            "who": event.actor,
            "what": labels.get(event.action, event.action),
            "said": event.comment,
        }
        for event in reversed(found.events.exclude(action__in=INTERNAL).select_related("actor"))
    ]


def _earlier(request: HttpRequest, unit: Unit, call: CallPage) -> Entry | None:
    """Return the unit's earlier form that was chosen to start from, if any.

    Raises:
        Http404: it is not one of this unit's.
    """
    chosen = request.POST.get("from", "")
    if not re.fullmatch("[0-9]{1,18}", chosen):
        return None
    mine = Entry.objects.filter(unit=unit, kind=call.kind).exclude(call=call)
    return get_object_or_404(mine.select_related("unit", "form_version"), pk=chosen)


def _names_of_turn(found: Entry) -> str:
    posts = TURN_POSTS.get(found.status) or (
        (Post.OFFICER, Post.CHAIR) if found.status in (S.DRAFT, S.RETURNED, S.ADJUSTING) else ()
    )
    return "、".join(str(user) for user in holders(found.unit, *posts)) if posts else ""


def _open_steps(request: HttpRequest, found: Entry) -> dict[str, Any]:
    """Return which buttons the person gets; of giving up the table's row, which says how it is called."""
    user = request.user
    fills = may_fill(user, found)
    kept = why_not(found, "take_back", actor=user) if fills else None
    return {
        "edit": fills and found.is_editable,
        "sign": (found.status == S.AWAITING_CHAIR and may_sign_as_chair(user, found))
        or (found.status == S.AWAITING_PARTY and may_sign_as_party(user, found)),
        "answer": fills and found.status == S.ADJUSTING,
        "take_back": fills and kept is None,
        "why_not_take_back": kept if kept and kept.code == "guard" else None,
        "withdraw": table_of(found).find(found.status, "withdraw") if fills else None,
        "receipt": holds_post(user, found.unit) and bool(found.versions.all()),
    }
