"""What a unit does with a finished form: check and send, take back, sign, give up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.entries import filling, handing_over, sending, signing
from forms_app.entries.merging import digest_of
from portal.lifecycle.door import Refused, table_of, why_not
from portal.units.models import Post, User
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..forms import HandOverForm, SendForm, SignForm, WithdrawForm
from ..models import Conclusion, Entry, SignOffLevel
from ..models.status import EntryStatus as S
from ..showing import labels, read_answers, read_changes
from ..signatures import signatures_asked
from ..standing import post_title
from .access import entry_for, may_take_back, refused


@require_safe
@signed_in
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is still to mend, what the school union may ask about, and the whole form, before it is sent."""
    entry = entry_for(request, pk)
    if refusal := filling.why_not_fill(entry, request.user):
        return refused(request, entry, refusal)
    brought_back = keeping.kept(request, posted_to=reverse("forms_app:send", args=[pk]))
    form = SendForm(brought_back, initial={"seen": digest_of(entry)})
    return _show_check(request, entry, form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the entry in, exactly as it was checked."""
    entry = entry_for(request, pk)
    if request.method != "POST":
        return keeping.to_the_button(request, reverse("forms_app:check", args=[pk]))
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
    brought_back = None if request.method == "POST" else keeping.kept(request)
    posted = request.POST if request.method == "POST" else brought_back
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
        {
            "entry": entry,
            "form": form,
            "colleagues": colleagues,
            "brought_back": brought_back is not None,
        },
        status=422 if request.method == "POST" else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what giving up means and ask once more, then end the entry."""
    entry = entry_for(request, pk)
    brought_back = None if request.method == "POST" else keeping.kept(request)
    form = WithdrawForm(request.POST if request.method == "POST" else brought_back)
    if request.method == "POST" and form.is_valid():
        try:
            sending.withdraw(entry, actor=request.user, comment=form.cleaned_data["text"])
        except Refused as refusal:
            return refused(request, entry, refusal)
        messages.success(request, _("已放弃，这份表不再办理。"))
        return redirect("forms_app:entry", pk=pk)
    if refusal := why_not(entry, "withdraw", actor=request.user):
        return refused(request, entry, refusal)
    return render(
        request,
        "forms_app/withdraw.html",
        {
            "entry": entry,
            "form": form,
            "label": table_of(entry).find(entry.status, "withdraw").label,
            "may_take_back": may_take_back(entry, request.user),
            "brought_back": brought_back is not None,
        },
        status=422 if request.method == "POST" else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking back means and ask once more, then open again what was sent and nobody has signed."""
    entry = entry_for(request, pk)
    if filling.why_not_fill(entry, request.user) is None:
        return redirect("forms_app:edit", pk=pk)  # a second click
    if request.method != "POST":
        if refusal := why_not(entry, "take_back", actor=request.user):
            return refused(request, entry, refusal)
        until = None if entry.submitted_at else entry.call.deadline_for(entry.unit)
        return render(request, "forms_app/take_back.html", {"entry": entry, "until": until})
    try:
        sending.take_back(entry, actor=request.user)
    except Refused as refusal:
        return refused(request, entry, refusal)
    messages.success(request, _("已收回，可以修改了；改好以后请重新报送。"))
    return redirect("forms_app:edit", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form to the chair or the party secretary, with room for an opinion and two buttons."""
    entry = entry_for(request, pk)
    brought_back = keeping.kept(request)
    form = SignForm(request.POST if request.method == "POST" else brought_back)
    asked, opinion = form.data.get("level", ""), form.data.get("text", "").strip()
    try:
        level = signing.level_of(entry, request.user, asked=asked)
    except Refused as refusal:
        return refused(request, entry, refusal, opinion=opinion)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and not form.is_valid():
        back = keeping.way_back(request)
        if keeping.holds(back):
            return redirect(back)  # an address, so that the browser can go back over it
    elif request.method == "POST":
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
            entry = entry_for(request, pk)
            if refusal.code != "guard":
                # Somebody was faster: it is told who, and what became of it.
                told = _no_longer(entry, request.user, level) or refusal
                return refused(request, entry, told, opinion=opinion)
            form.add_error(None, str(refusal))
            if sending.same_version(entry, version=form.cleaned_data["version"]):
                status = 409
        else:
            agreed = form.cleaned_data["conclusion"] == Conclusion.AGREE
            messages.success(request, _("已签署同意。") if agreed else _("已退回经办人修改。"))
            return redirect("forms_app:entry", pk=pk)
    return render(
        request,
        "forms_app/sign.html",
        {
            "entry": entry,
            "form": form,
            "brought_back": brought_back is not None and form.is_valid(),
            "level": level,
            "sections": read_answers(entry),
            **_since_signed(entry, request.user),
            "earlier": entry.signoffs.select_related("signer", "version"),
            "sent": entry.events.filter(action="send").select_related("actor").last(),
            "as_post": post_title(entry.unit, Post(level)),
            "too_late": why_not(entry, f"sign_{level}", actor=request.user),
        },
        status=status,
    )


def _since_signed(entry: Entry, actor: User) -> dict[str, Any]:
    """Return the number of the version to sign, why the entry had been returned, and what has changed since he signed one."""
    now = sending.sent_version(entry)
    signed = entry.signoffs.filter(signer=actor).exclude(version=now)
    last = signed.select_related("version__form_version").last()
    return {
        "version": now.number,
        "returned": entry.last_return() if entry.returned_at else None,
        "signed": last,
        "changes": read_changes(entry, last.version, now) if last else [],
    }


def _no_longer(entry: Entry, actor: User, level: SignOffLevel) -> Refused | None:
    try:
        signing.level_of(entry, actor, asked=level)
    except Refused as refusal:
        return refusal
    return None


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
            "signed": bool(signatures_asked(entry)),
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
