"""Objections to public notices: the list, and one to be concluded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.decision.noticing import take_step
from portal.lifecycle.door import Refused, table_of

from ...models import OPEN_OBJECTION, Objection, ObjectionStatus
from ..entry_page import bystander
from ..forms import ObjectionStepForm
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
        "open": [one for one in found if one.status in OPEN_OBJECTION],
        "concluded": [one for one in found if one.status not in OPEN_OBJECTION],
    }
    return render(request, "forms_app/office/objections.html", context)


# What can be done with an objection, in the order of its way.
STEPS = {
    ObjectionStatus.RECEIVED: ("accept", "refuse"),
    ObjectionStatus.ACCEPTED: ("investigate",),
    ObjectionStatus.INVESTIGATING: ("dismiss", "uphold"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an objection with every step so far; post the next one."""
    found = get_object_or_404(Objection.objects.select_related("entry__unit", "entry__call"), pk=pk)
    reason = bystander(found.entry, request.user)
    form = ObjectionStepForm(request.POST or None)
    status = 200
    if request.method == "POST":
        step = request.POST.get("step", "")
        if not any(step in steps for steps in STEPS.values()):
            raise Http404
        if reason:
            messages.error(request, reason)
            return redirect("office:objection", pk=pk)
        if form.is_valid():
            try:
                take_step(found, step, actor=request.user, text=form.cleaned_data["text"])
            except Refused as refused:
                messages.error(request, str(refused))
                status = 409
            else:
                messages.success(request, _("已记录。"))
                return redirect("office:objection", pk=pk)
        else:
            status = 422
    now = Objection.objects.select_related("entry__unit").get(pk=pk)
    table = table_of(now)
    labels = {row.action: row.label for row in table.transitions}
    context = {
        **frame(
            str(found.entry),
            icon="openquote",
            trail=[(reverse("office:objections"), _("公示异议"))],
        ),
        "objection": now,
        "steps": [(code, labels[code]) for code in STEPS.get(ObjectionStatus(now.status), ())],
        "events": [(event, labels[event.action]) for event in now.events.select_related("actor")],
        "bystander": reason,
        # Whoever may not handle it, an auditor or somebody of the unit, does not learn who objected (domain, section 5).
        "objector": None if reason else now,
        "form": form,
    }
    return render(request, "forms_app/office/objection.html", context, status=status)
