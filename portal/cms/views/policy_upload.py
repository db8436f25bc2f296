"""从公文文件新建: an editor uploads the document, checks what was read in the page's editor."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from ..files.uploads import UploadRefused
from ..models import PolicyIndexPage, PolicyPage
from ..policies import has_report, notes_on, policy_from_document
from ..policy_reading import Note, NoteKind, UnreadableDocument

HEADINGS = {
    NoteKind.RECOGNISED: gettext_lazy("识别出来的"),
    NoteKind.MISSING: gettext_lazy("没有找到，请补上或确认没有"),
    NoteKind.ATTENTION: gettext_lazy("请留意"),
    NoteKind.REJOINED: gettext_lazy("接回的断行"),
    NoteKind.DROPPED: gettext_lazy("没有收入正文的"),
}


class DocumentUploadForm(forms.Form):
    """The official document as it exists."""

    file = forms.FileField(
        label=gettext_lazy("公文文件"),
        help_text=gettext_lazy("txt 或 docx，不超过 20 MB。原件会一并保存，供读者下载。"),
        widget=forms.FileInput({"accept": ".txt,.docx"}),
        error_messages={"required": gettext_lazy("请选择一个文件。")},
    )


@require_http_methods(["GET", "POST"])
def policy_from_file(request: HttpRequest) -> HttpResponse:
    """Make a draft from an uploaded document and open it in the editor, with what was recognised and what was not."""
    if not may_add_policies(request.user):
        raise PermissionDenied
    sent = request.method == "POST"
    form = DocumentUploadForm(*((request.POST, request.FILES) if sent else ()))
    if form.is_valid():
        try:
            result = policy_from_document(form.cleaned_data["file"], actor=request.user)
        except (UnreadableDocument, UploadRefused) as refused:
            form.add_error("file", str(refused))
        else:
            told = _("已按公文新建草稿，请对照原件核对每一栏，再提交审核。")
            read = [note for note in result.notes if note.kind != NoteKind.ATTENTION]
            messages.success(request, format_html("<p>{}</p>{}", told, _in_words(read)))
            if len(read) < len(result.notes):
                messages.warning(
                    request, _in_words([note for note in result.notes if note not in read])
                )
            return redirect("wagtailadmin_pages:edit", result.page.pk)
    return TemplateResponse(request, "cms/admin/policy_from_file.html", {"form": form})


@require_safe
def report(request: HttpRequest, page_pk: int) -> HttpResponse:
    """Show what was recognised in a draft's original and what was not, to be read beside the editor."""
    found = get_object_or_404(PolicyPage, pk=page_pk)
    page = found.get_latest_revision_as_object()
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if not has_report(page):
        raise Http404
    try:
        groups = _grouped(notes_on(page))
    except (UnreadableDocument, OSError) as unreadable:
        raise Http404 from unreadable
    return TemplateResponse(
        request, "cms/admin/policy_report.html", {"page": page, "groups": groups}
    )


def point_to_report(request: HttpRequest, page: Page) -> None:
    """Offer the report whenever the draft is opened in the editor, until it has been public."""
    if request.method == "GET" and isinstance(page, PolicyPage) and has_report(page):
        messages.info(
            request,
            _("这份草稿有公文原件，请对照核对每一栏。"),
            buttons=[
                messages.button(
                    reverse("cms_policy_report", args=[page.pk]), _("看识别报告"), new_window=True
                )
            ],
        )


def may_add_policies(user: object) -> bool:
    """Return whether the person may add pages under the policies."""
    index = PolicyIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


def _grouped(notes: Iterable[Note]) -> list[tuple[str, list[str]]]:
    """Return what was read, kind by kind: heading, remarks."""
    notes = list(notes)
    found = [
        (heading, [note.message for note in notes if note.kind == kind])
        for kind, heading in HEADINGS.items()
    ]
    return [(heading, words) for heading, words in found if words]


def _in_words(notes: Iterable[Note]) -> str:
    """Return remarks as a message."""
    return format_html_join(
        "",
        "<p><b>{}</b></p><ul>{}</ul>",
        (
            (heading, format_html_join("", "<li>{}</li>", ((one,) for one in words)))
            for heading, words in _grouped(notes)
        ),
    )
