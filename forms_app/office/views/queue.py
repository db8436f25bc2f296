"""The entries of a call: the queue, and the list as a spreadsheet."""

from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forms_app.review.ranking import ExpertTotal, ballot_of, expert_totals, mean_of
from portal.units.permissions import is_school_union
from portal.workbooks import CONTENT_TYPE

from ...models import CallPage, Entry, EntryStatus
from ..forms import QueueFilter
from ..gate import for_the_office, frame
from ..queues import counts_by_status
from ..sheet import granted, requested, summary_sheet

PER_PAGE = 50
# Drafts are the unit's own; they are counted, never listed.
LISTED = [status for status in EntryStatus if status != EntryStatus.DRAFT]
TONES = {
    EntryStatus.SUBMITTED: "act",
    EntryStatus.DECIDING: "act",
    EntryStatus.APPROVED: "good",
    EntryStatus.EVALUATED: "good",
    EntryStatus.REJECTED: "stopped",
    EntryStatus.WITHDRAWN: "stopped",
}


@require_safe
@for_the_office
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """List a call's entries by their place in the queue."""
    call = get_object_or_404(CallPage.objects.select_related("programme_year"), id=pk)
    form = QueueFilter(request.GET)
    page = Paginator(filtered(call, form), PER_PAGE).get_page(request.GET.get("p"))
    entries = list(page.object_list)
    totals = expert_totals(entries)
    now = timezone.now()
    rows = [
        {
            "entry": entry,
            "place": page.start_index() + index,
            "tone": TONES.get(EntryStatus(entry.status), ""),
            "days": (now - entry.submitted_at).days if entry.submitted_at else None,
            "requested": requested(entry),
            "granted": granted(entry),
            "mean": _measure(call, totals[entry.pk]),
            "assigned": len(totals[entry.pk]),
            "handed_in": sum(one.locked_at is not None for one in totals[entry.pk]),
        }
        for index, entry in enumerate(entries)
    ]
    counts = counts_by_status(call)
    chosen = form.cleaned_data.get("status", "") if form.is_valid() else ""
    context = {
        **frame(_("全部申报"), icon="list-ul", trail=_trail(call)),
        "call": call,
        "form": form,
        "page": page,
        "rows": rows,
        "tabs": [
            ("", _("全部"), sum(counts.get(status, 0) for status in LISTED)),
            *(
                (status.value, status.label, counts[status])
                for status in LISTED
                if counts.get(status)
            ),
        ],
        "chosen": chosen,
        "may_export": is_school_union(request.user),
        "others": _query_without(request, "status", "p"),
        "pages": _query_without(request, "p"),
    }
    return render(request, "forms_app/office/queue.html", context)


@require_safe
@for_the_office
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the list as an .xlsx file, filtered as on the screen; without a state chosen, what has been received."""
    call = get_object_or_404(CallPage, id=pk)
    entries = filtered(call, QueueFilter(request.GET))
    if not request.GET.get("status"):
        entries = entries.filter(submitted_at__isnull=False).exclude(status=EntryStatus.WITHDRAWN)
    content = summary_sheet(call, entries)
    name = quote(_("%(call)s汇总表") % {"call": call.title} + ".xlsx")
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def _measure(call: CallPage, parts: list[ExpertTotal]) -> str:
    """Return what ranks the entry, in words; "" before anybody has handed in."""
    counted = [one.total for one in parts if one.counts]
    if not counted:
        return ""
    if call.votes:
        return f"{ballot_of(parts).share}%"
    return str(mean_of(counted, trim_from=call.trim_from))


def filtered(call: CallPage, form: QueueFilter) -> QuerySet[Entry]:
    """Return a call's entries as the list shows them: without drafts, narrowed by the filter, by their place in the queue."""
    found = (
        call.entries.filter(status__in=LISTED)
        .select_related("unit", "category", "decision")
        .order_by(F("submitted_at").asc(nulls_last=True), "pk")
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("status"):
        found = found.filter(status=chosen["status"])
    if chosen.get("category"):
        found = found.filter(category=chosen["category"])
    if chosen.get("kind"):
        found = found.filter(unit__kind=chosen["kind"])
    if text := chosen.get("q"):
        found = found.filter(Q(title__icontains=text) | Q(unit__name__icontains=text))
    return found


def _query_without(request: HttpRequest, *names: str) -> str:
    """Return the query of the address without some parts, to be added to."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def _trail(call: CallPage) -> list[tuple[str, str]]:
    return [
        (reverse("office:calls"), _("申报与评审")),
        (reverse("office:call", args=[call.pk]), str(call)),
    ]
