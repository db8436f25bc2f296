"""Drafting the announcement of a call's projects, from the office's page of the call."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms_app.models import CallPage, FormKind
from portal.lifecycle.door import Refused
from portal.units.permissions import may_read_all

from ..announcing import announcements_of, draft_announcement


@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft and open it in the editor."""
    if not may_read_all(request.user):
        raise Http404
    call = get_object_or_404(
        CallPage.objects.select_related("programme_year"), id=pk, kind=FormKind.APPLICATION
    )
    drafted = list(announcements_of(call))
    try:
        page = draft_announcement(call, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("office:call", pk=pk)
    if page in drafted:
        messages.info(request, _("名单没有变，打开的是已有的公布稿。"))
    else:
        messages.success(request, _("公布稿已按立项名单生成。看过后送审，三审通过才会发布。"))
    return redirect("wagtailadmin_pages:edit", page.pk)
