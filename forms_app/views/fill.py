"""Filling an entry in: the form, its files, two people's saves side by side."""

import re
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forms_app.definitions.moving import no_longer_asked
from forms_app.entries import attaching, beside, filling, merging, saving
from portal.cms.files.uploads import UploadRefused
from portal.lifecycle.door import Refused
from portal.merging import fingerprint
from portal.units.models import User
from portal.workspace import choosing, keeping, presence
from portal.workspace.autosaving import (
    Page,
    merged_words,
    page_of,
    saved_words,
    who_met,
)
from portal.workspace.choosing import Choice
from portal.workspace.signed_in import signed_in

from ..engine.checking import Problem
from ..engine.forms import AnswerForm, build_form
from ..engine.schema import fields_of
from ..models import Entry
from ..showing import file_url, labels, read_fields
from .access import entry_for, refused


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
    form = form_of(entry, data=data, strict="check" in request.GET)
    return _show(request, entry, form, brought_back=data)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what somebody chose, field by field, between what was saved meanwhile and what he had typed."""
    entry = entry_for(request, pk)
    choice = choosing.asked(request, entry)
    if choice is None:
        return redirect("forms_app:edit", pk=pk)
    if request.method != "POST":
        return _show_choice(request, entry, choice)
    # Of the fields he did not choose about he changes nothing.
    page = choice.sheet(fingerprint(entry.answers))
    try:
        taken = choice.taken(request.POST, labels=labels(entry, choice.saved))
        answers = {
            key: said
            for key, said in {**entry.answers, **taken}.items()
            if said is not None and not beside.is_beside(key)
        }
        outcome = saving.save(
            entry, answers=answers, words=beside.deep(taken), page=page, actor=request.user
        )
    except Refused as refusal:
        return _show_choice(request, entry, choice, refusal=refusal)
    if outcome.conflicts:
        return ask_to_choose(request, outcome, {**answers, **taken}, page)
    messages.success(request, _("已按您的选择保存。"))
    return redirect("forms_app:edit", pk=pk)


def merged(outcome: saving.Outcome, *, reader: User) -> str:
    """Return what had been changed meanwhile and is kept beside, in words for the reader; "" where nothing was."""
    if not outcome.taken:
        return ""
    names = labels(outcome.entry, outcome.taken)
    who = who_met(*outcome.by(outcome.taken), reader=reader)
    return merged_words(who, [names[key] for key in outcome.taken])


def keep(request: HttpRequest, entry: Entry, form: AnswerForm) -> saving.Outcome:
    """Save what a page posted: what was typed about pictures, and the answers.

    Raises:
        Refused: not this person's, or not editable now.
    """
    return saving.save(
        entry,
        answers=form.answers,
        words=form.details,
        page=page_of(request.POST),
        actor=request.user,
    )


def form_of(
    entry: Entry, *, data: Any = None, strict: bool = False, only_to_save: bool = False
) -> AnswerForm:
    """Return the entry's form, with the remarks of a return at their fields where it is shown."""
    remarks: dict[str, list[str]] = {}
    if entry.returned_at and not only_to_save:
        for remark in entry.field_comments.filter(resolved_at=None):
            remarks.setdefault(remark.field_key, []).append(remark.text)
    return build_form(
        entry.schema,
        answers=entry.answers,
        data=data,
        strict=strict,
        context=filling.context_of(entry, file_url=file_url, only_to_save=only_to_save),
        remarks=remarks,
    )


def ask_to_choose(
    request: HttpRequest, outcome: saving.Outcome, mine: dict[str, Any], page: Page
) -> HttpResponse:
    """Show the fields that two people changed, both contents side by side, to choose.

    Args:
        mine: what stands on his page.
        page: that page, so that it finds that what was chosen has arrived.
    """
    entry = outcome.entry
    saved = {**entry.answers, **beside.saved_words(entry, outcome.conflicts)}
    specs = {field["key"]: field for field in fields_of(entry.form_version.schema)}
    choice = choosing.between(
        outcome.conflicts,
        mine={key: mine.get(key) for key in outcome.conflicts},
        saved=saved,
        can_join=lambda key: key in specs and merging.can_join(specs[key], saved[key], mine[key]),
        who=who_met(*outcome.by(outcome.conflicts), reader=request.user),
        page=page.name,
    )
    return _show_choice(request, entry, choice, merged=merged(outcome, reader=request.user))


def _show_choice(
    request: HttpRequest,
    entry: Entry,
    choice: Choice,
    *,
    merged: str = "",
    refusal: Refused | None = None,
) -> HttpResponse:
    return choosing.choice_page(
        request,
        "forms_app/choose.html",
        entry,
        choice,
        sides=[
            *read_fields(entry, choice.saved, choice.saved, choice.mine),
            *beside.side_by_side(entry, choice.saved, choice.mine),
        ],
        action=reverse("forms_app:choose", args=[entry.pk]),
        back=reverse("forms_app:entry", args=[entry.pk]),
        merged=merged,
        refusal=refusal,
        entry=entry,
    )


def _save(request: HttpRequest, entry: Entry) -> HttpResponse:
    form = form_of(entry, data=request.POST)
    try:
        wrong_files = _take_files(request, entry)
        form = form_of(entry, data=request.POST)  # with the files that have just come
        outcome = keep(request, entry, form)
    except Refused as refusal:
        return refused(request, entry, refusal, typed=form.answers)
    saved = outcome.entry
    if outcome.conflicts:
        mine = {**form.answers, **beside.flat(form.details)}
        return ask_to_choose(request, outcome, mine, page_of(request.POST))
    if words := merged(outcome, reader=request.user):
        messages.info(request, words)
    if form.changes_rows:
        return _show(request, saved, form if not outcome.taken else form_of(saved), wrong_files)
    if wrong_files:
        return _show(request, saved, form_of(saved), wrong_files, status=422)
    if request.POST.get("then") == "check":
        return redirect("forms_app:check", pk=entry.pk)
    messages.success(request, saved_words(saved.saved_at))
    return redirect("forms_app:edit", pk=entry.pk)


def _take_files(request: HttpRequest, entry: Entry) -> list[Problem]:
    """Keep the posted files and take out the one whose "删去" was pressed; return what was refused, and why."""
    wrong = []
    for field in attaching.file_fields(entry):
        for upload in request.FILES.getlist(f"f-{field['key']}"):
            try:
                attaching.attach(entry, field_key=field["key"], upload=upload, actor=request.user)
            except UploadRefused as refusal:
                wrong.append(Problem(field["key"], f"{upload.name}：{refusal}"))
    removed = request.POST.get("remove_file", "")
    if re.fullmatch("[0-9]{1,18}", removed):
        for attachment in entry.attachments.filter(pk=removed, removed_at=None):
            attaching.detach(attachment, actor=request.user)
    return wrong


def _show(
    request: HttpRequest,
    entry: Entry,
    form: AnswerForm,
    wrong_files: list[Problem] | None = None,
    *,
    brought_back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    # What is missing is asked before the refused files join what is shown at the fields.
    left = filling.left_of(form.schema, form.answers, form.context.attachments)
    labels_of = {field["key"]: field["label"] for field in fields_of(form.schema)}
    wrong = [(one, labels_of[one.field_key]) for one in form.problems]
    form.problems.extend(wrong_files or [])
    returned = entry.last_return() if entry.status == "returned" else None
    page = page_of(brought_back) if brought_back is not None else None
    return render(
        request,
        "forms_app/edit.html",
        {
            "entry": entry,
            "form": form,
            "left": left,
            "every": presence.EVERY,
            "wrong": wrong,
            "wrong_files": wrong_files,
            "page_name": secrets.token_hex(6),
            "save_count": page.save_count if page else entry.save_count,
            "seen": (page.seen or "") if page else _seen(form),
            "saved": saved_words(entry.saved_at) if entry.saved_at else "",
            "brought_back": brought_back is not None,
            "no_longer_asked": no_longer_asked(entry),
            "returned": returned,
            "deadline": None if entry.submitted_at else entry.call.deadline_for(entry.unit),
        },
        status=status,
    )


def _seen(form: AnswerForm) -> str:
    """Return what the page says that it shows: the answers, and the words beside the pictures."""
    shown = {one.pk: one.details for one in form.context.attachments if one.details}
    return f"{fingerprint(form.answers)} {beside.fingerprint(shown)}".strip()


def _typed(request: HttpRequest, entry: Entry) -> dict[str, Any] | None:
    return form_of(entry, data=request.POST).answers if request.method == "POST" else None
