"""Objections to public notices: the list, and one to be concluded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.lifecycle.door import Refused

from ...models import Objection, ObjectionStatus
from ...noticing import conclude_objection
from ..entry_page import bystander
from ..forms import ObjectionConclusionForm
from ..gate import for_the_office, frame


@require_safe
@for_the_office
def index(request: HttpRequest) -> HttpResponse:
    """List all objections, the open ones first."""
    found = Objection.objects.select_related("entry__unit", "entry__call").order_by(
        "-received_at", "-pk"
    )
    context = {
        **frame(_("公示异议"), icon="openquote"),
        "open": [one for one in found if one.status == ObjectionStatus.RECEIVED],
        "concluded": [one for one in found if one.status != ObjectionStatus.RECEIVED],
    }
    return render(request, "forms_app/office/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an objection; post its conclusion."""
    found = get_object_or_404(
        Objection.objects.select_related("entry__unit", "entry__call", "entry__decision__notice"),
        pk=pk,
    )
    reason = bystander(found.entry, request.user)
    form = ObjectionConclusionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if reason:
            messages.error(request, reason)
            return redirect("office:objection", pk=pk)
        if form.is_valid():
            try:
                conclude_objection(found, actor=request.user, **form.cleaned_data)
            except Refused as refused:
                messages.error(request, str(refused))
                status = 409
            else:
                messages.success(request, _("异议已经办结。"))
                return redirect("office:objection", pk=pk)
        else:
            status = 422
    context = {
        **frame(
            str(found.entry),
            icon="openquote",
            trail=[(reverse("office:objections"), _("公示异议"))],
        ),
        "objection": Objection.objects.select_related("entry__unit").get(pk=pk),
        "is_open": found.status == ObjectionStatus.RECEIVED,
        "events": found.events.select_related("actor"),
        "bystander": reason,
        "form": form,
    }
    return render(request, "forms_app/office/objection.html", context, status=status)
