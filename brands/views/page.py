"""Editing a brand page at /my/: the editor, the preview, sending to the review and taking back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.cms.moderation import turns
from portal.cms.moderation.hints import hints_of
from portal.cms.moderation.remarks import remark
from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..models import BrandPage
from ..permissions import may_see, why_not_edit_page
from ..writing import editing
from ..writing.content import missing_in
from .access import done, refused
from .page_editor import ask_about_revision, brought_back, editor, page_for
from .page_saving import save


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Edit the page; every post is answered with an address, so that the browser can go back and forth."""
    project, page = page_for(request, number)
    if refusal := why_not_edit_page(request.user, project):
        return refused(request, project, refusal)
    if request.method == "POST":
        take = brought_back if "restore" in request.POST else save
        return take(request, project, page)
    if "choose" in request.GET:
        draft = editing.draft_of(page)
        if draft.conflicts:
            return ask_about_revision(request, project, draft)
    return editor(request, project, page, typed=keeping.kept(request))


@require_safe
@signed_in
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """Show the draft as the public would see it, to the unit and to those who may read everything."""
    project, page = page_for(request, number)
    if not may_see(request.user, project):
        raise Http404
    draft = page.get_latest_revision_as_object()
    return render(
        request,
        BrandPage.template,
        {
            "page": draft,
            "self": draft,
            "preview_of": reverse("brands:edit_page", args=[project.project_no]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def send(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is still missing and what the review is; send the draft."""
    project, page = page_for(request, number)
    if refusal := why_not_edit_page(request.user, project):
        return refused(request, project, refusal)
    if request.method == "POST":
        try:
            editing.send_page(page, actor=request.user)
        except Refused as refused_act:
            return refused(request, project, refused_act)
        return done(
            request,
            _("已送审。初审、复审、终审都通过后，品牌页就会公开；有结果会通知您。"),
            f"{project.my_path}#page",
        )
    draft = editing.draft_of(page)
    return render(
        request,
        "brands/send_page.html",
        {
            "project": project,
            "page": page,
            "unsaved": editing.why_unsaved(draft),
            "missing": list(missing_in(draft.revised, draft.offered)),
            "hints": hints_of(page.get_latest_revision()),
            "state": turns.state_of(page),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Take the page out of the review."""
    project, page = page_for(request, number)
    if request.method != "POST":
        address = reverse("brands:edit_page", args=[project.project_no])
        return keeping.to_the_button(request, address)
    try:
        editing.take_back(page, actor=request.user)
    except Refused as refused_act:
        return refused(request, project, refused_act)
    return done(
        request,
        _("已撤回，可以继续修改。"),
        reverse("brands:edit_page", args=[project.project_no]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def say(request: HttpRequest, number: str) -> HttpResponse:
    """Say something to the reviewers of the page."""
    project, page = page_for(request, number)
    if request.method != "POST":
        address = reverse("brands:edit_page", args=[project.project_no])
        return keeping.to_the_button(request, address, spot="remarks")
    try:
        remark(page, actor=request.user, text=request.POST.get("text", ""))
    except Refused as refused_act:
        return refused(request, project, refused_act)
    address = reverse("brands:edit_page", args=[project.project_no])
    return done(request, _("已留言，审核的人会收到。"), f"{address}#remarks")
