"""One entry beside the rubric, at /review/: read, judge, hand in, or stay away."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forms_app.review.blind import unit_for_experts
from forms_app.review.review_page import changes_since, mine, next_for, others, sections_of
from forms_app.review.reviewing import (
    assigned_to,
    declare_interest,
    hand_in,
    looks_older,
    save_scores,
)
from forms_app.review.score_form import ScoreForm
from portal.lifecycle.door import Refused
from portal.workspace.refusals import STATUS

from ..models import Assignment, EntryStatus, Review, Vote
from .review import for_experts


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry beside the rubric; save the points so far, and go on to the next or to hand them in."""
    assignment = _assignment(request, pk)
    review = assignment.review
    do = request.POST.get("do", "")
    form = ScoreForm(review, request.POST or None, complete=do == "hand_in")
    status = 200
    # What this browser kept while the network was gone is shown again; it is saved when the person says so.
    if request.method == "POST" and "restore" not in request.POST:
        valid = form.is_valid()
        try:
            save_scores(review, actor=request.user, **form.judgement)
        except Refused as refused:
            messages.error(request, str(refused))
            status = STATUS[refused.code]
        else:
            if valid:
                return _onward(request, assignment, do)
            messages.error(request, _("填对的已经保存，标出的几处还要改。"))
            status = 422
    return render(
        request, "forms_app/review/entry.html", _context(request, assignment, form), status=status
    )


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


def _context(request: HttpRequest, assignment: Assignment, form: ScoreForm) -> dict[str, Any]:
    review, given = assignment.review, [one for one in mine(request.user) if one.is_running]
    keys = [one.assignment.pk for one in given]
    at = keys.index(assignment.pk) if assignment.pk in keys else None
    changed = looks_older(review)
    return {
        "assignment": assignment,
        "entry": assignment.entry,
        "unit": unit_for_experts(assignment.entry),
        "review": review,
        "is_open": _is_open(assignment),
        "changed": changed,
        "changes": changes_since(assignment) if changed else [],
        "form": form,
        "save_count": _count(review),
        "total": sum((score.points for score in review.scores.all()), Decimal(0)),
        "vote": Vote(review.vote).label if review.vote else "",
        "sections": sections_of(assignment),
        "others": others(assignment),
        "finished": sum(one.is_complete for one in given),
        "count": len(given),
        "before": keys[at - 1] if at else None,
        "after": keys[at + 1] if at is not None and at + 1 < len(keys) else None,
    }


@require_POST
@for_experts
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a script sends while the expert works; what cannot be read is said and left as it was."""
    assignment = _assignment(request, pk)
    form = ScoreForm(assignment.review, request.POST)
    valid = form.is_valid()
    try:
        review = save_scores(assignment.review, actor=request.user, **form.judgement)
    except Refused as refused:
        return JsonResponse({"message": str(refused)}, status=STATUS[refused.code])
    said = _("%(time)s 已自动保存") if valid else _("%(time)s 已自动保存，标出的分数没有存")
    time = formats.time_format(timezone.localtime(review.saved_at), "H:i")
    return JsonResponse({"message": said % {"time": time}, "save_count": _count(review)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all points once more; then lock them."""
    assignment = _assignment(request, pk)
    if request.method == "POST":
        try:
            hand_in(assignment.review, actor=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("review:entry", pk=pk)
        messages.success(request, _("“%(title)s”的评分已提交。") % {"title": assignment.entry})
        following = next_for(request.user)
        return redirect("review:entry", pk=following.pk) if following else redirect("review:index")
    review = assignment.review
    scores = list(review.scores.select_related("criterion"))
    context = {
        "assignment": assignment,
        "entry": assignment.entry,
        "unit": unit_for_experts(assignment.entry),
        "review": review,
        "is_open": _is_open(assignment),
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
    """Stay away from an entry; it disappears from the expert's list."""
    assignment = _assignment(request, pk)
    form = RecuseForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            declare_interest(assignment, actor=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
            status = STATUS[refused.code]
        else:
            messages.success(request, _("已回避，这一份不再由您评审。"))
            return redirect("review:index")
    return render(
        request,
        "forms_app/review/recuse.html",
        {
            "assignment": assignment,
            "entry": assignment.entry,
            "unit": unit_for_experts(assignment.entry),
            "form": form,
        },
        status=status,
    )


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


def _count(review: Review) -> int:
    """Return a number that grows with every save: autosave.js tells by it what has arrived."""
    return int(review.saved_at.timestamp() * 1000) if review.saved_at else 0
