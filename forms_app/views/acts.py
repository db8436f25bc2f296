"""What a unit does with a finished form: check and send, sign, withdraw."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forms_app.entries import filling, handing_over, sending
from forms_app.entries.merging import digest_of
from portal.lifecycle.door import Refused, table_of, why_not
from portal.units.models import Post
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..forms import HandOverForm, SendForm, SignForm, WithdrawForm
from ..models import Conclusion, Entry, SignOffLevel
from ..models.status import EntryStatus as S
from ..showing import labels, read_answers
from ..standing import post_title
from .access import entry_for, refused


@require_safe
@signed_in
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is still to mend, what the school union may ask about, and the whole form, before it is sent."""
    entry = entry_for(request, pk)
    if refusal := filling.why_not_fill(entry, request.user):
        return refused(request, entry, refusal)
    return _show_check(request, entry, SendForm(initial={"seen": digest_of(entry)}))


@require_POST
@signed_in
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the entry in, exactly as it was checked."""
    entry = entry_for(request, pk)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _show_check(request, entry, form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        sending.send(entry, actor=request.user, comment=form.cleaned_data["text"], seen=seen)
    except Refused as refusal:
        if refusal.code != "guard":
            return refused(request, entry, refusal)
        if sending.as_checked(Entry.objects.get(pk=pk), seen=seen):
            messages.warning(request, str(refusal))
            return redirect("forms_app:check", pk=pk)
        form.add_error(None, str(refusal))
        return _show_check(request, entry, form, status=422)
    return redirect("forms_app:receipt", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague of the unit to go on with the draft."""
    entry = entry_for(request, pk)
    if refusal := filling.why_not_fill(entry, request.user):
        return refused(request, entry, refusal)
    colleagues = handing_over.colleagues(entry, request.user)
    posted = request.POST if request.method == "POST" else keeping.kept(request)
    form = HandOverForm(posted, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        try:
            handing_over.hand_over(entry, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            return refused(request, entry, refusal)
        messages.success(
            request, _("已经告诉%(name)s，请他接着填。") % {"name": form.cleaned_data["to"]}
        )
        return redirect("forms_app:entry", pk=pk)
    return render(
        request,
        "forms_app/hand_over.html",
        {"entry": entry, "form": form, "colleagues": colleagues},
        status=422 if request.method == "POST" else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the entry back."""
    entry = entry_for(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sending.withdraw(entry, actor=request.user, comment=form.cleaned_data["text"])
        except Refused as refusal:
            return refused(request, entry, refusal)
        messages.success(request, _("已撤回。"))
        return redirect("forms_app:entry", pk=pk)
    if refusal := why_not(entry, "withdraw", actor=request.user):
        return refused(request, entry, refusal)
    return render(
        request,
        "forms_app/withdraw.html",
        {"entry": entry, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form to the chair or the party secretary, with room for an opinion and two buttons."""
    entry = entry_for(request, pk)
    level = SignOffLevel.PARTY if entry.status == S.AWAITING_PARTY else SignOffLevel.CHAIR
    posted = request.POST if request.method == "POST" else keeping.kept(request)
    form = SignForm(posted)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            sending.sign(
                entry,
                actor=request.user,
                level=level,
                conclusion=Conclusion(form.cleaned_data["conclusion"]),
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            if refusal.code != "guard":
                return refused(request, entry, refusal)
            form.add_error(None, str(refusal))
            entry = entry_for(request, pk)
            if sending.same_version(entry, version=form.cleaned_data["version"]):
                status = 409
        else:
            agreed = form.cleaned_data["conclusion"] == Conclusion.AGREE
            messages.success(request, _("已签署同意。") if agreed else _("已退回经办人修改。"))
            return redirect("forms_app:entry", pk=pk)
    if refusal := why_not(entry, f"refuse_{level}", actor=request.user, reason="-"):
        return refused(request, entry, refusal)
    return render(
        request,
        "forms_app/sign.html",
        {
            "entry": entry,
            "form": form,
            "sections": read_answers(entry),
            "version": entry.versions.latest("number").number,
            "earlier": entry.signoffs.select_related("signer", "version"),
            "sent": entry.events.filter(action="send").select_related("actor").last(),
            "as_post": post_title(entry.unit, Post(level)),
            "too_late": why_not(entry, f"sign_{level}", actor=request.user),
        },
        status=status,
    )


def _show_check(
    request: HttpRequest, entry: Entry, form: forms.Form, status: int = 200
) -> HttpResponse:
    names = labels(entry)
    return render(
        request,
        "forms_app/check.html",
        {
            "entry": entry,
            "form": form,
            "problems": [(one, names.get(one.field_key, "")) for one in filling.problems(entry)],
            "warnings": [(one, names.get(one.field_key, "")) for one in filling.warnings(entry)],
            "sections": read_answers(entry),
            "first_signer": _first_signer(entry),
            "again": bool(entry.returned_at),
        },
        status=status,
    )


def _first_signer(entry: Entry) -> str:
    table = table_of(entry)
    target = table.landing(table.find(entry.status, "send"), entry)
    return {
        S.AWAITING_CHAIR: post_title(entry.unit, Post.CHAIR),
        S.AWAITING_PARTY: post_title(entry.unit, Post.PARTY),
    }.get(target, _("校工会"))
