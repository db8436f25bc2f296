"""Editing a brand page at /my/: the editor, the preview, sending to the review and taking back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.cms import moderation
from portal.cms.hints import hints_of
from portal.cms.models.remark import REMARK_LENGTH
from portal.cms.remarks import may_remark, remark
from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.refusals import STATUS
from portal.workspace.signed_in import signed_in

from .. import page_editing
from ..models import BrandPage, Project
from ..page_content import (
    BLOCK_LABELS,
    choices_of,
    content_of,
    differences,
    missing,
    press_of,
    videos_of,
)
from ..page_forms import (
    STORY,
    BlockFormSet,
    PageForm,
    content_from,
    initial_of,
    rearranged,
    typed_initial,
)
from ..permissions import may_see, why_not_edit_page
from ..pictures import CARD, THUMB, pictures_by_key, scaled
from .access import done, project_for, refused


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Edit the draft; save it as the page's next revision."""
    project, page = _page_for(request, number)
    if refusal := why_not_edit_page(request.user, project):
        return refused(request, project, refusal)
    if request.method == "POST":
        do = request.POST.get("do", "save")
        if do in ("save", "preview", "send"):
            return _save(request, project, page, do)
        initial, blocks = typed_initial(request.POST)
        blocks, place = rearranged(blocks, do)
        return _editor(request, project, page, initial=initial, blocks=blocks, place=place)
    typed = keeping.kept(request)
    if typed is not None:
        initial, blocks = typed_initial(typed)
        return _editor(request, project, page, initial=initial, blocks=blocks)
    initial, blocks = initial_of(content_of(page))
    initial["based_on"] = page.latest_revision_id
    return _editor(request, project, page, initial=initial, blocks=blocks)


@require_safe
@signed_in
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """Show the draft as the public would see it, to the unit and to those who may read everything."""
    project, page = _page_for(request, number)
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
    project, page = _page_for(request, number)
    if refusal := why_not_edit_page(request.user, project):
        return refused(request, project, refusal)
    if request.method == "POST":
        try:
            page_editing.send_page(page, actor=request.user)
        except Refused as refused_act:
            return refused(request, project, refused_act)
        return done(
            request,
            _("已送审。初审、复审、终审都通过后，品牌页就会公开；有结果会通知您。"),
            f"{project.my_path}#page",
        )
    return render(
        request,
        "brands/send_page.html",
        {
            "project": project,
            "page": page,
            "missing": missing(page),
            "hints": hints_of(page.get_latest_revision()),
            "state": moderation.state_of(page),
        },
    )


@require_POST
@signed_in
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Take the page out of the review."""
    project, page = _page_for(request, number)
    try:
        page_editing.take_back(page, actor=request.user)
    except Refused as refused_act:
        return refused(request, project, refused_act)
    return done(
        request,
        _("已撤回，可以继续修改。"),
        reverse("brands:edit_page", args=[project.project_no]),
    )


@require_POST
@signed_in
def say(request: HttpRequest, number: str) -> HttpResponse:
    """Say something to the reviewers of the page."""
    project, page = _page_for(request, number)
    try:
        remark(page, actor=request.user, text=request.POST.get("text", ""))
    except Refused as refused_act:
        return refused(request, project, refused_act)
    address = reverse("brands:edit_page", args=[project.project_no])
    return done(request, _("已留言，审核的人会收到。"), f"{address}#remarks")


def _page_for(request: HttpRequest, number: str) -> tuple[Project, BrandPage]:
    project = project_for(request, number)
    page = BrandPage.objects.filter(project=project).first()
    if page is None:
        raise Http404
    page.project = project
    return project, page


def _save(request: HttpRequest, project: Project, page: BrandPage, do: str) -> HttpResponse:
    pictures, activities = choices_of(page)
    form = PageForm(request.POST, pictures=pictures, activities=activities, press=press_of(page))
    offered = {"pictures": pictures, "videos": videos_of(page)}
    blocks = BlockFormSet(request.POST, prefix=STORY, form_kwargs=offered)
    if not (form.is_valid() & blocks.is_valid()):
        return _editor(request, project, page, form=form, block_forms=blocks, status=422)
    content = content_from(form, blocks)
    try:
        page_editing.save_page(
            page, actor=request.user, content=content, based_on=form.cleaned_data["based_on"]
        )
    except page_editing.Stale as stale:
        initial, kept = typed_initial(request.POST)
        initial["based_on"] = stale.page.latest_revision_id
        return _editor(
            request,
            project,
            stale.page,
            initial=initial,
            blocks=kept,
            changed=differences(content, content_of(stale.page)),
            status=409,
        )
    except Refused as refused_act:
        initial, kept = typed_initial(request.POST)
        return _editor(
            request,
            project,
            page,
            initial=initial,
            blocks=kept,
            reason=str(refused_act),
            status=STATUS[refused_act.code],
        )
    if do == "preview":
        return redirect("brands:preview_page", number=project.project_no)
    if do == "send":
        return redirect("brands:send_page", number=project.project_no)
    return done(
        request,
        _("草稿已保存。公众看到的页面没有变，送审通过后才会更新。"),
        reverse("brands:edit_page", args=[project.project_no]),
    )


def _editor(
    request: HttpRequest,
    project: Project,
    page: BrandPage,
    *,
    initial: dict[str, Any] | None = None,
    blocks: list[dict[str, Any]] | None = None,
    form: PageForm | None = None,
    block_forms: Any = None,
    place: int | None = None,
    changed: list[tuple[str, str, str]] | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the editor with the two bound forms, or with unchecked values."""
    (pictures, activities), press = choices_of(page), press_of(page)
    if form is None:
        form = PageForm(initial=initial, pictures=pictures, activities=activities, press=press)
        offered = {"pictures": pictures, "videos": videos_of(page)}
        block_forms = BlockFormSet(initial=blocks, prefix=STORY, form_kwargs=offered)
    thumbs = pictures_by_key(pictures, THUMB, CARD)
    state = moderation.state_of(page)
    chosen = {
        name: {str(key) for key in form[name].value() or []}
        for name in ("activities", "gallery", "press")
    }
    cover = str(form["cover"].value() or "")
    return render(
        request,
        "brands/edit_page.html",
        {
            "project": project,
            "page": page,
            "form": form,
            "blocks": block_forms,
            "kinds": BLOCK_LABELS.items(),
            "state": state,
            "unsaved": request.method == "POST" or keeping.KEPT in request.GET,
            # What was typed before the page was sent stays writable, so that nothing of it is lost.
            "locked": request.method != "POST" and not state.editable,
            "reason": reason
            or ("" if state.editable else page_editing.why_locked(page, request.user)),
            "changed": changed,
            "remarks": page.remarks.select_related("by"),
            "may_remark": may_remark(request.user, page),
            "remark_length": REMARK_LENGTH,
            "place": place,
            "covers": [
                {
                    "key": key,
                    "thumb": scaled(thumbs.get(key), THUMB),
                    "picture": picture,
                    "cover": str(key) == cover,
                    "shown": str(key) in chosen["gallery"],
                }
                for key, picture in pictures.items()
            ],
            "press": [(report, str(key) in chosen["press"]) for key, report in press.items()],
            "activities": [
                (activity, str(key) in chosen["activities"])
                for key, activity in sorted(
                    activities.items(), key=lambda pair: (not pair[1].offered, pair[1].date)
                )
            ],
        },
        status=status,
    )
