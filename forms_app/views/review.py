"""The experts' pages at /review/: what they have been given, and one entry beside the rubric."""

from dataclasses import replace
from decimal import Decimal
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.lifecycle.door import Refused
from portal.units.permissions import is_expert
from portal.workspace.signed_in import signed_in

from ..engine.display import Section, display
from ..engine.kinds import kind_of
from ..engine.schema import Schema
from ..models import Assignment, Attachment, EntryStatus
from ..reviewing import assigned_to, declare_interest, hand_in, looks_older, save_scores
from ..score_form import ScoreForm


def for_experts(view: Any) -> Any:
    """Let signed-in experts in; for everybody else who is signed in the page is not there."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_expert(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(gate)


@require_safe
@for_experts
def index(request: HttpRequest) -> HttpResponse:
    """List what the expert has been given, what is still open first."""
    mine = list(assigned_to(request.user).order_by("pk"))
    done = [one for one in mine if one.review.locked_at]
    still_open = [
        one
        for one in mine
        if not one.review.locked_at and one.entry.status == EntryStatus.IN_REVIEW
    ]
    context = {
        "open": still_open,
        "done": done,
        "count": len(still_open) + len(done),
        "finished": len(done),
    }
    return render(request, "forms_app/review/index.html", context)


@require_safe
@for_experts
def next_one(request: HttpRequest) -> HttpResponse:
    """Lead to the open entry that the fewest experts have finished so far."""
    if found := _next(request):
        return redirect("review:entry", pk=found.pk)
    messages.success(request, _("分配给您的都已评完，谢谢！"))
    return redirect("review:index")


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry beside the rubric; save the points so far, or go on to hand them in."""
    assignment = _assignment(request, pk)
    review = assignment.review
    handing_in = request.POST.get("do") == "hand_in"
    form = ScoreForm(review, request.POST or None, complete=handing_in)
    status = 200
    if request.method == "POST":
        valid = form.is_valid()
        try:
            if valid:
                save_scores(
                    review,
                    actor=request.user,
                    points=form.points,
                    for_office=form.cleaned_data["for_office"],
                    for_unit=form.cleaned_data["for_unit"],
                )
        except Refused as refused:
            messages.error(request, str(refused))
            status = 409
        else:
            if valid and handing_in:
                return redirect("review:confirm", pk=pk)
            if valid:
                messages.success(request, _("草稿已保存。"))
                return redirect("review:entry", pk=pk)
            status = 422
    context = {
        "assignment": assignment,
        "entry": assignment.entry,
        "review": review,
        "is_open": _is_open(assignment),
        "changed": looks_older(review),
        "form": form,
        "total": sum((score.points for score in review.scores.all()), Decimal(0)),
        "sections": impersonal_sections(assignment),
    }
    return render(request, "forms_app/review/entry.html", context, status=status)


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
        following = _next(request)
        return redirect("review:entry", pk=following.pk) if following else redirect("review:index")
    scores = list(assignment.review.scores.select_related("criterion"))
    context = {
        "assignment": assignment,
        "entry": assignment.entry,
        "review": assignment.review,
        "is_open": _is_open(assignment),
        "scores": scores,
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
    if request.method == "POST" and form.is_valid():
        try:
            declare_interest(assignment, actor=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已回避，这一份不再由您评审。"))
            return redirect("review:index")
    return render(
        request,
        "forms_app/review/recuse.html",
        {"assignment": assignment, "entry": assignment.entry, "form": form},
        status=422 if form.is_bound else 200,
    )


def impersonal_sections(assignment: Assignment) -> list[Section]:
    """Return the whole application as an expert reads it: without how to reach anybody, in tables too."""
    entry = assignment.entry
    sections = display(
        _impersonal(entry.form_version.schema),
        entry.answers,
        entry.attachments.all(),
        file_url=_file_address,
    )
    # What the system has not filled in yet is nobody's omission.
    return [
        replace(
            section,
            items=[one for one in section.items if (one.kind, one.shape) != ("computed", "blank")],
        )
        for section in sections
    ]


def _file_address(attachment: Attachment) -> str:
    return reverse("forms_app:file", args=[attachment.pk])


def _impersonal(schema: Schema) -> Schema:
    def kept(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [one for one in fields if not kind_of(one).personal]

    return {
        **schema,
        "sections": [
            {
                **section,
                "fields": [
                    {
                        **field,
                        "options": {
                            **field["options"],
                            "columns": kept(field["options"]["columns"]),
                        },
                    }
                    if "columns" in field["options"]
                    else field
                    for field in kept(section["fields"])
                ],
            }
            for section in schema["sections"]
        ],
    }


def _assignment(request: HttpRequest, pk: int) -> Assignment:
    found = (
        assigned_to(request.user)
        .select_related("entry__form_version")
        .prefetch_related("review__scores", "entry__call__rubric__criteria", "entry__attachments")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _is_open(assignment: Assignment) -> bool:
    return assignment.entry.status == EntryStatus.IN_REVIEW and assignment.review.locked_at is None


def _next(request: HttpRequest) -> Assignment | None:
    open_ones = [
        one.pk
        for one in assigned_to(request.user).filter(entry__status=EntryStatus.IN_REVIEW)
        if one.review.locked_at is None
    ]
    return (
        Assignment.objects.filter(pk__in=open_ones)
        .annotate(
            reviewed=Count(
                "entry__assignments",
                filter=Q(entry__assignments__review__locked_at__isnull=False),
            )
        )
        .order_by("reviewed", "pk")
        .first()
    )
