"""What public pages show of the content room."""

import re
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from ..models import NoticeIndexPage, NoticePage, PolicyIndexPage, PolicyPage

register = template.Library()
FIRST_NUMBER = re.compile(r"[+(（]?\d[\d()（）\s-]*\d")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def _newest(index: Any, pages: Any, context: dict[str, Any], count: int) -> list[dict[str, Any]]:
    request = context.get("request")
    return [index.list_item(page, request) for page in pages.live().by_date()[:count]]


@register.simple_tag(takes_context=True)
def newest_notices(context: dict[str, Any], count: int = 4) -> list[dict[str, Any]]:
    """Return the newest notices for `components/notice_list.html`."""
    return _newest(NoticeIndexPage(), NoticePage.objects, context, count)


@register.simple_tag(takes_context=True)
def newest_policies(context: dict[str, Any], count: int = 3) -> list[dict[str, Any]]:
    """Return the newest policy documents that hold, for `components/notice_list.html`."""
    return _newest(PolicyIndexPage(), PolicyPage.objects.in_force(), context, count)


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], name: str, *args: Any) -> str:
    """Return the full address of a named view."""
    path = reverse(name, args=args)
    request = context.get("request")
    return request.build_absolute_uri(path) if request else settings.BASE_URL + path


@register.filter
def qr_address(path: str | None) -> str:
    """Return the address of the QR code of a page of this site."""
    return f"{reverse('qr_code')}?{urlencode({'to': path})}" if path else ""


@register.filter
def dialled(phone: str) -> str:
    """Return the first number of a text as a telephone dials it, for a link `tel:`; nothing where there is none."""
    found = FIRST_NUMBER.search(phone or "")
    return re.sub(r"[^\d+]", "", found.group()) if found else ""


@register.filter
def section_name(title: str) -> str:
    """Return the title of a section in the reader's language; as it is where the office has given it another."""
    return pgettext("栏目", title) if title else title


@register.filter
def in_chinese(text: object) -> SafeString:
    """Return the attribute that says a text is Chinese, for a page in another language; nothing for any other text or page."""
    if get_language() == settings.LANGUAGE_CODE or not CHINESE.search(str(text)):
        return mark_safe("")
    return mark_safe(' lang="zh-Hans"')


@register.filter
def kept_together(title: str) -> SafeString:
    """Return a title in which no line breaks inside a short quotation, the name of a work or a year: “一会一品”, 《…》, 2026年度."""
    parts = re.split(r"(“[^”]{1,8}”|《[^》]{1,8}》|[0-9]{4}年度?)", title)
    return format_html_join(
        "",
        "{}{}{}",
        (
            (mark_safe('<span class="keep">'), part, mark_safe("</span>"))
            if place % 2
            else ("", part, "")
            for place, part in enumerate(parts)
        ),
    )


@register.filter
def official_title(title: str) -> SafeString:
    """Return a document's title in the parts between its blanks, which is where its head breaks lines, so that ours do."""
    parts = re.split(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])", title)
    return format_html_join(
        " ", '<span class="clause">{}</span>', ((kept_together(part),) for part in parts)
    )


@register.filter
def clauses(text: str) -> list[str]:
    """Return a headline's clauses, each with its comma, so that lines break between them."""
    return re.findall(r"[^，。；]+[，。；]?", text)


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """Return the numbers that lead through a paginator's pages: the ends and those beside this one; None for a gap."""
    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if number == paginator.ELLIPSIS else number for number in numbers]
