"""One entry beside the rubric, at /review/: read, judge, hand in, or stay away."""

import secrets
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forms_app.review import saving
from forms_app.review.blind import unit_for_experts
from forms_app.review.judgement import WORDS, held_by, seal_of, shown
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
from portal.merging import fingerprint, joined
from portal.workspace import keeping
from portal.workspace.autosaving import Page, chosen, merged_words, page_of
from portal.workspace.refusals import STATUS

from ..models import Assignment, EntryStatus, Vote
from .review import for_experts

SALT = "forms_app.review.choose"


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
        return _show_both(request, assignment, outcome, typed, page=page, do=do)
    if outcome.taken:
        messages.info(request, _merged_words(assignment, outcome))
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
        answer["merged"] = _merged_words(assignment, outcome)
    if outcome.conflicts:
        known = labels(assignment)
        message = _(
            "您在另一个窗口刚刚也改了“%(fields)s”。按“保存”可以对照两边，逐项选择；其余的都已保存。"
        ) % {"fields": "、".join(known[name] for name in outcome.conflicts)}
        return JsonResponse({**answer, "message": message, "stale": True}, status=409)
    left_out = now.leaves_out
    said = _("%(time)s 已自动保存，标出的分数没有计入") if left_out else _("%(time)s 已自动保存")
    time = formats.time_format(timezone.localtime(outcome.review.saved_at), "H:i")
    return JsonResponse({**answer, "message": said % {"time": time}})


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what an expert chose, line by line, between what he saved in another window and what he had typed; then go on."""
    assignment = _assignment(request, pk)
    if request.method != "POST":
        return _show_again(request, assignment)
    try:
        held = signing.loads(request.POST.get("mine", ""), salt=f"{SALT}:{pk}")
    except signing.BadSignature:
        raise Http404 from None
    known, answers = labels(assignment), {}
    page = Page(name=held["page"], seen=fingerprint(held["saved"]), has_chosen=True)
    try:
        for name, typed in held["mine"].items():
            answers[name] = chosen(
                request.POST.get(f"take-{name}", "mine"),
                saved=held["saved"].get(name),
                mine=typed,
                join=joined if name in WORDS else None,
                label=known.get(name, name),
            )
        outcome = saving.save(assignment.review, typed=answers, actor=request.user, page=page)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("review:entry", pk=pk)
    if outcome.conflicts:
        return _show_both(request, assignment, outcome, answers, page=page, do=held["do"])
    return _onward(request, assignment, held["do"])


def _show_again(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Show the choice again to who was signed out when he sent it; without it lead to the page he scores on."""
    posted, review = keeping.kept(request), assignment.review
    if posted is None:
        return redirect("review:entry", pk=assignment.pk)
    try:
        held = signing.loads(posted.get("mine", ""), salt=f"{SALT}:{assignment.pk}")
    except signing.BadSignature:
        raise Http404 from None
    mine, page = held["mine"], Page(name=held["page"])
    outcome = saving.Outcome(review, held_by(review), seen="", conflicts=list(mine))
    return _show_both(request, assignment, outcome, mine, page=page, do=held["do"])


def _show_both(
    request: HttpRequest,
    assignment: Assignment,
    outcome: saving.Outcome,
    typed: dict[str, Any],
    *,
    page: Page,
    do: str,
) -> HttpResponse:
    """Show what was changed in two windows side by side, to choose."""
    names = outcome.conflicts
    held = {
        "mine": {name: typed.get(name) for name in names},
        "saved": {name: outcome.held[name] for name in names if name in outcome.held},
        "page": page.name,
        "do": do,
    }
    sides = both_sides(assignment, names, outcome.held, typed)
    context = {
        "assignment": assignment,
        "entry": assignment.entry,
        "unit": unit_for_experts(assignment.entry),
        "choices": [(saved, here, saved.shape == "lines") for saved, here in sides],
        "merged": _merged_words(assignment, outcome),
        "who": _("您在另一个窗口"),
        "mine": signing.dumps(held, salt=f"{SALT}:{assignment.pk}", compress=True),
    }
    return render(request, "forms_app/review/choose.html", context, status=409)


def _merged_words(assignment: Assignment, outcome: saving.Outcome) -> str:
    known = labels(assignment)
    return merged_words(_("您在另一个窗口"), [known[name] for name in outcome.taken])


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
