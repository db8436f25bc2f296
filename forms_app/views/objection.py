"""Objecting to something in public notice: open to everybody who signs with his name, a few times an hour."""

from django import forms
from django.core.validators import EmailValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.decision.noticing import in_notice, object_to
from portal.lifecycle.door import Refused
from portal.units.rationing import used_up
from portal.workspace import keeping

from ..engine.reading import narrow
from ..models import Entry

AT_MOST = 20  # objections from one address; a whole campus may share one
WITHIN = 60 * 60  # seconds
FEWEST_DIGITS = 7  # of a telephone number; an extension of the school's own has fewer, and reaches nobody from outside
validate_email = EmailValidator(gettext_lazy("请填能联系到您的电话（带区号）或邮箱。"))


class ObjectionForm(forms.Form):
    """Who objects, how to reach him, and to what."""

    name = forms.CharField(label=gettext_lazy("姓名"), min_length=2, max_length=20)
    contact = forms.CharField(
        label=gettext_lazy("联系方式"),
        max_length=60,
        help_text=gettext_lazy("电话或邮箱，便于核实；姓名和联系方式只有校工会看得到"),
    )
    text = forms.CharField(
        label=gettext_lazy("异议内容"),
        min_length=10,
        max_length=1000,
        help_text=gettext_lazy("请写明事实和依据"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_contact(self) -> str:
        """Somebody who signs can be reached.

        Raises:
            ValidationError: neither a telephone number nor an e-mail address.
        """
        contact = narrow(self.cleaned_data["contact"])
        if sum(sign.isdigit() for sign in contact) < FEWEST_DIGITS:
            validate_email(contact)
        return contact


def _show_again(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(in_notice(), pk=pk)
    return _show(request, entry, ObjectionForm(request.POST), brought_back=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeping.shown_again(_show_again)
def object_(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an objection to an entry that is in public notice today."""
    entry = get_object_or_404(in_notice(), pk=pk)
    form = ObjectionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if used_up("objection", request, at_most=AT_MOST, within=WITHIN):
                form.add_error(None, _("提交得太频繁，请过一小时再试，或直接与校工会联系。"))
                status = 429
            else:
                try:
                    object_to(entry, **form.cleaned_data)
                except Refused as refused:
                    form.add_error(None, str(refused))
                    status = 409
                else:
                    return redirect("objection:thanks")
    return _show(request, entry, form, status=status)


def _show(
    request: HttpRequest,
    entry: Entry,
    form: ObjectionForm,
    *,
    brought_back: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "entry": entry,
        "notice": entry.decision.notice,
        "form": form,
        "brought_back": brought_back,
    }
    return render(request, "forms_app/objection.html", context, status=status)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that it has arrived and what happens now."""
    return render(request, "forms_app/objection_thanks.html")
