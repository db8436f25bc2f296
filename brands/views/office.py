"""The office's page of one project in the CMS: everything about it, and each act with the reason why it is not possible."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lifecycle.door import Refused, table_of, why_not
from portal.units.permissions import may_read_all

from ..cultivation import checking, cultivating, recording
from ..cultivation.midterm_forms import AskForm
from ..forms import AcceptanceForm, AwardForm, GuidanceForm, ReasonForm
from ..models import BrandPage, ChangeRequest, MidtermCheck, Project
from ..permissions import may_oversee
from ..standing import project_steps
from . import office_changes

ACTS = (
    *office_changes.DECISIONS,
    "guidance",
    "midterm",
    "start",
    "accept",
    "award",
    "archive",
    "terminate",
    "revoke",
)


@require_http_methods(["GET", "HEAD", "POST"])
def project(request: HttpRequest, number: str) -> HttpResponse:
    """Show a project to the office and the auditors; carry out what the office does with it."""
    if not may_read_all(request.user):
        raise PermissionDenied
    found = get_object_or_404(
        Project.objects.with_parties().select_related("award__level"), project_no=number.upper()
    )
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = _form_for(act, found, request.POST) if act in ACTS else None
    if act and form is not None and form.is_valid():
        try:
            if act in office_changes.DECISIONS:
                words = office_changes.decide(act, form, request)
            else:
                words = _carry_out(act, found, request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words)
            return redirect(found.office_path)
    return _shown(request, found, act, form)


def _carry_out(act: str, found: Project, request: HttpRequest, typed: dict[str, Any]) -> str:
    """Carry out one act; return what to say."""
    actor = request.user
    acts: dict[str, Callable[[], Any]] = {
        "guidance": lambda: recording.write_guidance(found, actor=actor, text=typed["text"]),
        "midterm": lambda: checking.ask_one(found, actor=actor, **typed),
        "start": lambda: cultivating.start(found, actor=actor),
        "accept": lambda: cultivating.accept(found, actor=actor, **typed),
        "award": lambda: cultivating.give_award(found, actor=actor, level=typed["level"]),
        "archive": lambda: cultivating.archive(found, actor=actor),
        "terminate": lambda: cultivating.terminate(found, actor=actor, reason=typed["reason"]),
        "revoke": lambda: cultivating.revoke(found, actor=actor, reason=typed["reason"]),
    }
    acts[act]()
    return {
        "guidance": _("指导意见已发给单位。"),
        "midterm": _("已请单位交中期检查。"),
        "start": _("已开始培育。"),
        "accept": _("验收结论已记录，并告诉了单位。"),
        "award": _("已授奖，并告诉了单位。"),
        "archive": _("已归档。"),
        "terminate": _("项目已终止。"),
        "revoke": _("项目已撤项，品牌页不再公开。"),
    }[act]


def _form_for(act: str, found: Project, data: Any, suggested: str | None = None) -> forms.Form:
    if act in office_changes.DECISIONS:
        return office_changes.form_for(found, data)
    # Several forms of one page may ask for the same thing; their ids must differ.
    named = {"auto_id": f"{act}-%s"}
    if act == "accept":
        initial = {"grade": suggested} if suggested else {}
        return AcceptanceForm(data, initial=initial, **named)
    if act == "award":
        return AwardForm(found, data, **named)
    kind = {
        "guidance": GuidanceForm,
        "midterm": AskForm,
        "terminate": ReasonForm,
        "revoke": ReasonForm,
    }
    return kind.get(act, forms.Form)(data, **named)


def _shown(request: HttpRequest, found: Project, act: str, form: Any) -> HttpResponse:
    """Show the page; the form that was refused keeps what was typed."""
    reasons = {
        action: why_not(found, action, actor=request.user, **details)
        for action, details in (
            ("start", {}),
            ("accept", {"grade": "good"}),
            ("award", {}),
            ("archive", {}),
            ("terminate", {"reason": "-"}),
            ("revoke", {"reason": "-"}),
        )
    }
    reasons["midterm"] = checking.why_not_ask(request.user, found)
    last = found.summaries.select_related("entry__call", "acceptance").last()
    score = cultivating.score_of(last)
    suggested = None if score is None else cultivating.suggested_grade(score)
    midterm = MidtermCheck.objects.filter(project=found).select_related("concluded_by").first()
    if midterm:
        midterm.project = found
    return render(
        request,
        "brands/admin/project.html",
        {
            "project": found,
            "steps": project_steps(found),
            "oversees": may_oversee(request.user, found),
            "why_not": reasons,
            "forms": {
                name: form if name == act else _form_for(name, found, None, suggested)
                for name in ("guidance", "midterm", "accept", "award", "terminate", "revoke")
            },
            "failed": form if act in ("start", "archive") else None,
            "act": act,
            "midterm": midterm,
            "changes": office_changes.rows(
                request, found, form if act in office_changes.DECISIONS else None
            ),
            "last": last,
            "acceptance": getattr(last, "acceptance", None),
            "award": getattr(found, "award", None),
            "score": score,
            "suggested": suggested,
            "summaries": found.summaries.select_related("entry", "acceptance"),
            "payments": found.disbursements.select_related("recorded_by"),
            "notes": found.guidance_notes.select_related("written_by", "read_by"),
            "activities": found.activities.order_by("-date", "-pk"),
            "brand_page": BrandPage.objects.filter(project=found).first(),
            "events": _history(found),
        },
        status=422 if act else 200,
    )


def _history(found: Project) -> list[Any]:
    """Return the events, newest first, each with the words of its action as `said`."""
    subjects = [
        found,
        *MidtermCheck.objects.filter(project=found),
        *ChangeRequest.objects.filter(project=found),
    ]
    events = []
    for subject in subjects:
        labels = {row.action: row.label for row in table_of(subject).transitions}
        for event in subject.events.select_related("actor"):
            event.said = labels.get(event.action, event.action)
            events.append(event)
    return sorted(events, key=lambda event: (event.at, event.pk), reverse=True)
