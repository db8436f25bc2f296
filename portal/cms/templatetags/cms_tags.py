"""What public pages show of the content room."""

import re
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from ..models import BasePage, NoticeIndexPage, NoticePage, PolicyIndexPage, PolicyPage

register = template.Library()
FIRST_NUMBER = re.compile(r"[+(（]?\d[\d()（）\s-]*\d")
CHINESE = re.compile(r"[\u3400-\u9fff]")
SHORT_TITLE = 10  # characters: fits a line of every screen
# Words that the titles of notices and documents and the names of units are made of, the longer before the shorter.
WORDS = (
    "委员会|办公室|教职工|进一步|计算机"
    "|关于|公布|公示|下达|加强|做好|开展|实施|申报|评审|评选|立项|培育|检查|走访|交流|总结|验收|评估|结项|表彰|调整|延长"
    "|开放|时间|经费|年度|中期|工作|建设|管理|文化|品牌|项目|活动|课题|工会|协会|学院|大学|职工"
    "|通知|公告|决定|意见|办法|方案|细则|规定|报告|说明|安排|名单|结果|文件|答疑|问题|大家|怎么|若干|有关"
    "|工程|科学|技术|信息|环境|生物|食品|经济|教育|艺术|设计|服务|中心"
)
QUOTED, KEEP, END = (
    mark_safe(tag) for tag in ('<span class="keep quoted">', '<span class="keep">', "</span>")
)
ANNEX = re.compile(r"(（附件[0-9]{0,2}）|附件[0-9]{1,2})")
KEPT = re.compile(rf"(“[^”]{{1,8}}”|《[^》]{{1,8}}》|[0-9]{{4}}年度?|{WORDS})")


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


@register.simple_tag
def beside(page: BasePage, name: str, *args: Any) -> str:
    """Return the full address of a named view under the address of a page's site, whatever host or scheme was asked for."""
    _site, root, _path = page.get_url_parts()
    return f"{root}{reverse(name, args=args)}"


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
    """Return a title marked so that lines break between its clauses, and inside no quotation, name of a work, year or word of office.

    Browsers break Chinese between any two characters: they know no words of it.
    """
    clauses_of = re.findall(r"[^：]*：|[^：]+", title)
    if len(clauses_of) < 2:
        return _words_kept(title)
    return _in_clauses(clauses_of, "")


def _in_clauses(parts: list[str], between: str) -> SafeString:
    marked = ((_words_kept(part),) for part in parts)
    return format_html_join(between, '<span class="clause">{}</span>', marked)


def _words_kept(text: str) -> SafeString:
    parts = KEPT.split(text) if len(text) > SHORT_TITLE else [text]
    return format_html_join(
        "",
        "{}{}{}",
        (
            (QUOTED if part[0] in "“《" else KEEP, part, END) if place % 2 else ("", part, "")
            for place, part in enumerate(parts)
        ),
    )


@register.filter
def with_annexes(text: str, annexes: list[tuple[str, Any]] | None) -> SafeString:
    """Return a paragraph in which （附件2） is not torn, and leads to the file that the page offers of it.

    Args:
        text: of an official document.
        annexes: `PolicyPage.annexes`.
    """
    found = ANNEX.split(text)
    return format_html_join(
        "",
        "{}",
        ((_annex(part, annexes or []) if place % 2 else part,) for place, part in enumerate(found)),
    )


def _annex(named: str, annexes: list[tuple[str, Any]]) -> SafeString:
    number = int("".join(filter(str.isdecimal, named)) or 1)
    file = annexes[number - 1][1] if 0 < number <= len(annexes) else None
    if file is None:
        return format_html('<span class="keep">{}</span>', named)
    return format_html('<a class="keep" href="{}">{}</a>', file.url, named)


@register.filter
def official_title(title: str) -> SafeString:
    """Return a document's title in the parts between its blanks, which is where its head breaks lines, so that ours do."""
    return _in_clauses(re.split(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])", title), " ")


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
