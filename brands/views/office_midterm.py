"""The office's screens of the mid-term checks: a year's, and one to be read beside the approved plan."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from forms_app.engine.display import display
from forms_app.models import ProgrammeYear
from forms_app.office.gate import for_the_office, frame
from portal.lifecycle.door import Refused, why_not
from portal.units.permissions import is_school_union

from ..cultivation import checking
from ..cultivation.midterm_forms import AskManyForm, ConcludeForm, RedateForm, SendBackForm
from ..cultivation.midterm_list import STANDINGS
from ..establishing import approved_version
from ..models import MidtermCheck, Project
from ..permissions import may_oversee

# What of the approved plan a check is read beside, by the keys of the application form's fields.
PLAN = ("indicators", "schedule", "budget_items")
ACTS = {"conclude": ConcludeForm, "return": SendBackForm, "redate": RedateForm}


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def of_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show how a year's checks stand; ask all or some of its running projects, remind who has not handed in."""
    if year is None:
        found = ProgrammeYear.current()
        if found is None:
            raise Http404
    else:
        found = get_object_or_404(ProgrammeYear, year=year)
    askable = list(
        checking.askable_in(found)
        .with_parties()
        .select_related("entry__unit")
        .prefetch_related("entry__partner_units")
        .annotate(held=Count("activities"))
        .order_by("serial")
    )
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "remind":
        return _remind(request, found)
    offered = [one for one in askable if may_oversee(request.user, one)]
    already = list(found.projects.filter(midterm__isnull=False).select_related("unit"))
    form = AskManyForm(offered, request.POST if act == "ask" else None, asked=already)
    if act == "ask" and form.is_valid():
        try:
            asked = checking.ask(
                [
                    one
                    for one in (*offered, *already)
                    if str(one.pk) in form.cleaned_data["projects"]
                ],
                actor=request.user,
                due_on=form.cleaned_data["due_on"],
                looks_at=form.cleaned_data["looks_at"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _say(request, asked)
            return redirect("office_midterm_year", year=found.year)
    context = {
        **frame(_("中期检查"), icon="clipboard-list"),
        "year": found,
        "years": ProgrammeYear.objects.values_list("year", flat=True),
        "figures": _figures(found),
        "late": _missing(found)
        .filter(due_on__lt=timezone.localdate())
        .select_related("project__unit"),
        "missing": _missing(found).count(),
        "rows": [(one, one in offered, str(one.pk) in form.chosen) for one in askable],
        "form": form,
        "may_act": is_school_union(request.user),
    }
    status = 422 if act else 200
    return render(request, "brands/admin/midterm_year.html", context, status=status)


def _say(request: HttpRequest, asked: checking.Asked) -> None:
    """Tell how many were asked, and that the others had been asked before."""
    if count := len(asked.checks):
        words = ngettext(
            "已请 %(count)d 个项目交中期检查，并告诉了单位。",
            "已请 %(count)d 个项目交中期检查，并告诉了单位。",
            count,
        )
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("勾选的项目以前都发起过，没有再发。"))


def _missing(year: ProgrammeYear) -> Any:
    return MidtermCheck.objects.filter(
        project__programme_year=year, status__in=checking.WITH_THE_UNIT
    ).filter(project__status__in=checking.RUNNING)


def _figures(year: ProgrammeYear) -> list[tuple[str, Any, int]]:
    """Return (code, label, number) of each standing that occurs (one query)."""
    counts = year.projects.aggregate(
        **{code: Count("pk", filter=Q(**where)) for code, _label, where in STANDINGS}
    )
    return [(code, label, counts[code]) for code, label, _where in STANDINGS if counts[code]]


def _remind(request: HttpRequest, year: ProgrammeYear) -> HttpResponse:
    try:
        count = checking.remind(year, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if count:
            words = ngettext("已提醒 %(count)d 个单位。", "已提醒 %(count)d 个单位。", count)
            messages.success(request, words % {"count": count})
        else:
            messages.info(request, _("没有要提醒的：都交了，或今天已经提醒过。"))
    return redirect("office_midterm_year", year=year.year)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_office
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Show one check beside the plan and the activities; conclude it, give it back, or change its date."""
    project = get_object_or_404(
        Project.objects.with_parties().select_related("entry"), project_no=number.upper()
    )
    found = get_object_or_404(MidtermCheck.objects.select_related("asked_by"), project=project)
    found.project = project
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = _form(act, found, request.POST) if act in ACTS else None
    if form is not None and form.is_valid():
        try:
            words = _carry_out(act, found, request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words)
            return redirect(found.office_path)
    return _shown(request, found, act, form)


def _carry_out(act: str, found: MidtermCheck, request: HttpRequest, typed: dict[str, Any]) -> str:
    """Carry out one act; return what to say."""
    actor = request.user
    if act == "conclude":
        checking.conclude(found, actor=actor, **typed)
        return _("结论已记录，并告诉了单位。")
    if act == "return":
        checking.send_back(found, actor=actor, **typed)
        return _("已退回，并告诉了单位。")
    checking.redate(found, actor=actor, **typed)
    return _("期限已改，并告诉了单位。")


def _form(act: str, found: MidtermCheck, data: Any) -> forms.Form:
    named = {"auto_id": f"{act}-%s"}
    if act == "redate":
        return RedateForm(data, initial={"due_on": found.due_on}, **named)
    return ACTS[act](data, **named)


def _shown(
    request: HttpRequest, found: MidtermCheck, act: str, form: forms.Form | None
) -> HttpResponse:
    project = found.project
    reports = list(found.reports.select_related("sent_by").order_by("-number"))
    activities = list(project.activities.order_by("-date", "-pk"))
    version = approved_version(project)
    context = {
        **frame(
            _("中期检查：%(title)s") % {"title": project.title},
            icon="clipboard-list",
            trail=[
                (
                    reverse("office_midterm_year", args=[project.programme_year.year]),
                    _("中期检查"),
                ),
                (project.office_path, project.title),
            ],
        ),
        "project": project,
        "midterm": found,
        "report": reports[0] if reports else None,
        "earlier": reports[1:],
        "activities": activities,
        "participants": sum(activity.participants for activity in activities),
        "plan": [
            item
            for section in display(version.form_version.schema, version.answers)
            for item in section.items
            if item.key in PLAN
        ],
        "forms": {name: form if name == act else _form(name, found, None) for name in ACTS},
        "why_not": {name: why_not(found, name, actor=request.user, reason="-") for name in ACTS},
        "oversees": may_oversee(request.user, project),
        "act": act,
    }
    return render(request, "brands/admin/midterm.html", context, status=422 if act else 200)
