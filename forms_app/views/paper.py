"""An entry on paper: as .docx and as a page to print, as it stands or as one of its versions."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.workspace.signed_in import signed_in

from ..models import Entry, EntryVersion
from ..paper.code import paper_code, qr, read_code
from ..paper.sheet import printed_version, sheet_of
from ..paper.template_filling import paper_form
from ..paper.word_writing import CONTENT_TYPE
from .access import entry_for


@require_safe
@signed_in
def docx(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Hand out an entry as an official form: a version, or the draft as it stands."""
    entry, version = _asked(request, pk, number)
    return word_response(paper_form(entry, version), file_name(entry, version))


@require_safe
@signed_in
def print_page(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Show the same as a page to print."""
    entry, version = _asked(request, pk, number)
    sheet = sheet_of(entry, version)
    code = qr(sheet.address).svg_data_uri(border=1)
    return render(
        request,
        "forms_app/paper/print.html",
        {"entry": entry, "version": version, "sheet": sheet, "code": code},
    )


@require_safe
@signed_in
def compare_code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the QR code on a sheet of paper to the entry, and say whether the paper is still the latest."""
    printed = read_code(request.path)
    if printed is None:
        raise Http404
    entry = entry_for(request, printed.entry)
    latest = printed_version(entry)
    if paper_code(entry, latest).code == printed.code:
        messages.success(request, _("您手里的纸质表与系统里现在的内容一致。"))
        return redirect("forms_app:entry", pk=entry.pk)
    same = [
        one.number
        for one in entry.versions.select_related("form_version")
        if paper_code(entry, one).code == printed.code
    ]
    if same:
        words = _("您手里的纸质表是第 %(number)d 版，系统里的内容后来改过。") % {"number": same[-1]}
        messages.warning(request, words)
        return redirect("forms_app:version", pk=entry.pk, number=same[-1])
    messages.warning(request, _("您手里的纸质表打印以后，系统里的内容又改过，请重新打印。"))
    return redirect("forms_app:entry", pk=entry.pk)


def word_response(content: bytes, name: str) -> HttpResponse:
    """Return a .docx to keep."""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )


def file_name(entry: Entry, version: EntryVersion | None) -> str:
    """Return what a form's file is called: unit, project, version."""
    state = _("第%(number)d版") % {"number": version.number} if version else _("草稿")
    return f"{entry.unit}_{entry}_{state}.docx".replace("/", "_")


def _asked(request: HttpRequest, pk: int, number: int | None) -> tuple[Entry, EntryVersion | None]:
    entry = entry_for(request, pk)
    if number is None:
        return entry, printed_version(entry)
    versions = entry.versions.select_related("created_by", "form_version")
    return entry, get_object_or_404(versions, number=number)
