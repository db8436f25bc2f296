"""Pictures that come with a form: what is good is kept, and one message says what was not."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.cms.files.uploads import UploadRefused

from ..cultivation import recording
from ..cultivation.recording import PICTURES_AT_ONCE
from ..models import Material, Project
from .access import done


def keep_pictures(
    request: HttpRequest, project: Project, uploads: Sequence[Any], **details: Any
) -> tuple[list[Material], list[str]]:
    """Keep what is good of some uploads; return it, and name and reason of each that was not taken.

    Args:
        details: what is said of all of them, as of `recording.keep_picture`.

    Raises:
        Refused: not this person's, or the project is over.
    """
    kept, wrong = [], []
    for upload in uploads[:PICTURES_AT_ONCE]:
        try:
            kept.append(recording.keep_picture(project, upload, actor=request.user, **details))
        except UploadRefused as reason:
            wrong.append(f"{upload.name}：{reason}")
    if more := uploads[PICTURES_AT_ONCE:]:
        names = "、".join(upload.name for upload in more)
        wrong.append(
            _("%(names)s：一次最多收 %(most)d 张，请再选一次")
            % {"names": names, "most": PICTURES_AT_ONCE}
        )
    return kept, wrong


def pictures_kept(
    request: HttpRequest, words: str, count: int, wrong: Sequence[str], to: str
) -> HttpResponse:
    """Say in one message what was done, how many pictures were kept and which were not, and go on.

    Args:
        words: what was done beside the pictures.
        wrong: as `keep_pictures` returns it.
    """
    if count:
        words += ngettext("存了 %(count)d 张照片。", "存了 %(count)d 张照片。", count) % {
            "count": count
        }
    if not wrong:
        return done(request, words, to)
    words += _("没有收下：%(files)s") % {"files": "；".join(wrong)}
    messages.warning(request, words)
    return redirect(to.partition("#")[0])  # what was not kept is told at the top of the page
