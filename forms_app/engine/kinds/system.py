"""What the system puts on a form: computed values, and text that explains."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from .. import sources
from ..context import FillingContext
from ..reading import is_blank, is_raw
from .base import Kind, Labels, Spec
from .date import day_text
from .designer import source_name
from .number import money_text
from .rows import column_sum, money_pattern

TERM = re.compile(r"\s*([+-]?)\s*([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?")
FROM_CONTEXT = {
    "project_no": lambda context: context.project_no or sources.prefill("project_no", context),
    "year": lambda context: context.year,
    "unit": lambda context: str(context.unit or ""),
}


def terms(formula: str) -> list[tuple[int, str, str]]:
    """Return the terms of "a + b − rows.column" as (sign, field, column or "").

    Raises:
        ValueError: something else than field codes, + and − stands in it.
    """
    text, found, at = formula.replace("−", "-").replace("－", "-").replace("＋", "+").strip(), [], 0
    while at < len(text):
        match = TERM.match(text, at)
        if not match or (found and not match[1]):
            raise ValueError(formula)
        found.append((-1 if match[1] == "-" else 1, match[2], match[3] or ""))
        at = match.end()
    return found


def amount(answers: Mapping[str, Any], key: str, column: str) -> Decimal:
    """Return the number an answer stands for; unanswered and unreadable count as 0."""
    answer = answers.get(key)
    if is_blank(answer) or is_raw(answer):
        return Decimal(0)
    return column_sum(answer, column) if column else Decimal(answer)


class Computed(Kind):
    """A value nobody types: from the entry, from other answers, or copied by another room."""

    code = "computed"
    label = gettext_lazy("系统填写")
    group = "system"
    order = 10
    icon = "cog"
    template = "forms_app/form/kinds/computed.html"
    answered = False

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "source",
                blocks.ChoiceBlock(
                    label=gettext_lazy("来自"),
                    choices=[
                        ("project_no", gettext_lazy("项目编号")),
                        ("year", gettext_lazy("年度")),
                        ("unit", gettext_lazy("申报单位")),
                        ("formula", gettext_lazy("算式")),
                        ("prefill", gettext_lazy("从立项内容复制")),
                    ],
                ),
            ),
            (
                "formula",
                blocks.CharBlock(
                    label=gettext_lazy("算式"),
                    required=False,
                    max_length=400,
                    help_text=gettext_lazy(
                        "用栏目的名称和 + - 写，表格的一列写作“表格.列”，如 下达经费 - 决算明细.支出（元）"
                    ),
                ),
            ),
            (
                "name",
                source_name(
                    gettext_lazy("复制什么"),
                    gettext_lazy(
                        "如“立项的项目名称”；也可以写 approved. 加申报表栏目的代码，复制核准的任何一项"
                    ),
                    required=False,
                ),
            ),
            (
                "format",
                blocks.ChoiceBlock(
                    label=gettext_lazy("写法"),
                    required=False,
                    choices=[
                        ("", gettext_lazy("照原样")),
                        ("money", gettext_lazy("金额（元）")),
                        ("integer", gettext_lazy("整数")),
                        ("date", gettext_lazy("日期")),
                        ("category", gettext_lazy("项目类别")),
                    ],
                ),
            ),
        ]

    def value(self, field: Spec, answers: Mapping[str, Any], context: FillingContext) -> Any:
        """Return the neutral value for a form; None keeps what the answers hold."""
        options = field["options"]
        source = options.get("source")
        if source == "formula":
            return self.formula(field, answers)
        if source == "prefill":
            return sources.prefill(options.get("name", ""), context)
        return FROM_CONTEXT[source](context) if source in FROM_CONTEXT else None

    def formula(self, field: Spec, answers: Mapping[str, Any]) -> str | int:
        """Return the result of the field's formula: 元 as "1200.00", otherwise a whole number."""
        total = sum(
            (
                sign * amount(answers, key, column)
                for sign, key, column in terms(field["options"].get("formula", ""))
            ),
            Decimal(0),
        )
        return f"{total:.2f}" if field["options"].get("format") == "money" else int(total)

    def unanswered(self, field: Spec) -> str:
        if field["options"].get("source") == "project_no":
            return _("立项后由系统编号")
        return _("由系统填写")

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        known = {}
        if field["options"].get("format") == "category":
            known = {"categories": dict(sources.choices_in(context, "categories"))}
        text = self.unanswered(field) if is_blank(answer) else self.shown(answer, field, known)[1]
        return {
            "value": text,
            "number": answer if isinstance(answer, int | str) else "",
            "formula": field["options"].get("formula", ""),
            "money": money_pattern(field),
        }

    def sources(self, answer: Any, field: Spec) -> Any:
        return [("categories", answer)] if field["options"].get("format") == "category" else ()

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        style = field["options"].get("format")
        if style == "money":
            return "text", _("%(amount)s 元") % {"amount": money_text(answer)}
        if style == "integer":
            return "text", f"{answer:,}"
        if style == "date":
            return "text", day_text(answer)
        if style == "category":
            return "text", labels.get("categories", {}).get(answer, answer)
        return "text", str(answer)

    def excel_value(
        self, answer: Any, field: Spec, labels: Labels, files: Mapping[int, Any]
    ) -> Any:
        if isinstance(answer, int):
            return answer
        if field["options"].get("format") == "money":
            return Decimal(answer)
        if field["options"].get("format") == "date":
            return date.fromisoformat(answer)
        return super().excel_value(answer, field, labels, files)

    def narrow_on_paper(self, field: Spec) -> bool:
        return field["options"].get("name") != "approved_title"


class StaticText(Kind):
    """Words between the fields."""

    code = "static_text"
    label = gettext_lazy("说明文字")
    group = "system"
    order = 20
    icon = "info-circle"
    template = "forms_app/form/kinds/static_text.html"
    answered = False


KINDS = (Computed(), StaticText())
