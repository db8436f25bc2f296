"""One entry: read, and handled step by step."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from forms_app.decision import adjusting, deciding
from forms_app.entries import sending
from forms_app.review import reopening, reviewing
from forms_app.review.assigning import assign_and_tell
from forms_app.review.panel import experts_of
from portal.lifecycle.door import Refused
from portal.units.models import User

from ...models import Entry, EntryStatus
from ..decide_forms import DecideForm, SeenForm
from ..entry_page import LABELS, bystander, page_context, proposal_form
from ..forms import (
    AssignForm,
    CheckForm,
    CloseForm,
    LiftForm,
    ReasonForm,
    RecuseForm,
    ReopenForm,
    ReturnForm,
)
from ..gate import for_the_office, frame
from ..mistakes import tell_mistakes

LONGEST_NUMBER = 9  # digits of a version in an address
WITH = (
    "call__programme_year",
    "call__rubric",
    "unit",
    "category",
    "form_version",
    "decision__notice",
)


@require_safe
@for_the_office
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry, its present answers or an earlier version."""
    found = _entry(pk)
    number = request.GET.get("version", "")
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    return _page(request, found, version=int(number) if is_number else None)


@require_POST
@for_the_office
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Carry out one of the office's steps. What cannot be done comes back with the reason and with what was typed."""
    if action not in STEPS:
        raise Http404
    found = _entry(pk)
    if reason := bystander(found, request.user):
        messages.error(request, reason)
        return redirect("office:entry", pk=pk)
    make_form, carry = STEPS[action]
    bound = make_form(found, request.POST)
    if not all(form.is_valid() for form in bound.values()):
        tell_mistakes(request, *bound.values())
        return _page(request, found, bound=bound, status=422)
    try:
        carry(found, request.user, bound)
    except Refused as refused:
        messages.error(request, str(refused))
        for form in bound.values():
            if isinstance(form, SeenForm):
                form.has_been_told(found)
        return _page(request, _entry(pk), bound=bound, status=409)
    messages.success(
        request,
        _("“%(title)s”：%(act)s，已办。") % {"title": found, "act": LABELS[action]},
        buttons=_next_to_check(found) if action in ("pass_check", "return") else None,
    )
    return redirect("office:entry", pk=pk)


def _next_to_check(done: Entry) -> list[tuple[str, str, bool]]:
    """Return a button to the entry of the same call that has waited longest for its formal check."""
    waiting = done.call.entries.filter(status=EntryStatus.SUBMITTED).exclude(pk=done.pk)
    following = waiting.order_by("submitted_at", "pk").first()
    if following is None:
        return []
    address = reverse("office:entry", args=[following.pk])
    return [messages.button(address, _("审查下一份：%(title)s") % {"title": following})]


def _entry(pk: int) -> Entry:
    return get_object_or_404(Entry.objects.select_related(*WITH), pk=pk)


def _page(
    request: HttpRequest,
    found: Entry,
    *,
    version: int | None = None,
    bound: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    trail = [
        (reverse("office:calls"), _("申报与评审")),
        (reverse("office:call", args=[found.call_id]), str(found.call)),
        (reverse("office:queue", args=[found.call_id]), _("全部申报")),
    ]
    context = {
        **frame(str(found), icon="doc-full", trail=trail),
        **page_context(found, request.user, version=version, bound=bound),
    }
    return render(request, "forms_app/office/entry.html", context, status=status)


# --- the steps: action → (the forms from what was posted, what is done with them) -----------------

Bound = dict[str, Any]
Step = tuple[Callable[[Entry, Any], Bound], Callable[[Entry, User, Bound], object]]


def _no_form(_entry: Entry, _data: Any) -> Bound:
    return {}


def _pass(found: Entry, actor: User, bound: Bound) -> None:
    sending.pass_check(
        found, actor=actor, ticked=bound["pass_check"].cleaned_data.get("ticked", [])
    )


def _return(found: Entry, actor: User, bound: Bound) -> None:
    form = bound["return"]
    sending.return_for_changes(
        found,
        actor=actor,
        comment=form.cleaned_data["comment"],
        until=form.cleaned_data["until"],
        field_comments=form.field_comments,
    )


def _assign(found: Entry, actor: User, bound: Bound) -> None:
    assign_and_tell(found, experts=bound["assign"].cleaned_data["experts"], actor=actor)


def _close(found: Entry, actor: User, _bound: Bound) -> None:
    reviewing.close_review(found, actor=actor)


def _reopen(found: Entry, actor: User, bound: Bound) -> None:
    reopening.reopen_scores(found, actor=actor, **bound["reopen_scores"].cleaned_data)


def _recuse(found: Entry, actor: User, bound: Bound) -> None:
    reopening.recuse(found, actor=actor, **bound["recuse"].cleaned_data)


def _lift(found: Entry, actor: User, bound: Bound) -> None:
    reopening.lift_recusal(found, actor=actor, **bound["lift_recusal"].cleaned_data)


def _decide(found: Entry, actor: User, bound: Bound) -> None:
    deciding.decide(found, actor=actor, **bound["decide"].cleaned_data)


def _undecide(found: Entry, actor: User, bound: Bound) -> None:
    deciding.undecide(found, actor=actor, **bound["undecide"].cleaned_data)


def _take_counter(found: Entry, actor: User, _bound: Bound) -> None:
    adjusting.take_counter(found, actor=actor)


def _propose(found: Entry, actor: User, bound: Bound) -> None:
    proposed, before = bound["changes"].answers, found.answers
    adjusting.propose(
        found,
        actor=actor,
        changes={
            key: proposed.get(key)
            for key in bound["changes"].fields
            if proposed.get(key) != before.get(key)
        },
        reason=bound["propose"].cleaned_data["reason"],
    )


STEPS: dict[str, Step] = {
    "pass_check": (
        lambda found, data: {"pass_check": CheckForm(data, lines=found.call.checklist_lines)},
        _pass,
    ),
    "return": (
        lambda found, data: {"return": ReturnForm(data, schema=found.form_version.schema)},
        _return,
    ),
    "assign": (
        lambda found, data: {"assign": AssignForm(data, experts=experts_of(found.call))},
        _assign,
    ),
    "close_review": (
        lambda found, data: {"close_review": CloseForm(data, entry=found)},
        _close,
    ),
    "reopen_scores": (
        lambda found, data: {"reopen_scores": ReopenForm(data, entry=found)},
        _reopen,
    ),
    "recuse": (lambda found, data: {"recuse": RecuseForm(data, entry=found)}, _recuse),
    "lift_recusal": (lambda found, data: {"lift_recusal": LiftForm(data, entry=found)}, _lift),
    "decide": (lambda _found, data: {"decide": DecideForm(data)}, _decide),
    "undecide": (lambda _found, data: {"undecide": SeenForm(data)}, _undecide),
    "take_counter": (_no_form, _take_counter),
    "propose": (
        lambda found, data: {"propose": ReasonForm(data), "changes": proposal_form(found, data)},
        _propose,
    ),
}
