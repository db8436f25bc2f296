"""What the editor of a brand page sends: what is typed while it is typed, a save, and a choice between two people's work."""

import re
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.lifecycle.door import Refused
from portal.merging import Merge
from portal.workspace import choosing, presence
from portal.workspace.autosaving import (
    conflict_words,
    merged_words,
    page_of,
    saved_words,
    who_met,
)
from portal.workspace.refusals import STATUS
from portal.workspace.signed_in import signed_in

from ..models import BrandPage, Project
from ..permissions import why_not_edit_page
from ..writing import editing
from ..writing.comparing import labels_of, part_labels
from ..writing.content import PageContent, block_part, missing_in
from ..writing.editing import Kept
from ..writing.forms import content_from, content_sent, content_typed, texts_of
from ..writing.merging import both, with_choice
from .access import done, refused
from .page_editor import (
    ELSEWHERE,
    ask_to_choose,
    brought_back,
    forms_of,
    page_for,
    show_choice,
)

# The parts of the editor, as the other person in it is told.
SECTIONS = {
    "opening": gettext_lazy("开头"),
    "cover": gettext_lazy("封面和图集"),
    "story": gettext_lazy("品牌故事"),
    "chosen": gettext_lazy("一年里的活动"),
    "press": gettext_lazy("媒体报道"),
}


def save(request: HttpRequest, project: Project, page: BrandPage) -> HttpResponse:
    """Keep what was posted; move a block, or make a revision of it and go where the button leads."""
    do = request.POST.get("do", "save")
    content, place = content_sent(request.POST)
    try:
        kept = editing.keep(page, actor=request.user, content=content, sheet=page_of(request.POST))
    except Refused:
        return brought_back(request, project, page)
    if kept.conflicts:
        return brought_back(request, project, page)
    _tell(request, kept, content)
    editor = reverse("brands:edit_page", args=[project.project_no])
    if do not in ("save", "preview", "send"):
        spot = "#story" if place is None else f"?at={place}#block-{place}"
        return redirect(f"{editor}{spot}")
    return _revise(request, project, kept, do)


@require_POST
@signed_in
def autosave(request: HttpRequest, number: str) -> JsonResponse:
    """Keep what has been typed so far; answers JSON with words for the page (`js/autosave.js`).

    200: kept, and brought together with what a colleague typed in other parts (`merged`, `values`). 409 with `stale`: some
    parts were changed by both; the rest is kept.
    """
    _project, page = page_for(request, number)
    content = content_typed(request.POST)
    try:
        kept = editing.keep(
            page,
            actor=request.user,
            content=content,
            sheet=page_of(request.POST),
        )
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=STATUS[refusal.code])
    draft = kept.draft
    missing = list(missing_in(draft.content, draft.offered))
    answer = {
        "save_count": draft.turn,
        "seen": kept.seen,
        "left": len(missing),
        "missing": render_to_string("brands/page_missing.html", {"missing": missing}),
    }
    if kept.taken:
        answer["merged"] = _merged(request, kept, content)
        answer["values"] = _values(request.POST, kept, content)
    if kept.conflicts:
        names = labels_of(kept.conflicts, content)
        words = conflict_words(who_met(*kept.by, reader=request.user), names)
        return JsonResponse({**answer, "message": words, "stale": True}, status=409)
    at, _who = draft.touched
    return JsonResponse({**answer, "message": saved_words(at)})


@require_POST
@signed_in
def present(request: HttpRequest, number: str) -> JsonResponse:
    """Note that the person is in the editor, and tell who else is; with `leaving` note that he has left."""
    project, page = page_for(request, number)
    if why_not_edit_page(request.user, project):
        raise Http404
    return presence.beat(request, page, titles=SECTIONS)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Save what somebody chose, part by part, between what others saved and what he had typed."""
    project, page = page_for(request, number)
    if refusal := why_not_edit_page(request.user, project):
        return refused(request, project, refusal)
    choice = choosing.asked(request, page)
    if choice is None:
        return redirect("brands:edit_page", number=project.project_no)
    if request.method != "POST":
        return show_choice(request, project, editing.draft_of(page), choice)
    draft, sheet, settled = editing.draft_of(page), choice.sheet(choice.seen), None
    if choice.then == ELSEWHERE:
        # He has seen what is being written as it was; what he chose from stands in the revision.
        sheet, settled = replace(sheet, seen=choice.seen), choice.saved
    orders = ([block.id for block in one.story] for one in (draft.content, draft.revised))
    try:
        labels = part_labels(PageContent.of(choice.mine))
        taken = choice.taken(request.POST, labels=labels, join=both)
        content = PageContent.of(with_choice(choice.mine, taken, *orders))
        kept = editing.keep(page, actor=request.user, content=content, sheet=sheet, settled=settled)
    except Refused as refusal:
        return show_choice(request, project, draft, choice, refusal=refusal)
    if kept.conflicts:
        found = Merge({}, kept.taken, kept.conflicts)
        return ask_to_choose(
            request, project, kept.draft, found, mine=content, page=sheet.name, seen=kept.seen
        )
    _tell(request, kept, content)
    return _revise(request, project, kept, "save")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def forget(request: HttpRequest, number: str) -> HttpResponse:
    """Ask, then drop what was typed since the draft was last saved."""
    project, page = page_for(request, number)
    if refusal := editing.why_locked(page, request.user):
        return refused(request, project, refusal)
    if request.method != "POST":
        draft = editing.draft_of(page)
        return render(request, "brands/forget_unsaved.html", {"project": project, "draft": draft})
    turn = request.POST.get("turn", "")
    try:
        editing.forget_unsaved(
            page, actor=request.user, turn=int(turn) if re.fullmatch("[0-9]{1,9}", turn) else -1
        )
    except Refused as refusal:
        return refused(request, project, refusal)
    return done(
        request,
        _("已回到上次保存的草稿。"),
        reverse("brands:edit_page", args=[project.project_no]),
    )


def _revise(request: HttpRequest, project: Project, kept: Kept, do: str) -> HttpResponse:
    """Make a revision of what is kept, and go where the button leads; what keeps it from that is shown in the editor."""
    draft, number = kept.draft, project.project_no
    editor = reverse("brands:edit_page", args=[number])
    if draft.conflicts:
        return redirect(f"{editor}?choose=1")
    form, blocks = forms_of(draft, draft.content)
    if not (form.is_valid() & blocks.is_valid()):
        return redirect(f"{editor}?check=1#errors")
    try:
        editing.save_page(
            draft.page,
            actor=request.user,
            content=content_from(form, blocks),
            based_on=draft.page.latest_revision_id,
            turn=draft.turn,
        )
    except editing.Stale:
        messages.warning(request, _("刚刚又有人在写，内容都存着，请看一看再保存草稿。"))
        return redirect(editor)
    if do == "preview":
        return redirect("brands:preview_page", number=number)
    if do == "send":
        return redirect("brands:send_page", number=number)
    words = _("草稿已保存。公众看到的页面没有变，送审通过后才会更新。")
    return done(request, words, editor)


def _tell(request: HttpRequest, kept: Kept, mine: PageContent) -> None:
    if kept.taken:
        messages.info(request, _merged(request, kept, mine))


def _merged(request: HttpRequest, kept: Kept, mine: PageContent) -> str:
    return merged_words(who_met(*kept.by, reader=request.user), labels_of(kept.taken, mine))


def _values(data: QueryDict, kept: Kept, mine: PageContent) -> dict[str, str]:
    """Return what a page can show at once of what was taken over: input name → text."""
    now, texts = kept.draft.content, texts_of(data)
    values = {part: getattr(now, part) for part in kept.taken if part in ("slogan", "intro")}
    theirs = {block.id: block for block in now.story if block_part(block.id) in kept.taken}
    for block in mine.story:
        other = theirs.get(block.id)
        # With another picture or film it is not shown by half: what the page sends would be neither's.
        if other and replace(block, text=other.text) == other:
            values[texts[block.id]] = other.text
    return values
