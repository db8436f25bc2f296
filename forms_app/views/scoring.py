"""One entry beside the rubric, at /review/: read, judge, hand in, or stay away."""

import secrets
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forms_app.review import saving
from forms_app.review.blind import unit_for_experts
from forms_app.review.judgement import REMARKS, seal_of, shown
from forms_app.review.review_page import (
    both_sides,
    changes_since,
    labels,
    mine,
    next_for,
    others,
    sections_of,
)
from forms_app.review.reviewing import (
    assigned_to,
    declare_interest,
    hand_in,
    looks_older,
    unfinished,
)
from forms_app.review.score_form import ScoreForm
from portal.lifecycle.door import Refused
from portal.workspace import choosing, keeping
from portal.workspace.autosaving import (
    Page,
    conflict_words,
    merged_words,
    page_of,
    saved_words,
    who_met,
)
from portal.workspace.choosing import Choice
from portal.workspace.refusals import STATUS

from ..models import Assignment, EntryStatus, Vote
from .review import for_experts


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry beside the rubric; save the points so far, and go on to the next or to hand them in."""
    assignment = _assignment(request, pk)
    if request.method == "POST" and "restore" not in request.POST:
        return _save(request, assignment)
    # What was typed while the session or the network was gone is shown again; it is saved when the person says so.
    data = request.POST if request.method == "POST" else keeping.kept(request)
    form = ScoreForm(assignment.review, data)
    if data is None:
        return _show(request, assignment, form, seen=seal_of(assignment.review))
    return _show(request, assignment, form, seen=page_of(data).seen or "", brought_back=True)


def _save(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    do = request.POST.get("do", "")
    page = page_of(request.POST)
    form = ScoreForm(assignment.review, request.POST, complete=do == "hand_in")
    valid, typed = form.is_valid(), form.typed
    try:
        outcome = saving.save(assignment.review, typed=typed, actor=request.user, page=page)
    except Refused as refused:
        messages.error(request, str(refused))
        status = STATUS[refused.code]
        return _show(request, assignment, form, seen=page.seen or "", status=status)
    if outcome.conflicts:
        return _ask_to_choose(request, assignment, outcome, typed, page=page, do=do)
    if outcome.taken:
        messages.info(request, _merged(request, assignment, outcome))
    if valid:
        return _onward(request, assignment, do)
    messages.error(request, _("填对的已经保存，标出的地方还要改。"))
    if outcome.taken:
        return redirect("review:entry", pk=assignment.pk)  # which says at each line what is wrong
    saved = _assignment(request, assignment.pk)
    return _show(request, saved, form, seen=outcome.seen, status=422)


def _onward(request: HttpRequest, assignment: Assignment, do: str) -> HttpResponse:
    if do == "hand_in":
        return redirect("review:confirm", pk=assignment.pk)
    messages.success(request, _("“%(title)s”的评分已存为草稿。") % {"title": assignment.entry})
    if do != "next":
        return redirect("review:entry", pk=assignment.pk)
    if found := next_for(request.user, besides=assignment.pk):
        # The form's address ends in #score, and a browser would carry that along to boxes of an application not read yet.
        return redirect(f"{reverse('review:entry', args=[found.pk])}#main")
    return redirect("review:overview")


def _show(
    request: HttpRequest,
    assignment: Assignment,
    form: ScoreForm,
    *,
    seen: str,
    brought_back: bool = False,
    status: int = 200,
) -> HttpResponse:
    review, given = assignment.review, [one for one in mine(request.user) if one.is_running]
    keys = [one.assignment.pk for one in given]
    at = keys.index(assignment.pk) if assignment.pk in keys else None
    changed = looks_older(review)
    context = {
        "assignment": assignment,
        "entry": assignment.entry,
        "unit": unit_for_experts(assignment.entry),
        "review": review,
        "is_open": _is_open(assignment),
        "changed": changed,
        "changes": changes_since(assignment) if changed else [],
        "form": form,
        "page_name": secrets.token_hex(6),
        "seen": seen,
        "saved": saved_words(review.saved_at) if review.saved_at else "",
        "brought_back": brought_back,
        "total": sum((score.points for score in review.scores.all()), Decimal(0)),
        "vote": Vote(review.vote).label if review.vote else "",
        "sections": sections_of(assignment),
        "others": others(assignment),
        "finished": sum(one.is_complete for one in given),
        "count": len(given),
        "before": keys[at - 1] if at else None,
        "after": keys[at + 1] if at is not None and at + 1 < len(keys) else None,
    }
    return render(request, "forms_app/review/entry.html", context, status=status)


@require_POST
@for_experts
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a script sends while the expert works; answers JSON with words for the page.

    `wrong` names what is still to mend, by input. 200: saved, and brought together with what he saved in another window (`merged`, `values`). 409 with `stale`: he has
    changed the same there; the rest is saved.
    """
    assignment = _assignment(request, pk)
    form = ScoreForm(assignment.review, request.POST)
    typed, page = form.typed, page_of(request.POST)
    try:
        outcome = saving.save(assignment.review, typed=typed, actor=request.user, page=page)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=STATUS[refused.code])
    values = {name: shown(outcome.held).get(name, "") for name in outcome.taken}
    # As the page shows it once it has taken over what another window saved.
    now = ScoreForm(assignment.review, {**request.POST.dict(), **values}, complete=True)
    answer: dict[str, Any] = {"seen": outcome.seen, "wrong": now.errors}
    if outcome.taken:
        answer["values"] = values
        answer["merged"] = _merged(request, assignment, outcome)
    if outcome.conflicts:
        known = labels(assignment)
        message = conflict_words(
            _other_window(request), [known[name] for name in outcome.conflicts], button=_("保存")
        )
        return JsonResponse({**answer, "message": message, "stale": True}, status=409)
    said = saved_words(outcome.review.saved_at)
    if now.leaves_out:
        said = _("%(saved)s，标出的分数没有计入") % {"saved": said}
    return JsonResponse({**answer, "message": said})


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what an expert chose, line by line, between what he saved in another window and what he had typed; then go on."""
    assignment = _assignment(request, pk)
    choice = choosing.asked(request, assignment)
    if choice is None:
        return redirect("review:entry", pk=pk)
    if request.method != "POST":
        return _show_choice(request, assignment, choice)
    page = choice.sheet("")  # of the lines he did not choose about nothing is sent
    try:
        typed = choice.taken(request.POST, labels=labels(assignment))
        outcome = saving.save(assignment.review, typed=typed, actor=request.user, page=page)
    except Refused as refusal:
        return _show_choice(request, assignment, choice, refusal=refusal)
    if outcome.conflicts:
        return _ask_to_choose(request, assignment, outcome, typed, page=page, do=choice.then)
    return _onward(request, assignment, choice.then)


def _ask_to_choose(
    request: HttpRequest,
    assignment: Assignment,
    outcome: saving.Outcome,
    typed: dict[str, Any],
    *,
    page: Page,
    do: str,
) -> HttpResponse:
    """Show what was changed in two windows side by side, to choose.

    Args:
        do: the button he had pressed.
    """
    choice = choosing.between(
        outcome.conflicts,
        mine={name: typed.get(name) for name in outcome.conflicts},
        saved=outcome.held,
        can_join=lambda name: name in REMARKS,
        who=_other_window(request),
        page=page.name,
        then=do,
    )
    return _show_choice(request, assignment, choice, merged=_merged(request, assignment, outcome))


def _show_choice(
    request: HttpRequest,
    assignment: Assignment,
    choice: Choice,
    *,
    merged: str = "",
    refusal: Refused | None = None,
) -> HttpResponse:
    return choosing.choice_page(
        request,
        "forms_app/review/choose.html",
        assignment,
        choice,
        sides=both_sides(assignment, choice.saved, choice.saved, choice.mine),
        action=reverse("review:choose", args=[assignment.pk]),
        back=reverse("review:entry", args=[assignment.pk]),
        merged=merged,
        refusal=refusal,
        entry=assignment.entry,
        unit=unit_for_experts(assignment.entry),
    )


def _merged(request: HttpRequest, assignment: Assignment, outcome: saving.Outcome) -> str:
    known = labels(assignment)
    return merged_words(_other_window(request), [known[name] for name in outcome.taken])


def _other_window(request: HttpRequest) -> str:
    """Return who saved what a save met: a review is written by nobody but its expert."""
    return who_met(request.user, reader=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all points once more; then lock them."""
    assignment = _assignment(request, pk)
    review = assignment.review
    if request.method == "POST":
        try:
            hand_in(review, actor=request.user, seen=request.POST.get("seen", ""))
        except Refused as refused:
            messages.error(request, str(refused))
            again = _is_open(assignment) and not unfinished(review) and not looks_older(review)
            return redirect("review:confirm" if again else "review:entry", pk=pk)
        if not review.locked_at:  # a second click has nothing to tell
            messages.success(request, _("“%(title)s”的评分已提交。") % {"title": assignment.entry})
        # Where units present in turn, the list says whose turn it is.
        following = None if assignment.entry.call.defence_minutes else next_for(request.user)
        return redirect("review:entry", pk=following.pk) if following else redirect("review:index")
    scores = list(review.scores.select_related("criterion"))
    context = {
        "assignment": assignment,
        "entry": assignment.entry,
        "unit": unit_for_experts(assignment.entry),
        "review": review,
        "is_open": _is_open(assignment),
        "seen": seal_of(review),
        "scores": scores,
        "vote": Vote(review.vote).label if review.vote else "",
        "total": sum((score.points for score in scores), Decimal(0)),
    }
    return render(request, "forms_app/review/confirm.html", context)


class RecuseForm(forms.Form):
    """Why an expert stays away."""

    reason = forms.CharField(
        label=gettext_lazy("回避的理由"),
        help_text=gettext_lazy("例如：与负责人是亲属、参与过策划。只有校工会看得到。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Stay away from an entry: say why, look at it once more, confirm; it then leaves the expert's list."""
    assignment = _assignment(request, pk)
    brought_back = None if request.method == "POST" else keeping.kept(request)
    form = RecuseForm(request.POST if request.method == "POST" else brought_back)
    status, reason = 200, ""
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST" and "sure" in request.POST:
        try:
            declare_interest(assignment, actor=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
            status = STATUS[refused.code]
        else:
            messages.success(request, _("已回避“%(title)s”。") % {"title": assignment.entry})
            return redirect("review:index")
    elif request.method == "POST" and "change" not in request.POST:
        reason = form.cleaned_data["reason"]
    context = {
        "assignment": assignment,
        "entry": assignment.entry,
        "unit": unit_for_experts(assignment.entry),
        "form": form,
        "reason": reason,
        "brought_back": brought_back is not None,
    }
    return render(request, "forms_app/review/recuse.html", context, status=status)


def _assignment(request: HttpRequest, pk: int) -> Assignment:
    found = (
        assigned_to(request.user)
        .select_related("entry__form_version", "review__version")
        .prefetch_related("review__scores", "entry__call__rubric__criteria", "entry__attachments")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _is_open(assignment: Assignment) -> bool:
    return assignment.entry.status == EntryStatus.IN_REVIEW and assignment.review.locked_at is None
