"""The unit's mid-term check: one short form on a phone, beside what it has recorded already; read once it is sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..cultivation import checking
from ..cultivation.midterm_forms import MidtermForm
from ..models import MidtermCheck, Project
from .access import done, project_for, refused


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def midterm(request: HttpRequest, number: str) -> HttpResponse:
    """Fill in the check, or read what was sent and concluded."""
    project = project_for(request, number)
    found = get_object_or_404(MidtermCheck, project=project)
    found.project = project
    if request.method == "POST":
        return _posted(request, project, found)
    if checking.why_not_fill(request.user, found):
        return _read(request, project, found)
    typed = keeping.kept(request)
    form = MidtermForm(found, typed)
    return _fill_in(request, project, found, form, turn=_turn(typed) if typed else found.turn)


def _posted(request: HttpRequest, project: Project, found: MidtermCheck) -> HttpResponse:
    act = request.POST.get("act", "save")
    if act not in ("save", "send"):
        raise Http404
    form = MidtermForm(found, request.POST, strict=act == "send")
    good, based_on = form.is_valid(), _turn(request.POST)
    try:
        if act == "send" and good:
            checking.send(found, actor=request.user, answers=form.answers, based_on=based_on)
            return done(
                request,
                _("已交给校工会，结论会通知您。"),
                found.my_path,
            )
        found = checking.save_draft(
            found, actor=request.user, answers=form.answers, based_on=based_on
        )
    except Refused as refusal:
        if refusal.code != "guard":
            return refused(request, project, refusal)
        form.add_error(None, str(refusal))
        return _fill_in(request, project, found, form, turn=based_on)
    except checking.Overtaken as overtaken:
        return _fill_in(
            request,
            project,
            overtaken.midterm,
            form,
            turn=overtaken.midterm.turn,
            theirs=_theirs(form, overtaken.midterm),
        )
    if good:
        return done(request, _("草稿已保存，还没有交。"), found.my_path)
    messages.warning(request, _("能存的已存为草稿，标出的地方还要改。"))
    return _fill_in(request, project, found, form, turn=found.turn)


def _turn(data: Any) -> int:
    """Return the turn of the draft that a page showed; what is none matches no draft."""
    text = data.get("turn", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _theirs(form: MidtermForm, now: MidtermCheck) -> list[tuple[str, Any]]:
    """Return what another person's draft says elsewise: (label, text)."""
    return [
        (str(form.fields[name].label), now.answers[name])
        for name, mine in form.answers.items()
        if now.answers[name] not in (mine, None, "")
    ]


def _fill_in(
    request: HttpRequest,
    project: Project,
    found: MidtermCheck,
    form: MidtermForm,
    *,
    turn: int,
    theirs: list[tuple[str, Any]] | None = None,
) -> HttpResponse:
    status = 409 if theirs is not None else 422 if form.is_bound and form.errors else 200
    context = {
        "form": form,
        "turn": turn,
        "theirs": theirs,
        "limits": checking.LENGTHS,
        **_shown(project, found),
    }
    return render(request, "brands/midterm.html", context, status=status)


def _read(request: HttpRequest, project: Project, found: MidtermCheck) -> HttpResponse:
    """Show what was sent; a draft is its writers' alone."""
    reports = list(found.reports.select_related("sent_by").order_by("-number"))
    context = {
        "report": reports[0] if reports else None,
        "earlier": reports[1:],
        "carries": checking.carries(request.user, found),
        **_shown(project, found),
    }
    return render(request, "brands/midterm_read.html", context)


def _shown(project: Project, found: MidtermCheck) -> dict[str, Any]:
    activities = list(project.activities.order_by("-date", "-pk"))
    return {
        "project": project,
        "midterm": found,
        "activities": activities,
        "participants": sum(activity.participants for activity in activities),
    }
