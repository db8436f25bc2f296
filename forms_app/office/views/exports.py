"""What leaves a call in bulk: all answers as a workbook, and everything in one ZIP.

Whoever does not handle an entry (auditors; office staff of its own or a partner unit) does not get it this way.
"""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.messaging.jobs import ask
from portal.units.permissions import is_school_union
from portal.workbooks import CONTENT_TYPE

from ...models import CallPage
from ...paper.answers_book import answers_book
from ...paper.pack import ENTRIES_ZIP, left_out_words
from ...permissions import handled_by
from ..forms import QueueFilter
from ..gate import for_the_office
from .queue import filtered


@require_safe
@for_the_office
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out all answers of the list, filtered as on the screen, as an .xlsx file."""
    call = _call(pk)
    if not is_school_union(request.user):
        return _not_for(request, call)
    listed = filtered(call, QueueFilter(request.GET))
    handled = (
        listed.filter(pk__in=handled_by(request.user))
        .select_related("form_version")
        .prefetch_related("attachments")
    )
    left_out = listed.count() - len(handled)
    content = answers_book(handled, notes=[left_out_words(left_out)] if left_out else [])
    name = quote(_("%(call)s全部内容") % {"call": call.title} + ".xlsx")
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@require_POST
@for_the_office
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """Have every entry of the list packed, with its form and its files; leads to the page that shows how far it is."""
    call = _call(pk)
    if not is_school_union(request.user):
        return _not_for(request, call)
    listed = list(filtered(call, QueueFilter(request.POST)).values_list("pk", flat=True))
    handled = set(handled_by(request.user).filter(pk__in=listed).values_list("pk", flat=True))
    entries = [pk for pk in listed if pk in handled]
    if not entries:
        nothing = _("没有可以打包的申报：列表里的都不由您办理，或者已经没有了。")
        messages.info(request, nothing if listed else _("没有可以打包的申报。"))
        return redirect("office:queue", pk=pk)
    job = ask(
        ENTRIES_ZIP,
        actor=request.user,
        title=_("%(call)s：表格和附件") % {"call": call.title},
        params={
            "entries": entries,
            "left_out": len(listed) - len(entries),
            "name": f"{call.title}.zip".replace("/", "_"),
        },
        back=reverse("office:queue", args=[pk]),
    )
    return redirect(job)


def _not_for(request: HttpRequest, call: CallPage) -> HttpResponse:
    messages.error(request, _("您的账号可以查看全部内容，不办理申报，不能整批导出。"))
    return redirect("office:queue", pk=call.pk)


def _call(pk: int) -> CallPage:
    return get_object_or_404(CallPage, id=pk)
