"""Short and long text, limited in characters as people count them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from portal.plain_text import tidy

from ..context import FillingContext
from ..reading import is_raw, length
from .base import MAX_CHARACTERS, MIN_CHARACTERS, CellKind, Fault, Labels, Spec, unreadable, whole


def too_long(answer: Any, options: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield by how many characters a text is too long."""
    limit = options.get("max_characters")
    if limit and isinstance(answer, str) and length(answer) > limit:
        yield Fault(
            _("超出 %(over)d 字，最多 %(limit)d 字")
            % {"over": length(answer) - limit, "limit": limit}
        )


def too_short(answer: Any, options: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield by how many characters a text is too short."""
    least = options.get("min_characters")
    if least and isinstance(answer, str) and length(answer) < least:
        yield Fault(
            _("还差 %(short)d 字，至少 %(least)d 字")
            % {"short": least - length(answer), "least": least}
        )


class Text(CellKind):
    """One line of text."""

    code = "text"
    label = gettext_lazy("单行文字")
    order = 10
    icon = "pilcrow"

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("min_characters", whole(MIN_CHARACTERS)),
            ("max_characters", whole(MAX_CHARACTERS, min_value=1)),
        ]

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        yield from too_long(answer, field["options"])

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        yield from too_short(answer, field["options"])


class LongText(Text):
    """Paragraphs. As a column it is a small box in the table."""

    code = "long_text"
    label = gettext_lazy("多行文字")
    order = 20
    icon = "doc-full"
    template = "forms_app/form/kinds/long_text.html"
    joins = True
    weight = 7
    input_type = "textarea"

    def parse(self, text: str, options: Mapping[str, Any]) -> str:
        return tidy(text, lines=True)

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        limit = field["options"].get("max_characters") or 300
        return {"value": self.typed(answer, {}), "lines": min(18, max(4, limit // 60))}

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        return "lines", unreadable(answer) if is_raw(answer) else answer

    def narrow_on_paper(self, field: Spec) -> bool:
        return False


KINDS = (Text(), LongText())
