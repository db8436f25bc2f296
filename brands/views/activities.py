"""Recording what the unit did, from a phone in under a minute; correcting and removing records."""

import re

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..cultivation import recording
from ..forms import ActivityForm, HeldPictureForm, PicturesForm, Together
from ..models import Activity, Material, MaterialKind, Project
from ..permissions import why_not_record
from ..pictures import shot
from .access import done, project_for, refused
from .pictures import keep_pictures, pictures_kept


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
    """Correct a record and its pictures."""
    project = project_for(request, number)
    activity = get_object_or_404(project.activities.select_related("project__unit"), pk=pk)
    if refusal := why_not_record(request.user, project):
        return refused(request, project, refusal)
    return _fill_in(request, project, activity)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def offer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Propose an activity for the brand page, or take the proposal back."""
    project = project_for(request, number)
    if request.method != "POST":
        return keeping.to_the_button(request, project.my_path)
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
                "note": _("活动的照片和报道会留在素材里。已经写进品牌页的内容不受影响。"),
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
    posted = request.method == "POST"
    brought_back = None if posted else keeping.kept(request)
    typed = request.POST if posted else brought_back
    form = ActivityForm(
        typed,
        project=project,
        instance=activity,
        initial={} if activity else {"date": timezone.localdate()},
    )
    pictures = PicturesForm(typed, request.FILES if posted else None)
    held = [HeldPictureForm(material, typed) for material in _pictures_of(activity)]
    waiting = _already_uploaded(typed, request, project) if typed else []
    if posted:
        # What is good of the pictures is kept, also where the rest of the form has to be mended.
        good, earlier, wrong = all(one.is_valid() for one in (form, *held)), list(waiting), []
        if pictures.is_valid():
            said = pictures.cleaned_data
            kept, wrong = keep_pictures(
                request,
                project,
                said["pictures"],
                caption=said["caption"] or str(form["name"].value() or "")[:50],
                credit=said["credit"],
                consent=said["consent"],
                taken_on=form.cleaned_data.get("date"),
            )
            waiting += kept
            if good:
                try:
                    return _save(
                        request, project, activity, form, pictures, held, waiting, earlier, wrong
                    )
                except recording.PictureRefused as refusal:
                    [concerned] = [one for one in held if one.material == refusal.material]
                    concerned.add_error(concerned.changed_data[-1], str(refusal))
        for words in wrong:
            pictures.add_error("pictures", words)
    return render(
        request,
        "brands/activity.html",
        {
            "project": project,
            "activity": activity,
            "form": form,
            "pictures": pictures,
            "all": Together(form, *held, pictures),
            "brought_back": brought_back is not None,
            "waiting": [(material, shot(material.picture)) for material in waiting],
            "held": [(one, shot(one.material.picture)) for one in held],
        },
        status=422 if posted else 200,
    )


def _pictures_of(activity: Activity | None) -> list[Material]:
    if activity is None:
        return []
    found = activity.materials.filter(kind=MaterialKind.PICTURE)
    return list(found.select_related("picture", "project__unit"))


def _save(
    request: HttpRequest,
    project: Project,
    activity: Activity | None,
    form: ActivityForm,
    pictures: PicturesForm,
    held: list[HeldPictureForm],
    waiting: list[Material],
    earlier: list[Material],
    wrong: list[str],
) -> HttpResponse:
    """Record what is right now, and say in one message what was kept and what was not.

    Raises:
        PictureRefused: what was asked of a picture that the record has cannot be done; the record stays as it was.
    """
    fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
    said = pictures.cleaned_data
    try:
        recording.retell_pictures(
            earlier,
            actor=request.user,
            caption=said["caption"] or fields["name"],
            credit=said["credit"],
            consent=said["consent"],
            taken_on=fields["date"],
        )
        if activity is None:
            recording.record_activity(project, actor=request.user, fields=fields, materials=waiting)
        else:
            recording.change_activity(
                Activity.objects.select_related("project__unit").get(pk=activity.pk),
                actor=request.user,
                fields=fields,
                materials=waiting,
                told={one.material: one.told for one in held if one.has_changed() and not one.goes},
                removed=[one.material for one in held if one.goes],
            )
    except recording.PictureRefused:
        raise
    except Refused as refused_act:
        return refused(request, project, refused_act)
    words = _("已记下“%(name)s”。") % {"name": fields["name"]}
    return pictures_kept(request, words, len(waiting), wrong, f"{project.my_path}#activities")


def _already_uploaded(typed: QueryDict, request: HttpRequest, project: Project) -> list[Material]:
    """Return the pictures that an earlier attempt of this form has brought."""
    keys = [int(key) for key in typed.getlist("uploaded") if re.fullmatch("[0-9]{1,18}", key)]
    return list(
        project.materials.filter(pk__in=keys, activity=None, created_by=request.user)
        .exclude(picture=None)
        .select_related("picture", "project__unit")
    )
