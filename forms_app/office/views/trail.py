"""The way of one entry, to be read and printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...models import Entry
from ...trail import trail_of
from ..gate import for_the_office, frame


@require_safe
@for_the_office
def trail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that happened to an entry: when, who, what, in which words."""
    entry = get_object_or_404(
        Entry.objects.select_related(
            "call__programme_year", "unit", "category", "form_version", "decision", "created_by"
        ),
        pk=pk,
    )
    context = {
        **frame(
            _("办理过程"),
            icon="history",
            trail=[
                (reverse("office:calls"), _("申报与评审")),
                (reverse("office:queue", args=[entry.call_id]), str(entry.call)),
                (reverse("office:entry", args=[entry.pk]), str(entry)),
            ],
        ),
        "entry": entry,
        "decision": getattr(entry, "decision", None),
        "steps": trail_of(entry),
    }
    return render(request, "forms_app/office/trail.html", context)
