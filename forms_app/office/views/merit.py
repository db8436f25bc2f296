"""The order of merit, and the score sheet that can be recomputed from the records: for a call or for one entry."""

from decimal import Decimal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.workbooks import CONTENT_TYPE

from ...models import CallPage, Entry
from ..gate import for_the_office, frame
from ..merit import order, records
from ..queues import budget_left
from ..score_sheet import score_sheet
from ..sheet import granted, requested


@require_safe
@for_the_office
def merit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the order of merit of a call's entries from every side, and what is left of the budget."""
    call = _call(pk)
    rows = [
        {"row": row, "requested": requested(row.entry), "granted": granted(row.entry)}
        for row in order(call)
    ]
    trail = [
        (reverse("office:calls"), _("申报与评审")),
        (reverse("office:call", args=[call.pk]), str(call)),
    ]
    context = {
        **frame(_("评分排名"), icon="order", trail=trail),
        "call": call,
        "rows": [one for one in rows if one["row"].place],
        "unscored": [one for one in rows if not one["row"].place],
        "too_few": sum(one["row"].too_few for one in rows),
        "disputed": sum(one["row"].disputed for one in rows),
        "requested": sum((row["requested"] or Decimal(0) for row in rows), Decimal(0)),
        "granted": sum((row["granted"] or Decimal(0) for row in rows), Decimal(0)),
        "budget": call.programme_year.budget,
        "left": budget_left(call.programme_year),
    }
    return render(request, "forms_app/office/merit.html", context)


@require_safe
@for_the_office
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the call's score sheet, to print and sign."""
    return _page(request, _call(pk))


@require_safe
@for_the_office
def sheet_of_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry's score sheet, to print and sign."""
    entry = _entry(pk)
    return _page(request, _call(entry.call_id), entry)


@require_safe
@for_the_office
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the call's score sheet as an .xlsx file."""
    return _file(_call(pk))


@require_safe
@for_the_office
def workbook_of_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out one entry's score sheet as an .xlsx file."""
    entry = _entry(pk)
    return _file(_call(entry.call_id), entry)


def _call(pk: int) -> CallPage:
    return get_object_or_404(CallPage.objects.select_related("programme_year", "rubric"), id=pk)


def _entry(pk: int) -> Entry:
    return get_object_or_404(Entry.objects.select_related("call"), pk=pk)


def _page(request: HttpRequest, call: CallPage, entry: Entry | None = None) -> HttpResponse:
    criteria, found = records(call, entry=entry)
    context = {
        "call": call,
        "entry": entry,
        "criteria": criteria,
        "records": found,
        "printed_at": timezone.now(),
        "back": reverse("office:entry", args=[entry.pk])
        if entry
        else reverse("office:merit", args=[call.pk]),
        "file": reverse("office:entry_scores_xlsx", args=[entry.pk])
        if entry
        else reverse("office:scores_xlsx", args=[call.pk]),
    }
    return render(request, "forms_app/office/score_sheet.html", context)


def _file(call: CallPage, entry: Entry | None = None) -> HttpResponse:
    criteria, found = records(call, entry=entry)
    name = quote(_("%(what)s评分表") % {"what": entry or call.title} + ".xlsx")
    return HttpResponse(
        score_sheet(call, criteria, found),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )
