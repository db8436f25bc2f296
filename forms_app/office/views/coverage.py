"""Who of the disciplinary colleges has not applied in a year; exemptions, reminders, and the texts for the chat group."""

from io import BytesIO

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.lifecycle.door import Refused
from portal.units.models import Unit
from portal.units.permissions import is_school_union

from ...covering import coverage_of, end_exemption, exempt, remind_missing
from ...group_texts import texts_for
from ...models import CallPage, ProgrammeYear
from ..forms import ExemptionForm
from ..gate import for_the_office, frame
from ..mistakes import tell_mistakes

LONGEST_ADDRESS = 500  # characters; more makes a picture that no telephone reads


@require_safe
@for_the_office
def coverage(request: HttpRequest, year: int) -> HttpResponse:
    """Show how the disciplinary colleges stand in a year."""
    return _show(request, year)


def _show(
    request: HttpRequest,
    number: int,
    *,
    form: ExemptionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    years = {one.year: one for one in ProgrammeYear.objects.all()}
    if (year := years.get(number)) is None:
        raise Http404
    standing = coverage_of(year)
    context = {
        **frame(
            _("学科性学院覆盖"), icon="site", trail=[(reverse("office:calls"), _("申报与评审"))]
        ),
        "year": year,
        "years": list(years),
        "standing": standing,
        "form": form or ExemptionForm(units=[one.unit for one in standing.missing]),
        "may_act": is_school_union(request.user),
    }
    return render(request, "forms_app/office/coverage.html", context, status=status)


@require_POST
@for_the_office
def remind(request: HttpRequest, year: int) -> HttpResponse:
    """Remind exactly those that are missing; once a day."""
    try:
        reminded = remind_missing(_year(year), actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if reminded:
            messages.success(
                request,
                ngettext(
                    "已提醒 %(count)d 个学院：%(units)s",
                    "已提醒 %(count)d 个学院：%(units)s",
                    len(reminded),
                )
                % {"count": len(reminded), "units": "、".join(map(str, reminded))},
            )
        else:
            messages.info(request, _("没有要提醒的：都报送了，或今天已经提醒过。"))
    return redirect("office:coverage", year=year)


@require_POST
@for_the_office
def exemption(request: HttpRequest, year: int) -> HttpResponse:
    """Exempt a college with a reason."""
    found = _year(year)
    form = ExemptionForm(request.POST, units=Unit.objects.disciplinary())
    if not form.is_valid():
        tell_mistakes(request, form)
        return _show(request, year, form=form, status=422)
    try:
        given = exempt(found, actor=request.user, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已豁免：%(unit)s") % {"unit": given.unit})
    return redirect("office:coverage", year=year)


@require_POST
@for_the_office
def unexempt(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Take an exemption back."""
    try:
        end_exemption(_year(year), unit=get_object_or_404(Unit, id=pk), actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已取消豁免。"))
    return redirect("office:coverage", year=year)


@require_safe
@for_the_office
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the texts for the chat group that a call offers today."""
    call = get_object_or_404(CallPage.objects.select_related("programme_year"), id=pk)
    context = {
        **frame(
            _("发到群里"),
            icon="comment",
            trail=[
                (reverse("office:calls"), _("申报与评审")),
                (reverse("office:call", args=[call.pk]), str(call)),
            ],
        ),
        "texts": texts_for(call, host=request.build_absolute_uri("/").rstrip("/")),
    }
    return render(request, "forms_app/office/group.html", context)


@require_safe
@for_the_office
def qr(request: HttpRequest) -> HttpResponse:
    """Draw an address of this portal as a QR picture (PNG), to be copied into the chat beside its text."""
    address = request.GET.get("address", "")
    here = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    if not here or not address.startswith("http") or len(address) > LONGEST_ADDRESS:
        raise Http404
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=8, border=3)
    return HttpResponse(out.getvalue(), content_type="image/png")


def _year(year: int) -> ProgrammeYear:
    return get_object_or_404(ProgrammeYear, year=year)
