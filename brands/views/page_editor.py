"""The screen of a brand page's editor: the form, and the choice between what two people typed."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.cms.models.remark import REMARK_LENGTH
from portal.cms.moderation import turns
from portal.cms.moderation.remarks import may_remark
from portal.lifecycle.door import Refused
from portal.merging import Merge, fingerprint
from portal.workspace import choosing, keeping, presence
from portal.workspace.autosaving import merged_words, page_of, saved_words, who_met
from portal.workspace.choosing import Choice

from ..models import BrandPage, Project
from ..pictures import CARD, THUMB, pictures_by_key, scaled
from ..writing import editing
from ..writing.comparing import can_join, labels_of, side_by_side
from ..writing.content import BLOCK_LABELS, PageContent, missing_in
from ..writing.editing import Draft
from ..writing.forms import STORY, BlockFormSet, PageForm, content_sent, data_of, initial_of
from ..writing.merging import with_choice
from .access import project_for

# Where the other version stands: in a revision, or in the working copy.
ELSEWHERE, BESIDE = "elsewhere", "beside"


def page_for(request: HttpRequest, number: str) -> tuple[Project, BrandPage]:
    """Return the project with its brand page.

    Raises:
        Http404: there is none, or the person may not know of it.
    """
    project = project_for(request, number)
    page = BrandPage.objects.select_related("latest_revision__user").filter(project=project).first()
    if page is None:
        raise Http404
    page.project = project
    return project, page


def forms_of(draft: Draft, content: PageContent) -> tuple[PageForm, Any]:
    """Return page form and blocks bound to a content, to be checked."""
    data, offered = data_of(content), draft.offered
    return (
        PageForm(data, offered=offered),
        BlockFormSet(data, prefix=STORY, form_kwargs={"offered": offered}),
    )


def brought_back(request: HttpRequest, project: Project, page: BrandPage) -> HttpResponse:
    """Lead to the editor with what was posted, unsaved: by an address, so that the browser can go back and forth."""
    back = keeping.way_back(request)
    if keeping.holds(back):
        return redirect(back)
    return editor(request, project, page, typed=request.POST)


def editor(
    request: HttpRequest, project: Project, page: BrandPage, *, typed: QueryDict | None = None
) -> HttpResponse:
    """Show the editor with what is being written.

    Args:
        typed: what somebody typed that was not saved; where others have typed something else meanwhile, he chooses first.
    """
    draft = editing.draft_of(page)
    sheet = page_of(typed) if typed is not None else None
    content = draft.content if typed is None else content_sent(typed)[0]
    state = turns.state_of(page)
    locked = editing.why_locked(page, request.user, state=state)
    if sheet and not locked:
        found, seen = editing.compared(draft, content, sheet)
        if found.conflicts:
            return ask_to_choose(
                request, project, draft, found, mine=content, page=sheet.name, seen=seen or ""
            )
    if "check" in request.GET:
        form, blocks = forms_of(draft, content)
        form.is_valid()
    else:
        initial, story = initial_of(content)
        form = PageForm(initial=initial, offered=draft.offered)
        blocks = BlockFormSet(initial=story, prefix=STORY, form_kwargs={"offered": draft.offered})
    at, who = draft.touched
    copy = draft.copy
    return render(
        request,
        "brands/edit_page.html",
        {
            "project": project,
            "page": page,
            "form": form,
            "blocks": blocks,
            "kinds": BLOCK_LABELS.items(),
            "state": state,
            "brought_back": typed is not None,
            # What was typed before the page was sent stays writable, so that nothing of it is lost.
            "locked": locked and typed is None,
            "reason": locked,
            "unsaved": draft.unsaved and not locked,
            "unsaved_at": localtime(at),
            "unsaved_by": _("您") if who == request.user else str(who),
            "missing": list(missing_in(content, draft.offered)),
            "page_name": secrets.token_hex(6),
            "save_count": sheet.save_count if sheet else draft.turn,
            "seen": (sheet.seen or "") if sheet else fingerprint(content.answers()),
            "saved_from": copy.saved_from.get("page", "") if copy else "",
            "saved": saved_words(copy.saved_at) if copy else "",
            "every": presence.EVERY,
            "remarks": page.remarks.select_related("by"),
            "may_remark": may_remark(request.user, page),
            "remark_length": REMARK_LENGTH,
            "remark": _remark_kept(request, project),
            "place": request.GET.get("at", ""),
            **_to_choose_from(draft, form),
        },
        status=409 if locked and typed is not None else 200,
    )


def ask_to_choose(
    request: HttpRequest,
    project: Project,
    draft: Draft,
    found: Merge,
    *,
    mine: PageContent,
    page: str,
    seen: str,
) -> HttpResponse:
    """Show parts that somebody and others have changed since he opened his page, side by side, to choose.

    Args:
        found: what became of what he typed.
        mine: everything on his page.
        page: its name.
        seen: what it has seen.
    """
    choice = choosing.between(
        found.conflicts,
        mine=draft.offered.put_in_order(mine).answers(),
        saved=draft.content.answers(),
        can_join=can_join,
        who=who_met(*draft.writers_of(found.conflicts), reader=request.user),
        page=page,
        seen=seen,
        then=BESIDE,
    )
    who = who_met(*draft.writers_of(found.taken), reader=request.user)
    words = merged_words(who, labels_of(found.taken, mine))
    return show_choice(request, project, draft, choice, merged=words)


def ask_about_revision(request: HttpRequest, project: Project, draft: Draft) -> HttpResponse:
    """Show parts in which what is being written and a revision from elsewhere differ, side by side, to choose."""
    mine = draft.content.answers()
    choice = choosing.between(
        draft.conflicts,
        mine=mine,
        saved=draft.revised.answers(),
        can_join=can_join,
        who=who_met(draft.revised_by, reader=request.user),
        seen=fingerprint(mine),
        then=ELSEWHERE,
    )
    return show_choice(request, project, draft, choice)


def show_choice(
    request: HttpRequest,
    project: Project,
    draft: Draft,
    choice: Choice,
    *,
    merged: str = "",
    refusal: Refused | None = None,
) -> HttpResponse:
    """Show a choice on a brand page; the rest as of `choosing.choice_page`."""
    theirs = draft.revised if choice.then == ELSEWHERE else draft.content
    mine, saved = (
        draft.offered.put_in_order(PageContent.of(answers))
        for answers in (
            choice.mine,
            with_choice(theirs.answers(), choice.saved, choice.mine.get("story", [])),
        )
    )
    address = {"args": [project.project_no]}
    return choosing.choice_page(
        request,
        "brands/choose.html",
        draft.page,
        choice,
        sides=side_by_side(choice.saved, mine, saved, draft.offered),
        action=reverse("brands:choose_page", **address),
        back=reverse("brands:edit_page", **address),
        merged=merged,
        refusal=refusal,
        project=project,
    )


def _remark_kept(request: HttpRequest, project: Project) -> str:
    """Return the remark of who was signed out when he sent it, "" for everybody else."""
    address = reverse("brands:remark_page", args=[project.project_no])
    posted = keeping.kept(request, posted_to=address)
    return posted.get("text", "") if posted else ""


def _to_choose_from(draft: Draft, form: PageForm) -> dict[str, Any]:
    """Return pictures, press reports and activities, each with whether it is chosen."""
    pictures, activities, press = draft.offered[:3]
    thumbs = pictures_by_key(pictures, THUMB, CARD)
    chosen = {
        name: {str(key) for key in form[name].value() or []}
        for name in ("activities", "gallery", "press")
    }
    cover = str(form["cover"].value() or "")
    return {
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
    }
