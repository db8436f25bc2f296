"""The change requests on the office's page of a project: each with its form, or why this person cannot decide it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from portal.lifecycle.door import why_not

from ..cultivation import changing
from ..cultivation.change_forms import DecisionForm
from ..models import ChangeKind, ChangeRequest, Project

DECISIONS = ("approve", "reject")


def form_for(found: Project, data: Any) -> DecisionForm:
    """Return the form of the request that a posted decision names.

    Raises:
        Http404: none of this project's.
    """
    key = data.get("asked", "")
    known = key.isascii() and key.isdecimal() and len(key) < 19
    asked = get_object_or_404(found.change_requests, pk=int(key) if known else 0)
    form = DecisionForm(asked, data)
    form.request = asked
    return form


def decide(act: str, form: DecisionForm, request: HttpRequest) -> str:
    """Carry out a decision; return what to say."""
    typed = form.cleaned_data
    if act == "reject":
        changing.reject(form.request, actor=request.user, answer=typed["answer"])
        return _("已答复不同意，并告诉了单位。")
    changing.approve(
        form.request, actor=request.user, answer=typed["answer"], until=typed.get("until")
    )
    return _("已同意并照办，也告诉了单位。")


def rows(
    request: HttpRequest, found: Project, refused: DecisionForm | None
) -> list[tuple[ChangeRequest, DecisionForm | None, Any, Any, bool]]:
    """Return the requests, the open ones first, each with its form, why it cannot be approved or rejected, and whether it may be tried.

    Args:
        refused: the form that was refused; it keeps what was typed.
    """
    shown = []
    for asked in found.change_requests.select_related("asked_by"):
        asked.project = found
        form = None
        if asked.is_open:
            mine = refused is not None and refused.request.pk == asked.pk
            form = refused if mine else DecisionForm(asked)
        reasons = [
            why_not(asked, act, actor=request.user, answer="-") if asked.is_open else None
            for act in DECISIONS
        ]
        # A day that is too early is mended in the form; nothing else is.
        by_day = asked.kind == ChangeKind.EXTENSION and changing.call_to_extend(found) is not None
        shown.append((asked, form, *reasons, by_day or not reasons[0]))
    return sorted(shown, key=lambda row: not row[0].is_open)
