"""The list of what is in public notice, for the public page of a call."""

from typing import Any

from django import template

from forms_app.decision.noticing import listed_on, shown_in

from ..models import CallPage, PublicNotice

register = template.Library()


@register.inclusion_tag("forms_app/public_notice.html")
def public_notice(call: CallPage) -> dict[str, Any]:
    """Show the entries of a call that are in public notice today; nothing where there are none (one query)."""
    notices: dict[Any, list[Any]] = {}
    for entry in shown_in(call):
        notices.setdefault(entry.decision.notice, []).append(entry)
    return {"notices": list(notices.items())}


@register.inclusion_tag("forms_app/notice_table.html")
def notice_list(notice: PublicNotice, *, runs: bool) -> dict[str, Any]:
    """Show everything one public notice lists; objections are taken while it runs (one query)."""
    return {"entries": listed_on(notice), "runs": runs}
