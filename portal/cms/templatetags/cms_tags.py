"""What public pages show of the content room."""

import re
from typing import Any

from django import template

from ..models import NoticeIndexPage, NoticePage, PolicyIndexPage, PolicyPage

register = template.Library()


def _newest(index: Any, pages: Any, context: dict[str, Any], count: int) -> list[dict[str, Any]]:
    request = context.get("request")
    return [index.list_item(page, request) for page in pages.live().by_date()[:count]]


@register.simple_tag(takes_context=True)
def newest_notices(context: dict[str, Any], count: int = 4) -> list[dict[str, Any]]:
    """Return the newest notices for `components/notice_list.html`."""
    return _newest(NoticeIndexPage(), NoticePage.objects, context, count)


@register.simple_tag(takes_context=True)
def newest_policies(context: dict[str, Any], count: int = 3) -> list[dict[str, Any]]:
    """Return the newest policy documents for `components/notice_list.html`."""
    return _newest(PolicyIndexPage(), PolicyPage.objects, context, count)


@register.filter
def clauses(text: str) -> list[str]:
    """Return a headline's clauses, each with its comma, so that lines break between them."""
    return re.findall(r"[^，。；]+[，。；]?", text)
