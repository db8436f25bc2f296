"""Handing out the files of an entry to those who may see the entry, and to nobody else."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from forms_app.review.review_page import may_open
from portal.workspace.signed_in import signed_in

from ..models import Attachment
from ..permissions import may_see

# Shown in the browser; everything else is saved to disk.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "video/mp4"})


@require_safe
@signed_in
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out one file: to the unit's people, the office, auditors, and experts whose pages show it."""
    found = Attachment.objects.select_related("entry__unit").filter(pk=pk).first()
    if found is None or not _may_open(request, found):
        raise Http404
    # A page shows the copy for screens; the link beside it opens the original.
    held = found.web if "web" in request.GET and found.web else found.file
    response = FileResponse(
        held.open("rb"),
        as_attachment=found.content_type not in SHOWN,
        filename=found.name,
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    # A PDF can hold scripts: what is shown here gets no rights of this site.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _may_open(request: HttpRequest, found: Attachment) -> bool:
    return may_see(request.user, found.entry) or may_open(request.user, found)
