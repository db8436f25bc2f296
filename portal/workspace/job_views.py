"""Background jobs at the desk of the person who asked for them: progress, and the file when it is ready."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.messaging.jobs import may_fetch
from portal.messaging.models import Job

from .signed_in import signed_in

SHOWN = 30  # jobs are cleared after days; nobody has more


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """List what the person asked for lately, newest first."""
    return render(
        request, "workspace/jobs.html", {"jobs": Job.objects.asked_by(request.user)[:SHOWN]}
    )


@require_safe
@signed_in
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is; a script asks for the same as JSON. What was asked for in the CMS is shown there."""
    found = _own(request, pk)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {"over": found.is_over, "percent": found.percent, "words": words_of(found)}
        )
    if found.back.startswith(reverse("wagtailadmin_home")) and request.user.has_perm(
        "wagtailadmin.access_admin"
    ):
        return redirect("workspace_job", found.pk)
    return render(request, "workspace/job.html", {"job": found, "words": words_of(found)})


@require_safe
def job_in_admin(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is, in the frame of the CMS where it was asked for."""
    found = _own(request, pk)
    context = {"job": found, "words": words_of(found)}
    return render(request, "workspace/job_in_admin.html", context)


@require_safe
@signed_in
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the file out to the person who asked for it, and to nobody else."""
    found = _own(request, pk)
    if not found.finished_at or not found.file or not may_fetch(found):
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def words_of(found: Job) -> str:
    """Return how far a job is, in words."""
    if found.finished_at:
        return _("已备好，%(size)s。") % {"size": filesizeformat(found.file_size)}
    if found.gave_up_at:
        return found.error
    if found.total:
        return _("正在做：%(done)d / %(total)d") % {"done": found.done, "total": found.total}
    return _("排队中，马上开始。")


def _own(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.asked_by(request.user), pk=pk)
