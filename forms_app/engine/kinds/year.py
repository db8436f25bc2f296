"""A whole year."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..reading import is_raw, narrow
from .base import CellKind, Fault, Spec, keep, unreadable, whole

WRITTEN = re.compile(r"(\d{4})\s*(?:年度?|学年)?")
FIRST, LAST = 1900, 2199


class Year(CellKind):
    """A year of four digits; "2024年" and "2024年度" are read too."""

    code = "year"
    label = gettext_lazy("年份")
    group = "day"
    order = 20
    icon = "calendar"
    inputmode = "numeric"
    size = "short"

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("min", whole(gettext_lazy("最早"), min_value=FIRST)),
            ("max", whole(gettext_lazy("最晚"), min_value=FIRST)),
        ]

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        found = WRITTEN.fullmatch(narrow(text))
        year = int(found[1]) if found else 0
        return year if FIRST <= year <= LAST else keep(text)

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        return _("%(year)d年") % {"year": answer}

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_raw(answer):
            yield Fault(
                _("请填四位数的年份，如 2024；现在是“%(text)s”") % {"text": unreadable(answer)}
            )
            return
        least, most = field["options"].get("min"), field["options"].get("max")
        if least is not None and answer < least:
            yield Fault(_("不能早于 %(year)d 年") % {"year": least})
        if most is not None and answer > most:
            yield Fault(_("不能晚于 %(year)d 年") % {"year": most})


KINDS = (Year(),)
