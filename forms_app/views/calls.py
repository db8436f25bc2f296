"""What everybody may take away from a public call."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from portal.cms.page_cache import kept_while_public_stays

from ..models import CallPage
from ..paper.blank import blank_form
from .paper import word_response


@require_safe
def blank(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the empty form of a public call, as Word; 404 where the call is not public or its form never was."""
    public = CallPage.objects.live().public().select_related("programme_year", "form")
    # By `id`: the key is a relation, and a number that no database holds would break it.
    call = get_object_or_404(public, id=pk)
    version = call.form.latest_version
    if version is None:
        raise Http404
    content = kept_while_public_stays(
        f"blank form of {call.pk}, {version.digest}", lambda: blank_form(call, version)
    )
    response = word_response(content, f"{call.programme_year}_{call.form}.docx")
    patch_cache_control(response, private=True, no_cache=True)
    return response
