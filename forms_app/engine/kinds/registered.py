"""Choosing from lists that other rooms register: categories, units, the unit's own projects."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..context import FillingContext
from ..reading import is_raw
from ..sources import choices_in
from .base import Fault, Kind, Labels, Spec, keep, unreadable, whole
from .choice import FEW, Choices, with_lost


class RegisteredChoice(Kind):
    """One code of a registered list."""

    template = "forms_app/form/kinds/choice.html"
    grouped = True
    source: str

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        text = data.get(name, "")
        if not text:
            return None
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

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        return {
            **super().widget(answer, field, context),
            "few": False,
            "none_offered": _("本单位还没有往年立项的项目"),
        }


class Units(Choices):
    """Other units, by their codes; the applicant unit itself is not offered."""

    code = "units"
    label = gettext_lazy("其他单位")
    group = "people"
    order = 60
    icon = "group"

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("min_choices", whole(gettext_lazy("最少选几个单位"))),
            ("max_choices", whole(gettext_lazy("最多选几个单位"), min_value=1)),
        ]

    def offered(self, field: Spec, context: FillingContext) -> list[tuple[str, str]]:
        return choices_in(context, "units")

    def sources(self, answer: Any, field: Spec) -> Iterable[tuple[str, str]]:
        return [("units", code) for code in answer if not is_raw(code)]

    def known(self, field: Spec, labels: Labels) -> Mapping[str, str]:
        return labels.get("units", {})


KINDS = (Category(), OwnProject(), Units())
