"""Choosing from lists that other rooms register: categories, units, the unit's own projects."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from portal.plain_text import tidy

from .. import ticks
from ..context import FillingContext
from ..reading import is_blank, is_raw
from ..sources import choices_in
from .base import Fault, Kind, Labels, Spec, keep, unreadable, whole
from .choice import FEW, Choices, one_of, with_lost


class RegisteredChoice(Kind):
    """One code of a registered list."""

    template = "forms_app/form/kinds/choice.html"
    grouped = True
    source: str

    def conditions(self, field: Spec) -> Collection[str] | None:
        return None  # the list is the database's

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        text = tidy(data.get(name, ""))
        if not text:
            return None
        if context.trusts_saved and text == before:
            return text
        return text if text in dict(choices_in(context, self.source)) else keep(text)

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_raw(answer):
            yield Fault(_("这个选项已经没有了，请重新选择"))

    def missing(self, field: Spec) -> str:
        return _("请选择“%(label)s”") % {"label": field["label"]}

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        choices = choices_in(context, self.source)
        value = unreadable(answer) if is_raw(answer) else (answer or "")
        few = len(choices) <= FEW
        return {"choices": with_lost(choices, [value]), "few": few, "value": value}

    def sources(self, answer: Any, field: Spec) -> Iterable[tuple[str, str]]:
        return () if is_raw(answer) else ((self.source, answer),)

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        if is_raw(answer):
            return "text", unreadable(answer)
        return "text", labels.get(self.source, {}).get(answer, answer)

    writable_in_word = True

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        choices = choices_in(context, self.source)
        if not is_blank(answer) and (is_raw(answer) or answer not in dict(choices)):
            return super().word_text(answer, field, context)
        return ticks.boxes(choices, [answer])

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        return one_of(tidy(text), choices_in(context, self.source))


class Category(RegisteredChoice):
    """One of the programme's categories, by its code."""

    code = "category"
    label = gettext_lazy("项目类别")
    group = "choice"
    order = 40
    icon = "tag"
    source = "categories"


class OwnProject(RegisteredChoice):
    """An earlier project of the unit, by its number."""

    code = "own_project"
    label = gettext_lazy("本单位往年项目")
    group = "choice"
    order = 50
    icon = "history"
    source = "own_projects"
    identifies = True

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        return {
            **super().widget(answer, field, context),
            "few": False,
            "none_offered": _("本单位还没有往年立项的项目"),
        }

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        return "" if is_blank(answer) else Kind.word_text(self, answer, field, context)


class Units(Choices):
    """Other units, by their codes; the applicant unit itself is not offered."""

    code = "units"
    label = gettext_lazy("其他单位")
    group = "people"
    order = 60
    icon = "group"
    identifies = True

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("min_choices", whole(gettext_lazy("最少选几个单位"))),
            ("max_choices", whole(gettext_lazy("最多选几个单位"), min_value=1)),
        ]

    def conditions(self, field: Spec) -> Collection[str] | None:
        return None

    def offered(self, field: Spec, context: FillingContext) -> list[tuple[str, str]]:
        return choices_in(context, "units")

    def sources(self, answer: Any, field: Spec) -> Iterable[tuple[str, str]]:
        return [("units", code) for code in answer if not is_raw(code)]

    def known(self, field: Spec, labels: Labels) -> Mapping[str, str]:
        return labels.get("units", {})

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        """Names, not boxes: a university has sixty units."""
        return Kind.word_text(self, answer, field, context)

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        """Read names with anything between them; what is left over is kept as it was written."""
        codes = {name: code for code, name in self.offered(field, context)}
        text = tidy(text)
        rest, found = text, []
        for name in sorted(codes, key=len, reverse=True):
            if name in rest:
                found.append((text.index(name), codes[name]))
                rest = rest.replace(name, "、")
        unknown = [keep(part) for part in re.split(r"[、,，;；/\s]+", rest) if part]
        return [code for _place, code in sorted(found)] + unknown or None

    def limits(self, field: Spec) -> str:
        most = field["options"].get("max_choices")
        names = _("写单位全称，用顿号隔开")
        return _("%(names)s，最多 %(most)d 个") % {"names": names, "most": most} if most else names


KINDS = (Category(), OwnProject(), Units())
