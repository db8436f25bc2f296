"""What public pages show of the content room."""

import re
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from ..models import NoticeIndexPage, PolicyIndexPage

register = template.Library()


def _newest(index: Any, context: dict[str, Any], count: int) -> list[dict[str, Any]]:
    if index is None:
        return []
    request = context.get("request")
    return [index.list_item(page, request) for page in index.dated_pages()[:count]]


@register.simple_tag(takes_context=True)
def newest_notices(context: dict[str, Any], count: int = 4) -> list[dict[str, Any]]:
    """Return the newest notices for `components/notice_list.html`."""
    return _newest(NoticeIndexPage.objects.first(), context, count)


@register.simple_tag(takes_context=True)
def newest_policies(context: dict[str, Any], count: int = 3) -> list[dict[str, Any]]:
    """Return the newest policy documents for `components/notice_list.html`."""
    return _newest(PolicyIndexPage.objects.first(), context, count)


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], name: str, *args: Any) -> str:
    """Return the full address of a named view."""
    path = reverse(name, args=args)
    request = context.get("request")
    return request.build_absolute_uri(path) if request else settings.BASE_URL + path


@register.filter
def clauses(text: str) -> list[str]:
    """Return a headline's clauses, each with its comma, so that lines break between them."""
    return re.findall(r"[^，。；]+[，。；]?", text)
