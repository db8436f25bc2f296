"""Filling an entry in: the form, autosave, two people's saves side by side."""

import re
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.cms.uploads import UploadRefused
from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from .. import filling
from ..engine.checking import Problem
from ..engine.forms import AnswerForm, build_form
from ..engine.schema import fields_of
from ..models import Entry
from ..moving import no_longer_asked
from ..showing import file_url, read_fields
from .access import STATUS, entry_for, refused

SALT = "forms_app.compare"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form; keep what is posted, files included, and say at each field what is wrong with it."""
    entry = entry_for(request, pk)
    if refusal := filling.why_not_fill(entry, request.user):
        return refused(request, entry, refusal, typed=_typed(request, entry))
    if request.method == "POST" and "restore" not in request.POST:
        return _save(request, entry)
    data = request.POST if request.method == "POST" else keeping.kept(request)
    form = _form(entry, data=data, strict="check" in request.GET)
    return _show(request, entry, form, brought_back=data)


@require_POST
@signed_in
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what has been typed so far; answers JSON with words for the page."""
    entry = (
        Entry.objects.filter(unit__in=[held.unit_id for held in request.user.posts])
        .select_related("call__programme_year", "unit", "form_version")
        .filter(pk=pk)
        .first()
    )
    if entry is None:
        raise Http404
    form = _form(entry, data=request.POST)
    try:
        saved = _keep(request, entry, form)
    except filling.Stale as stale:
        words = _("%(who)s刚刚也保存了这份表。按“保存草稿”可以对照两边的内容，逐项选择。") % {
            "who": stale.current.saved_by
        }
        return JsonResponse({"message": words, "stale": True}, status=409)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=STATUS[refusal.code])
    return JsonResponse({"message": saved_words(saved), "save_count": saved.save_count})


@require_POST
@signed_in
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what somebody chose, field by field, between what was saved meanwhile and what he had typed."""
    entry = entry_for(request, pk)
    try:
        mine = signing.loads(request.POST.get("mine", ""), salt=f"{SALT}:{pk}")
    except signing.BadSignature:
        raise Http404 from None
    chosen = dict(entry.answers)
    for key in filling.Stale(entry, mine).keys:
        if request.POST.get(f"take-{key}") != "saved":
            chosen[key] = mine.get(key)
    chosen = {key: answer for key, answer in chosen.items() if answer is not None}
    try:
        filling.save(
            entry, answers=chosen, actor=request.user, expected_save_count=_count(request.POST)
        )
    except filling.Stale as stale:
        return _show_both(request, stale)
    except Refused as refusal:
        return refused(request, entry, refusal, typed=mine)
    messages.success(request, _("已按您的选择保存。"))
    return redirect("forms_app:edit", pk=pk)


def saved_words(entry: Entry) -> str:
    """Return when the entry was saved, as the page says it."""
    return _("已保存 %(time)s") % {"time": f"{timezone.localtime(entry.saved_at):%H:%M}"}


def _save(request: HttpRequest, entry: Entry) -> HttpResponse:
    wrong_files = _take_files(request, entry)
    form = _form(entry, data=request.POST)
    try:
        saved = _keep(request, entry, form)
    except filling.Stale as stale:
        return _show_both(request, stale)
    except Refused as refusal:
        return refused(request, entry, refusal, typed=form.answers)
    if form.changes_rows:
        return _show(request, saved, form, wrong_files)
    if wrong_files:
        return _show(request, saved, _form(saved), wrong_files, status=422)
    if request.POST.get("then") == "check":
        return redirect("forms_app:check", pk=entry.pk)
    messages.success(request, saved_words(saved))
    return redirect("forms_app:edit", pk=entry.pk)


def _keep(request: HttpRequest, entry: Entry, form: AnswerForm) -> Entry:
    # As stored: those of the form's context hold what was typed already.
    for attachment in entry.attachments.filter(pk__in=form.details):
        details = {**attachment.details, **form.details[attachment.pk]}
        filling.describe(attachment, details=details, actor=request.user)
    return filling.save(
        entry, answers=form.answers, actor=request.user, expected_save_count=_count(request.POST)
    )


def _take_files(request: HttpRequest, entry: Entry) -> list[Problem]:
    """Keep the posted files and take out the one whose "删去" was pressed; return what was refused, and why."""
    wrong = []
    for field in filling.file_fields(entry):
        for upload in request.FILES.getlist(f"f-{field['key']}"):
            try:
                filling.attach(entry, field_key=field["key"], upload=upload, actor=request.user)
            except UploadRefused as refusal:
                wrong.append(Problem(field["key"], f"{upload.name}：{refusal}"))
    removed = request.POST.get("remove_file", "")
    if re.fullmatch("[0-9]{1,18}", removed):
        for attachment in entry.attachments.filter(pk=removed, removed_at=None):
            filling.detach(attachment, actor=request.user)
    return wrong


def _form(entry: Entry, *, data: Any = None, strict: bool = False) -> AnswerForm:
    remarks: dict[str, list[str]] = {}
    if entry.returned_at:
        for remark in entry.field_comments.filter(resolved_at=None):
            remarks.setdefault(remark.field_key, []).append(remark.text)
    return build_form(
        filling.schema_of(entry),
        answers=entry.answers,
        data=data,
        strict=strict,
        context=filling.context_of(entry, file_url=file_url),
        remarks=remarks,
    )


def _show(
    request: HttpRequest,
    entry: Entry,
    form: AnswerForm,
    wrong_files: list[Problem] | None = None,
    *,
    brought_back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    form.problems.extend(wrong_files or [])
    came_back = entry.events.filter(to_status="returned").exclude(from_status="returned")
    returned = came_back.last() if entry.returned_at else None
    return render(
        request,
        "forms_app/edit.html",
        {
            "entry": entry,
            "form": form,
            "wrong_files": wrong_files,
            "labels": {field["key"]: field["label"] for field in fields_of(form.schema)},
            "save_count": entry.save_count if brought_back is None else _count(brought_back),
            "saved": saved_words(entry) if entry.saved_at else "",
            "brought_back": brought_back is not None,
            "no_longer_asked": no_longer_asked(entry),
            "returned": returned if entry.status == "returned" else None,
            "deadline": None if entry.submitted_at else entry.call.deadline_for(entry.unit),
        },
        status=status,
    )


def _show_both(request: HttpRequest, stale: filling.Stale) -> HttpResponse:
    entry = stale.current
    return render(
        request,
        "forms_app/compare.html",
        {
            "entry": entry,
            "pairs": read_fields(entry, stale.keys, entry.answers, stale.mine),
            "mine": signing.dumps(stale.mine, salt=f"{SALT}:{entry.pk}", compress=True),
            "action": reverse("forms_app:compare", args=[entry.pk]),
        },
        status=409,
    )


def _typed(request: HttpRequest, entry: Entry) -> dict[str, Any] | None:
    return _form(entry, data=request.POST).answers if request.method == "POST" else None


def _count(data: QueryDict) -> int:
    count = data.get("save_count", "")
    return int(count) if re.fullmatch("[0-9]{1,18}", count) else -1
