"""Addresses that are shown, several in a row: links, and videos on a platform."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..reading import narrow
from .base import Fault, Spec
from .people import ReadyTable, column
from .url import BV, ON_BILIBILI, Url


class Video(Url):
    """A video on a platform: a BV number, or the address of the page that shows it.

    A BV number, alone or within an address of Bilibili, becomes the plain address without what shares add to it.
    """

    code = "video"
    label = gettext_lazy("视频（平台链接）")
    group = "file"
    order = 30
    icon = "media"
    input_type = "text"  # a BV number is no address

    def parse(self, text: str, options: Mapping[str, Any]) -> str:
        text = narrow(text)
        found = BV.search(text)
        if found and "bilibili.com" in text.lower():
            return f"{ON_BILIBILI}{found[0]}"
        return super().parse(text, options)

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        for _fault in super().mistakes(answer, field, files):
            yield Fault(_("请填 BV 号（如 BV1xx411c7mD），或以 https:// 开头的播放页网址"))


class Links(ReadyTable):
    """Several links, each with its title."""

    code = "links"
    label = gettext_lazy("多个链接")
    icon = "link"

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return self.limit_blocks()

    def columns(self, options: dict[str, Any]) -> list[Spec]:
        return [
            column("title", "text", "标题", required=True, max_characters=80),
            column("url", "url", "网址", required=True),
        ]


class Videos(Links):
    """Several videos, each with its title."""

    code = "videos"
    label = gettext_lazy("多个视频（平台链接）")
    group = "file"
    order = 40
    icon = "media"

    def columns(self, options: dict[str, Any]) -> list[Spec]:
        return [
            column("title", "text", "标题", required=True, max_characters=50),
            column("url", "video", "BV 号或播放页网址", required=True),
        ]


KINDS = (Video(),)
TABLES = (Links, Videos)
