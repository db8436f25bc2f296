"""Handing out pictures and documents: only what a live page shows, or to who may see drafts; all else is 404."""

import mimetypes
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve
from wagtail.users.models import UserProfile

from ..files.access import may_read_drafts
from ..files.byte_ranges import file_or_part
from ..files.media import collection_lets_in, is_shown_to
from ..headless.previewing import PARAMETER, opens_file
from ..models import Document, Picture, Rendition

FILM = "video/mp4"


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """Hand out a picture's rendition, or its original to who may see drafts.

    Answers carry an ETag and `no-cache`: a browser asks each time, so taking a page down takes its pictures at once.
    """
    rendition = Rendition.objects.select_related("image__collection").filter(file=path).first()
    if rendition is not None:
        picture = rendition.image
        is_open = is_shown_to(request, picture) and collection_lets_in(request, picture)
        if not (is_open or _works_with(request, picture)):
            raise Http404
        return _send(request, path, f"{rendition.pk}-{rendition.image.file_hash}")
    original = Picture.objects.filter(file=path).first()
    if original is not None and may_read_drafts(request.user, original):
        return _send(request, path, original.file_hash)
    if request.user.is_authenticated and UserProfile.objects.filter(avatar=path).exists():
        return _send(request, path, path)
    raise Http404


def _works_with(request: HttpRequest, file: Picture | Document) -> bool:
    token = request.GET.get(PARAMETER, "")
    return may_read_drafts(request.user, file) or opens_file(token, file)


def _send(request: HttpRequest, path: str, tag: str) -> HttpResponse:
    etag = f'"{tag}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    elif default_storage.exists(path):
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        response = FileResponse(default_storage.open(path), content_type=kind)
    else:
        raise Http404
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """Hand out a document through Wagtail's view, a film in the parts that a player asks for, under the same rule as pictures."""
    file: Any = get_object_or_404(Document, pk=document_id)
    if not (is_shown_to(request, file) or _works_with(request, file)):
        raise Http404
    # Wagtail's view asks for the password of a collection that has one.
    if file.content_type == FILM and collection_lets_in(request, file):
        stored = file.file.open("rb")
        etag = f'"{file.pk}-{file.get_file_hash()}"'
        response = file_or_part(request, stored, stored.size, FILM, etag)
    else:
        response = serve(request, document_id, document_filename)
    patch_cache_control(response, private=True, no_cache=True)
    return response
