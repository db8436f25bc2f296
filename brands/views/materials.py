"""The project's collection: pictures, press reports, videos."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.cms.files.uploads import UploadRefused
from portal.cms.models import Picture
from portal.lifecycle.door import Refused
from portal.workspace import keeping
from portal.workspace.signed_in import signed_in

from ..cultivation import recording
from ..forms import LinkForm, PictureForm, PicturesForm, VideoForm
from ..models import MaterialKind
from ..permissions import why_not_record
from ..pictures import LARGE, THUMB, shot
from .access import done, project_for, refused
from .pictures import keep_pictures, pictures_kept


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def materials(request: HttpRequest, number: str) -> HttpResponse:
    """Show the collection; add pictures (do=pictures), a film (do=video) or a link (do=link)."""
    project = project_for(request, number)
    no_recording = why_not_record(request.user, project)
    if request.method == "POST" and no_recording:
        return refused(request, project, no_recording)
    posted = request.method == "POST"
    typed = request.POST if posted else keeping.kept(request)
    form_typed = typed.get("do") if typed else None
    doing = form_typed if posted else None  # what comes back after signing in anew is only shown
    pictures, video, link = (
        form(
            typed if form_typed == name else None,
            request.FILES if doing == name else None,
            prefix=name,
        )
        for name, form in (("pictures", PicturesForm), ("video", VideoForm), ("link", LinkForm))
    )
    here = reverse("brands:materials", args=[project.project_no])
    if doing == "pictures" and pictures.is_valid():
        said = dict(pictures.cleaned_data)
        kept, wrong = keep_pictures(request, project, said.pop("pictures"), **said)
        if kept:
            return pictures_kept(request, "", len(kept), wrong, here)
        for words in wrong or [_("请先选照片。")]:
            pictures.add_error("pictures", words)
    if doing == "video" and video.is_valid():
        upload, title = video.cleaned_data["video"], video.cleaned_data["title"]
        try:
            recording.keep_video(project, upload, actor=request.user, title=title)
        except UploadRefused as reason:
            video.add_error("video", str(reason))
        else:
            return done(request, _("已存下视频，可以写进品牌故事了。"), here)
    if doing == "link" and link.is_valid():
        fields = dict(link.cleaned_data)
        recording.keep_link(project, actor=request.user, kind=fields.pop("kind"), fields=fields)
        return done(request, _("已存下链接。"), here)
    collected = list(
        project.materials.select_related("activity", "video").prefetch_related(
            Prefetch("picture", Picture.objects.prefetch_renditions(THUMB, LARGE))
        )
    )
    return render(
        request,
        "brands/materials.html",
        {
            "project": project,
            "pictures": pictures,
            "video": video,
            "link": link,
            "no_recording": no_recording,
            "shots": [
                (material, shot(material.picture))
                for material in collected
                if material.kind == MaterialKind.PICTURE
            ],
            "links": [material for material in collected if material.kind != MaterialKind.PICTURE],
            "brought_back": form_typed is not None and not posted,
        },
        status=422 if doing else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def describe(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Say what a picture shows."""
    project = project_for(request, number)
    material = get_object_or_404(
        project.materials.select_related("picture", "project__unit"),
        pk=pk,
        kind=MaterialKind.PICTURE,
    )
    if refusal := why_not_record(request.user, project):
        return refused(request, project, refusal)
    picture = material.picture
    brought_back = None if request.method == "POST" else keeping.kept(request)
    form = PictureForm(
        request.POST if request.method == "POST" else brought_back,
        initial={
            "caption": picture.caption,
            "credit": picture.credit,
            "consent": picture.portrait_consent,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            recording.describe_picture(material, actor=request.user, **form.cleaned_data)
        except Refused as refused_act:
            form.add_error(form.changed_data[0], str(refused_act))
        else:
            return done(
                request, _("已保存。"), reverse("brands:materials", args=[project.project_no])
            )
    return render(
        request,
        "brands/material.html",
        {
            "project": project,
            "material": material,
            "shot": shot(picture),
            "form": form,
            "brought_back": brought_back is not None,
        },
        status=422 if request.method == "POST" else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Ask, then remove an item of the collection."""
    project = project_for(request, number)
    material = get_object_or_404(
        project.materials.select_related("picture", "video", "project__unit"), pk=pk
    )
    if refusal := why_not_record(request.user, project):
        return refused(request, project, refusal)
    if request.method != "POST":
        return render(
            request,
            "brands/remove.html",
            {"project": project, "what": str(material), "note": _("删除后不能恢复。")},
        )
    try:
        recording.remove_material(material, actor=request.user)
    except Refused as refused_act:
        return refused(request, project, refused_act)
    return done(request, _("已删除。"), reverse("brands:materials", args=[project.project_no]))
