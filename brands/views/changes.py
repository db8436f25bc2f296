"""What a unit asks to change about its project, and takes back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..cultivation import changing
from ..cultivation.change_forms import FORMS
from ..models import ChangeKind
from .access import done, project_for, refused


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask for more time, a change, or the end of the project."""
    project = project_for(request, number)
    if kind not in ChangeKind:
        raise Http404
    kind = ChangeKind(kind)
    if request.method != "POST":
        if refusal := changing.why_not_request(request.user, project, kind):
            return refused(request, project, refusal)
        form = FORMS[kind](project, keeping.kept(request))
    else:
        form = FORMS[kind](project, request.POST)
        if form.is_valid():
            try:
                made = changing.request(
                    project, kind=kind, actor=request.user, wanted=form.cleaned_data
                )
            except Refused as refusal:
                if refusal.code != "guard":
                    return refused(request, project, refusal)
                form.add_error(None, str(refusal))
            else:
                words = _("已向校工会申请%(what)s，结果会通知您。") % {"what": made.what}
                return done(request, words, made.my_path)
    call = changing.call_to_extend(project) if kind == ChangeKind.EXTENSION else None
    context = {
        "project": project,
        "kind": kind,
        "form": form,
        "deadline": call.deadline_for(project.unit) if call else None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "brands/change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a request back."""
    project = project_for(request, number)
    if request.method != "POST":
        return keeping.to_the_button(request, project.my_path)
    asked = get_object_or_404(project.change_requests, pk=pk)
    try:
        changing.withdraw(asked, actor=request.user)
    except Refused as refusal:
        return refused(request, project, refusal)
    return done(request, _("申请已撤回。"), asked.my_path)
