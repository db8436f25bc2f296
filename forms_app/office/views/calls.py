"""A call as the office sees it: how far it is, who is missing, and the acts for many entries at once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from forms_app.covering import coverage_of
from forms_app.decision.deciding import pending
from forms_app.entries import extending
from forms_app.review.assigning import distribute
from forms_app.review.telling import remind
from portal.lifecycle.door import Refused
from portal.lifecycle.office import only_the_office
from portal.units.permissions import is_school_union

from ...models import CallPage, EntryStatus, FormKind
from ..forms import ExtensionForm
from ..gate import View, for_the_office, frame
from ..many import Report, close_finished_reviews, conclude_notices, pass_faultless
from ..mistakes import tell_mistakes
from ..queues import (
    budget_left,
    counts_by_status,
    notices_run_out,
    open_objections,
    reviewed,
    silent_units,
    too_few_experts,
    unfinished_assignments,
)
from .experts import say_round


@require_safe
@for_the_office
def index(request: HttpRequest) -> HttpResponse:
    """List all calls, the newest first, with how far each is."""
    calls = (
        CallPage.objects.select_related("programme_year")
        .annotate(
            received=Count(
                "entries",
                filter=Q(entries__submitted_at__isnull=False)
                & ~Q(entries__status=EntryStatus.WITHDRAWN),
            ),
            to_check=Count("entries", filter=Q(entries__status=EntryStatus.SUBMITTED)),
            in_review=Count("entries", filter=Q(entries__status=EntryStatus.IN_REVIEW)),
            to_decide=Count("entries", filter=Q(entries__status=EntryStatus.DECIDING)),
        )
        .order_by("-opens_at", "-pk")
    )
    context = {**frame(_("申报与评审"), icon="clipboard-list"), "calls": calls}
    return render(request, "forms_app/office/calls.html", context)


@require_safe
@for_the_office
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one call: numbers by state, coverage, what can be done for many at once."""
    return _overview(request, _call(pk))


def _overview(
    request: HttpRequest, call: CallPage, *, extension: Any = None, status: int = 200
) -> HttpResponse:
    counts = counts_by_status(call)
    context = {
        **frame(
            str(call), icon="clipboard-list", trail=[(reverse("office:calls"), _("申报与评审"))]
        ),
        "call": call,
        "is_application": call.kind == FormKind.APPLICATION,
        "may_act": is_school_union(request.user),
        "counts": [(status, counts.get(status, 0)) for status in EntryStatus if counts.get(status)],
        "coverage": coverage_of(call.programme_year),
        "silent": silent_units(call),
        "extensions": call.extensions.select_related("unit"),
        "extension_form": extension or ExtensionForm(call=call),
        "to_check": counts.get(EntryStatus.SUBMITTED, 0),
        "in_review": counts.get(EntryStatus.IN_REVIEW, 0),
        "short": too_few_experts(call).count(),
        "finished": reviewed(call.entries.all()).count(),
        "unfinished": unfinished_assignments(call).count(),
        "run_out": notices_run_out(call.entries.all()).count(),
        "objections": open_objections().filter(entry__call=call).count(),
        "pending": pending(call).count(),
        "announcement": next((hook(call) for hook in hooks.get_hooks("call_announcement")), None),
        "budget": call.programme_year.budget,
        "left": budget_left(call.programme_year),
    }
    return render(request, "forms_app/office/call.html", context, status=status)


def _call(pk: int) -> CallPage:
    # By `id`: the key is a relation, and a number that no database holds would break it.
    return get_object_or_404(CallPage.objects.select_related("programme_year", "rubric"), id=pk)


def act_on_call(verb: Callable[[HttpRequest, CallPage], None]) -> View:
    """Make a view of something the office does with a call: it says what became of it, or why not."""

    @wraps(verb)
    @require_POST
    @for_the_office
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        call = _call(pk)
        try:
            only_the_office(request.user)
            verb(request, call)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("office:call", pk=pk)

    return view


@act_on_call
def distribute_evenly(request: HttpRequest, call: CallPage) -> None:
    """Fill all entries under review up with experts."""
    say_round(request, distribute(call, actor=request.user))


@act_on_call
def remind_experts(request: HttpRequest, call: CallPage) -> None:
    """Remind the experts who have not finished."""
    unfinished = list(unfinished_assignments(call))
    if not unfinished:
        messages.info(request, _("分配出去的都已经评完，不用提醒。"))
    elif reminded := remind(call, unfinished):
        words = ngettext("已提醒 %(people)d 位专家。", "已提醒 %(people)d 位专家。", reminded)
        messages.success(request, words % {"people": reminded})
    else:
        messages.info(request, _("今天都已经提醒过，同一天只提醒一次。"))


@act_on_call
def close_reviews(request: HttpRequest, call: CallPage) -> None:
    """End the review of all entries that every expert has finished."""
    _say(
        request,
        close_finished_reviews(call, actor=request.user),
        _("已结束 %(done)d 项的专家评审。"),
        _("没有可以结束的：还有专家没有提交评分。"),
    )


@act_on_call
def pass_all(request: HttpRequest, call: CallPage) -> None:
    """Pass the formal check of all entries with which nothing is wrong, once the office says that it has looked."""
    if "sure" not in request.POST:
        raise Refused(_("请先勾选“清单各项我已逐份核对”。"), code="guard")
    _say(
        request,
        pass_faultless(call, actor=request.user),
        _("已通过 %(done)d 份的形式审查。"),
        _("没有等待形式审查的申报。"),
    )


@act_on_call
def conclude_all(request: HttpRequest, call: CallPage) -> None:
    """Approve everything whose public notice has run out."""
    _say(
        request,
        conclude_notices(call, actor=request.user),
        _("公示期满，已公布立项 %(done)d 项。"),
        _("没有公示期满的项目。"),
    )


def _say(request: HttpRequest, report: Report, done: str, nothing: str) -> None:
    if report.done:
        messages.success(request, done % {"done": report.done})
    elif not report.refused:
        messages.info(request, nothing)
    for entry, reason in report.refused:
        messages.warning(
            request, _("“%(title)s”没有办：%(reason)s") % {"title": entry, "reason": reason}
        )


@require_POST
@for_the_office
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one unit more time; a second extension replaces the first."""
    call = _call(pk)
    form = ExtensionForm(request.POST, call=call)
    try:
        only_the_office(request.user)
        if not form.is_valid():
            tell_mistakes(request, form)
            return _overview(request, call, extension=form, status=422)
        given = extending.extend(call, actor=request.user, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已为%(unit)s延长，并通知了该单位。") % {"unit": given.unit})
    return redirect("office:call", pk=pk)
