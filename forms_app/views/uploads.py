"""The door for files that arrive in pieces; `js/upload.js` is its other half. Without script files come with the form."""

import re

from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms_app.entries import attaching, uploading
from portal.cms.files.uploads import UploadRefused
from portal.lifecycle.door import Refused
from portal.workspace.refusals import STATUS
from portal.workspace.signed_in import signed_in

from ..engine.kinds import kind_of
from ..models import Entry, HalfUpload
from .access import entry_for
from .fill import form_of

WHOLE_NUMBER = re.compile("[0-9]{1,18}")


@require_POST
@signed_in
def begin(request: HttpRequest, pk: int) -> JsonResponse:
    """Begin or go on with an upload: answers where its pieces go, how much has arrived, and how large a piece is."""
    entry = entry_for(request, pk)
    size = request.POST.get("size", "")
    try:
        half = uploading.begin(
            entry,
            field_key=request.POST.get("field", ""),
            name=request.POST.get("name", ""),
            size=int(size) if WHOLE_NUMBER.fullmatch(size) else 0,
            stamp=request.POST.get("stamp", ""),
            actor=request.user,
        )
    except KeyError:
        raise Http404 from None
    except UploadRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=STATUS[refusal.code])
    return JsonResponse(
        {
            "address": reverse("forms_app:upload", args=[half.token]),
            "received": half.received,
            "piece": uploading.PIECE,
        }
    )


@require_POST
@signed_in
def piece(request: HttpRequest, token: str) -> JsonResponse:
    """Keep a piece; when it was the last one, check the file and answer with its line for the form."""
    half = get_object_or_404(
        HalfUpload.objects.select_related("entry__unit", "entry__call", "entry__form_version"),
        token=token,
        user=request.user,
    )
    at = request.GET.get("at", "")
    try:
        content = request.body
    except UnreadablePostError:  # the network went while the piece was under way
        return JsonResponse({"received": half.received}, status=400)
    try:
        if content:
            half = uploading.take(
                half,
                at=int(at) if WHOLE_NUMBER.fullmatch(at) else -1,
                piece=content,
                actor=request.user,
            )
        if half.received < half.size:
            return JsonResponse({"received": half.received})
        attachment = uploading.finish(half, actor=request.user)
    except UploadRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=STATUS[refusal.code])
    return JsonResponse(
        {
            "received": half.size,
            "done": True,
            "said": _("已上传 %(name)s") % {"name": attachment.name},
            **_line(half.entry, half.field_key, attachment.pk),
        }
    )


def _line(entry: Entry, field_key: str, attachment: int) -> dict[str, object]:
    """Return the new file as the form shows it, and whether the field is full now."""
    form = form_of(Entry.objects.select_related("call__programme_year", "unit").get(pk=entry.pk))
    spec = next(one for one in attaching.file_fields(entry) if one["key"] == field_key)
    line = next(
        one for section in form.sections for one in section.lines if one.spec["key"] == field_key
    )
    file = next(one for one in line.input["files"] if one["attachment"].pk == attachment)
    return {
        "item": render_to_string(kind_of(spec).item_template, {"file": file, "line": line}),
        "full": line.input["full"],
    }
