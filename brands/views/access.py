"""Finding the project a person asks for, and telling him why something is not possible."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.lifecycle.door import Refused
from portal.workspace.refusals import refusal_page

from ..models import Project
from ..permissions import visible_to


def project_for(request: HttpRequest, number: str) -> Project:
    """Return the project with what its pages show.

    Raises:
        Http404: there is none of that number, or the person may not know of it.
    """
    project = visible_to(request.user).with_parties().filter(project_no=number.upper()).first()
    if project is None:
        raise Http404
    return project


def refused(request: HttpRequest, project: Project, refusal: Refused) -> HttpResponse:
    """Show why something is not possible, and the way back to the project."""
    return refusal_page(
        request,
        refusal,
        subject=project.title,
        back=project.my_path,
        back_label=_("回到项目"),
    )


def done(request: HttpRequest, words: object, to: str) -> HttpResponse:
    """Say what was done and go on."""
    messages.success(request, words)
    return redirect(to)
