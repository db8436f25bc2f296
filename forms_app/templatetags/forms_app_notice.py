"""What public pages show of public notices: the lists, how long they run, where to object, what was announced."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.decision.noticing import (
    NoticeStanding,
    announcements_of,
    drafted_announcements,
    listed_on,
    shown_in,
    standing_of,
)
from portal.cms.models import NoticePage, unrestricted

from ..models import CallPage, PublicNotice

register = template.Library()


@register.inclusion_tag("forms_app/public_notice.html")
def public_notice(call: CallPage) -> dict[str, Any]:
    """Show the entries of a call that are in public notice today; nothing where there are none (two queries at most)."""
    notices: dict[PublicNotice, list[Any]] = {}
    for entry in shown_in(call):
        notices.setdefault(entry.decision.notice, []).append(entry)
    return {"notices": [(notice_standing(notice), listed) for notice, listed in notices.items()]}


@register.inclusion_tag("forms_app/notice_table.html")
def notice_list(notice: PublicNotice, *, runs: bool) -> dict[str, Any]:
    """Show everything one public notice lists; objections are taken while it runs (one query)."""
    return {"entries": listed_on(notice), "runs": runs}


@register.simple_tag
def notice_standing(notice: PublicNotice) -> NoticeStanding:
    """Return how a public notice stands today."""
    return standing_of(notice, timezone.localdate())


@register.simple_tag
def announced(call: CallPage) -> list[NoticePage]:
    """Return the public announcements of what came out of a call."""
    return list(announcements_of(call))


@register.inclusion_tag("forms_app/notice_panel.html")
def notice_panel(page: NoticePage) -> dict[str, Any]:
    """Show, on a notice that is about a call, the call and how the public notice of that time stands; nothing on any other.

    That is the newest one that had begun on the day the notice appeared: what was told before has nothing to do with it. An
    announcement tells what came out: what still runs is about others.
    """
    call = unrestricted(CallPage.objects.live()).filter(pk=page.about_id).first()
    if call is None:
        return {"call": None}
    now = timezone.now()
    told = timezone.localdate(page.first_published_at or now)
    begun = call.public_notices.filter(starts_on__lte=told)
    announcements = drafted_announcements(call)
    if page.pk in {one.pk for one in announcements}:
        begun = begun.filter(ends_on__lt=timezone.localdate(now))
    notice = begun.first()
    return {
        "call": call,
        "phase": call.phase(now),
        "standing": notice and standing_of(notice, timezone.localdate(now)),
        "listed": listed_on(notice).count() if notice else 0,
        "announcements": [one for one in announcements if one.live and one.pk != page.pk],
    }


@register.inclusion_tag("forms_app/told_of_call.html")
def told_of_call(call: CallPage) -> dict[str, Any]:
    """List the notices that tell of a call and its public notices that have ended, newest first; nothing where there are none."""
    told = [
        {"title": page.title, "url": page.url, "date": page.dated}
        for page in NoticePage.objects.about(call)
    ]
    ended = PublicNotice.objects.filter(call_id=call.pk, ends_on__lt=timezone.localdate())
    told += [
        {
            "title": _("拟立项项目公示名单"),
            "url": f"{call.url}{notice.place}",
            "date": notice.starts_on,
            "note": _("公示已结束"),
        }
        for notice in ended
    ]
    return {"items": sorted(told, key=lambda item: item["date"], reverse=True)}
