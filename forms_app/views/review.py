"""The experts' pages at /review/: what they have been given, their own scores side by side, and the way in by invitation."""

from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.review.inviting import behind, note_entry, opens
from forms_app.review.review_page import Mine, declared_by, mine, next_for
from forms_app.review.reviewing import hand_in
from portal.lifecycle.door import Refused
from portal.units.auditing import record
from portal.units.lockout import admit, count_failure, take_a_try
from portal.units.models import AuditAction
from portal.units.permissions import is_expert
from portal.workspace.signed_in import signed_in

from ..models import Turn

BACKEND = "forms_app.review.inviting.InvitationBackend"


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
    given = mine(request.user)
    running = [one for one in given if one.is_running]
    handed_in = [one for one in running if one.is_locked]
    still_open = [one for one in running if not one.is_locked]
    on_stage = _presenting(running)
    context = {
        "open": [one for one in still_open if one.is_open],
        "ready": [one for one in still_open if one.is_complete],
        "done": handed_in,
        "over": [one for one in given if not one.is_running],
        "count": len(running),
        "defends": any(one.assignment.entry.call.defence_minutes for one in running),
        "on_stage": next((one for one in running if one.assignment.entry_id in on_stage), None),
        "finished": sum(one.is_complete for one in running),
        "away": declared_by(request.user),
    }
    return render(request, "forms_app/review/index.html", context)


def _presenting(given: list[Mine]) -> set[int]:
    """Return the entries among an expert's that are presented right now (one query)."""
    keys = [one.assignment.entry_id for one in given if one.assignment.entry.call.defence_minutes]
    if not keys:
        return set()
    return set(Turn.objects.filter(entry__in=keys, ended_at=None).values_list("entry", flat=True))


@require_safe
@for_experts
def next_one(request: HttpRequest) -> HttpResponse:
    """Lead to the first entry of the list that is still open."""
    if found := next_for(request.user):
        return redirect("review:entry", pk=found.pk)
    if any(one.is_running and not one.is_locked for one in mine(request.user)):
        messages.success(request, _("都已评完。请看一遍评分总表，没有问题就提交。"))
        return redirect("review:overview")
    messages.success(request, _("分配给您的都已评完，谢谢！"))
    return redirect("review:index")


@require_http_methods(["GET", "HEAD", "POST"])
@for_experts
def overview(request: HttpRequest) -> HttpResponse:
    """Show the expert's own scores side by side, the highest first; hand in those he ticks."""
    given = [one for one in mine(request.user) if one.is_running]
    if request.method == "POST":
        _hand_in(
            request,
            [one for one in given if str(one.assignment.pk) in request.POST.getlist("take")],
        )
        return redirect("review:overview")
    begun = sorted(
        (one for one in given if one.judged or one.is_locked),
        key=lambda one: (-one.total, one.vote, one.assignment.pk),
    )
    totals = [one.total for one in begun if one.is_complete and not one.assignment.entry.call.votes]
    context = {
        "rows": begun,
        "untouched": len(given) - len(begun),
        "ready": sum(one.is_complete and not one.is_locked for one in begun),
        "unfinished": sum(not one.is_complete for one in given),
        "mean": (sum(totals) / len(totals)) if totals else None,
        "highest": max(totals, default=None),
        "lowest": min(totals, default=None),
    }
    return render(request, "forms_app/review/overview.html", context)


def _hand_in(request: HttpRequest, chosen: list[Mine]) -> None:
    if not chosen:
        messages.error(request, _("请至少勾选一份。"))
    done = 0
    # What a first click has handed in already needs no word about a second one.
    for one in (one for one in chosen if not one.is_locked):
        seen = request.POST.get(f"seen-{one.assignment.pk}", "")
        try:
            hand_in(one.assignment.review, actor=request.user, seen=seen)
        except Refused as refused:
            messages.warning(
                request,
                _("“%(title)s”没有提交：%(reason)s")
                % {"title": one.assignment.entry, "reason": refused},
            )
        else:
            done += 1
    if done:
        messages.success(request, _("已提交 %(done)d 份评分，谢谢！") % {"done": done})


class CodeForm(forms.Form):
    """The code that the office told."""

    # Its length is a limit of the input only: a counter of characters beside it would help nobody.
    code = forms.CharField(
        label=gettext_lazy("验证码"),
        help_text=gettext_lazy("8 位数字，校工会另外告诉您"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20}
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited expert in by his link and code; failures count as failed sign-ins and lock the same way."""
    invitation = behind(token)
    if invitation is None:
        return render(request, "forms_app/review/no_entry.html", status=404)
    form = CodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        name = invitation.user.username
        if until := take_a_try(name, request):
            form.add_error(
                "code",
                _("输错次数过多，请在 %(time)s 以后再试，或请校工会重发验证码。")
                % {"time": timezone.localtime(until).strftime("%H:%M")},
            )
            status = 429
        elif opens(invitation, form.cleaned_data["code"]):
            login(request, invitation.user, backend=BACKEND)
            record(
                AuditAction.SIGN_IN, request=request, person=invitation.user, detail="invitation"
            )
            note_entry(invitation)
            response = redirect(reverse("review:index"))
            admit(invitation.user, request, response)
            return response
        else:
            left = count_failure(name, request)
            words = ngettext(
                "验证码不对，还可以试 %(left)d 次。", "验证码不对，还可以试 %(left)d 次。", left
            )
            form.add_error("code", words % {"left": left})
    return render(
        request,
        "forms_app/review/enter.html",
        {"form": form, "invitation": invitation},
        status=status,
    )
