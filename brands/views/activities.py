"""Recording what the unit did, from a phone in under a minute; correcting and removing records."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.cms.uploads import UploadRefused
from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from .. import recording
from ..forms import ActivityForm, PicturesForm
from ..models import Activity, Material, Project
from ..permissions import why_not_record
from ..pictures import shot
from .access import done, project_for, refused


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Record an activity."""
    project = project_for(request, number)
    if refusal := why_not_record(request.user, project):
        return refused(request, project, refusal)
    return _fill_in(request, project, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Correct a record, or add pictures to it."""
    project = project_for(request, number)
    activity = get_object_or_404(project.activities.select_related("project__unit"), pk=pk)
    if refusal := why_not_record(request.user, project):
        return refused(request, project, refusal)
    return _fill_in(request, project, activity)


@require_POST
@signed_in
def offer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Propose an activity for the brand page, or take the proposal back."""
    project = project_for(request, number)
    activity = get_object_or_404(project.activities.select_related("project__unit"), pk=pk)
    offered = request.POST.get("offered") == "yes"
    try:
        recording.offer(activity, actor=request.user, offered=offered)
    except Refused as refused_act:
        return refused(request, project, refused_act)
    words = _("已推荐到品牌页，编辑品牌页时可以选用。") if offered else _("已取消推荐。")
    return done(request, words, f"{project.my_path}#activities")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Ask, then remove a record."""
    project = project_for(request, number)
    activity = get_object_or_404(project.activities.select_related("project__unit"), pk=pk)
    if refusal := why_not_record(request.user, project):
        return refused(request, project, refusal)
    if request.method != "POST":
        return render(
            request,
            "brands/remove.html",
            {
                "project": project,
                "what": activity.name,
                "note": _("活动的照片会留在素材里。已经写进品牌页的内容不受影响。"),
            },
        )
    try:
        recording.remove_activity(activity, actor=request.user)
    except Refused as refused_act:
        return refused(request, project, refused_act)
    return done(
        request, _("已删除“%(name)s”。") % {"name": activity.name}, f"{project.my_path}#activities"
    )


def _fill_in(request: HttpRequest, project: Project, activity: Activity | None) -> HttpResponse:
    typed = request.POST if request.method == "POST" else keeping.kept(request)
    form = ActivityForm(
        typed,
        project=project,
        instance=activity,
        initial={} if activity else {"date": timezone.localdate()},
    )
    pictures = PicturesForm(typed, request.FILES if request.method == "POST" else None)
    waiting: list[Material] = []
    if request.method == "POST":
        pictures_good = pictures.is_valid()
        form_good = form.is_valid()
        waiting = _already_uploaded(request, project)
        if pictures_good:
            waiting += _keep(request, project, pictures.cleaned_data, form)
        if form_good and pictures_good:
            return _save(request, project, activity, form, waiting)
    return render(
        request,
        "brands/activity.html",
        {
            "project": project,
            "activity": activity,
            "form": form,
            "pictures": pictures,
            "waiting": [(material, shot(material.picture)) for material in waiting],
            "held": [
                (material, it)
                for material in (activity.materials.select_related("picture") if activity else ())
                if (it := shot(material.picture))
            ],
        },
        status=422 if request.method == "POST" else 200,
    )


def _save(
    request: HttpRequest,
    project: Project,
    activity: Activity | None,
    form: ActivityForm,
    waiting: list[Material],
) -> HttpResponse:
    fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
    try:
        if activity is None:
            recording.record_activity(project, actor=request.user, fields=fields, materials=waiting)
        else:
            recording.change_activity(
                Activity.objects.select_related("project__unit").get(pk=activity.pk),
                actor=request.user,
                fields=fields,
                materials=waiting,
            )
    except Refused as refused_act:
        return refused(request, project, refused_act)
    words = _("已记下“%(name)s”。") % {"name": fields["name"]}
    if waiting:
        words += ngettext("存了 %(count)d 张照片。", "存了 %(count)d 张照片。", len(waiting)) % {
            "count": len(waiting)
        }
    return done(request, words, f"{project.my_path}#activities")


def _keep(
    request: HttpRequest, project: Project, details: dict[str, Any], form: ActivityForm
) -> list[Material]:
    """Keep what is good of the pictures, also where the rest of the form has to be mended; say what was not taken."""
    kept = []
    for upload in details["pictures"]:
        try:
            material = recording.keep_picture(
                project,
                upload,
                actor=request.user,
                caption=details["caption"] or str(form["name"].value() or "")[:50],
                credit=details["credit"],
                consent=details["consent"],
                taken_on=form.cleaned_data.get("date"),
            )
        except UploadRefused as reason:
            messages.warning(request, f"{upload.name}：{reason}")
        else:
            kept.append(material)
    return kept


def _already_uploaded(request: HttpRequest, project: Project) -> list[Material]:
    """Return the pictures that an earlier attempt of this form has brought."""
    keys = [
        int(key) for key in request.POST.getlist("uploaded") if re.fullmatch("[0-9]{1,18}", key)
    ]
    return list(
        project.materials.filter(pk__in=keys, activity=None, created_by=request.user)
        .exclude(picture=None)
        .select_related("picture")
    )
