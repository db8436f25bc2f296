"""Filling in in Word: the form to take away, what came back field by field, and what is taken of it."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.entries import filling, saving
from portal.cms.files.uploads import UploadRefused
from portal.lifecycle.door import Refused
from portal.merging import fingerprint
from portal.workspace import keeping
from portal.workspace.autosaving import Page, saved_words
from portal.workspace.signed_in import signed_in

from ..engine.checking import mistakes
from ..engine.forms import build_form
from ..engine.schema import fields_of
from ..models import Entry
from ..paper.sheet import sheet_of
from ..paper.word_opening import open_word
from ..paper.word_reading import Reading, read_word
from ..paper.word_writing import word_form
from ..showing import read_fields
from .access import entry_for, refused
from .fill import ask_to_choose
from .paper import word_response

SALT = "forms_app.word"


@require_safe
@signed_in
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the form to fill in: with what the draft holds, or blank."""
    entry = entry_for(request, pk)
    if refusal := filling.why_not_fill(entry, request.user):
        return refused(request, entry, refusal)
    blank = "blank" in request.GET
    content = word_form(sheet_of(entry, fill_in=True, blank=blank))
    return word_response(content, f"{entry.form_version.definition}_{entry.unit}.docx")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the form to take away, take the one that was filled in, and show what was read. Nothing is saved yet."""
    entry = entry_for(request, pk)
    if refusal := filling.why_not_fill(entry, request.user):
        return refused(request, entry, refusal)
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            error = _("请选择填好的 Word 文件。")
        else:
            try:
                reading = read_word(
                    open_word(upload),
                    entry.schema,
                    entry.answers,
                    filling.context_of(entry),
                )
            except UploadRefused as refusal:
                error = str(refusal)
            else:
                if not reading.found_nothing:
                    return _confirm(request, entry, reading)
                error = _(
                    "这个文件里没有找到这张表的栏目。请先在这里下载表格，在下载的文件里填写。"
                )
    return render(
        request,
        "forms_app/paper/word.html",
        {"entry": entry, "error": error},
        status=422 if error else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Save into the draft what was chosen of what was read."""
    entry = entry_for(request, pk)
    if refusal := filling.why_not_fill(entry, request.user):
        return refused(request, entry, refusal)
    data = request.POST if request.method == "POST" else keeping.kept(request)
    if data is None:
        return redirect("forms_app:word", pk=pk)
    try:
        reading = Reading(**signing.loads(data.get("read", ""), salt=f"{SALT}:{pk}"))
    except signing.BadSignature:
        raise Http404 from None
    if request.method != "POST":
        return _confirm(request, entry, reading)
    chosen = _merged(entry, _chosen(reading, data))
    page = Page(seen=data.get("seen"))
    try:
        outcome = saving.save(entry, answers=chosen, page=page, actor=request.user)
    except Refused as refusal:
        return refused(request, entry, refusal, typed=reading.answers)
    if outcome.conflicts:
        return ask_to_choose(request, outcome, chosen, page)
    messages.success(request, _("Word 里填的内容已经收进草稿。请看一遍，再补上文件。"))
    return redirect("forms_app:edit", pk=pk)


def _confirm(
    request: HttpRequest, entry: Entry, reading: Reading, *, status: int = 200
) -> HttpResponse:
    """Show field by field what was read, what would be replaced, what was not read and why."""
    merged = _merged(entry, reading.answers)
    wrong: dict[str, list[str]] = {}
    for problem in mistakes(entry.schema, merged, entry.attachments.all()):
        wrong.setdefault(problem.field_key, []).append(problem.message)
    answered = [
        (draft, read, wrong.get(read.key, []))
        for draft, read in read_fields(entry, reading.answers, entry.answers, reading.answers)
    ]
    same = {key for key, answer in reading.answers.items() if entry.answers.get(key) == answer}
    labels = {field["key"]: field["label"] for field in fields_of(entry.form_version.schema)}
    return render(
        request,
        "forms_app/paper/word_read.html",
        {
            "entry": entry,
            "new": [one for one in answered if one[1].key not in same | entry.answers.keys()],
            "replacing": [
                one for one in answered if one[1].key in entry.answers and one[1].key not in same
            ],
            "same": [one for one in answered if one[1].key in same],
            "empty": [labels[key] for key in reading.empty],
            "missing": list(reading.missing.values()),
            "elsewhere": [labels[key] for key in reading.elsewhere],
            "read": signing.dumps(vars(reading), salt=f"{SALT}:{entry.pk}", compress=True),
            "seen": fingerprint(entry.answers),
            "saved": saved_words(entry.saved_at) if entry.saved_at else "",
        },
        status=status,
    )


def _chosen(reading: Reading, data: QueryDict) -> dict[str, Any]:
    """Return the answers that were not left as the draft has them."""
    return {
        key: answer for key, answer in reading.answers.items() if data.get(f"take-{key}") != "draft"
    }


def _merged(entry: Entry, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the draft's answers with others in their place; values of the system computed anew."""
    return build_form(
        entry.schema,
        answers={**entry.answers, **answers},
        context=filling.context_of(entry),
    ).answers
