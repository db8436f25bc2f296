"""Lists of people, and what tables share whose columns the kind knows."""

from abc import ABC, abstractmethod
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from .base import Spec, whole
from .rows import Rows

# What is frozen into a schema is Chinese whoever publishes it.
LABELS = {
    "staff_no": "工号",
    "unit": "单位",
    "post": "职务 / 职称",
    "phone": "电话",
    "duty": "分工",
}


def column(key: str, kind: str, label: Any, *, required: bool = False, **options: Any) -> Spec:
    """Return one column of a table as schemas hold it."""
    return {
        "key": key,
        "kind": kind,
        "label": str(label),
        "required": required,
        "options": options,
    }


class ReadyTable(Rows, ABC):
    """A table whose columns follow from a few ticks. They are written into the schema: a version explains itself."""

    order = 20

    @abstractmethod
    def columns(self, options: dict[str, Any]) -> list[Spec]:
        """Return the columns for the options that were drawn."""

    def compiled(self, options: dict[str, Any]) -> dict[str, Any]:
        return {**options, "columns": self.columns(options)}

    def drawn(self, options: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in options.items() if name != "columns"}

    def limit_blocks(self) -> list[tuple[str, blocks.Block]]:
        """Return the designer's inputs of how many rows there may be."""
        return [
            ("min_rows", whole(gettext_lazy("最少几行"))),
            ("max_rows", whole(gettext_lazy("最多几行"), min_value=1)),
        ]


class People(ReadyTable):
    """Names, with what else the form asks about each person. Staff numbers and phones are never public."""

    code = "people"
    label = gettext_lazy("人员名单")
    group = "people"
    order = 10
    icon = "group"
    identifies = True
    asked = {
        "staff_no": gettext_lazy("工号"),
        "unit": gettext_lazy("单位"),
        "post": gettext_lazy("职务 / 职称"),
        "phone": gettext_lazy("电话"),
        "duty": gettext_lazy("分工"),
    }

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "asks",
                blocks.MultipleChoiceBlock(
                    label=gettext_lazy("除姓名外还要填"),
                    choices=list(self.asked.items()),
                    required=False,
                ),
            ),
            *self.limit_blocks(),
        ]

    def columns(self, options: dict[str, Any]) -> list[Spec]:
        ways: dict[str, tuple[str, dict[str, Any]]] = {
            "staff_no": ("staff_no", {}),
            "unit": ("text", {"max_characters": 40}),
            "post": ("text", {"max_characters": 40}),
            "phone": ("phone", {"landline": True}),
            "duty": ("text", {"max_characters": 50}),
        }
        asks = options.get("asks", [])
        return [
            column("name", "text", "姓名", required=True, max_characters=20),
            *(
                column(code, kind, LABELS[code], **own)
                for code, (kind, own) in ways.items()
                if code in asks
            ),
        ]

    def missing(self, field: Spec) -> str:
        return _("请至少填一人")


TABLES = (People,)
