"""Choosing from a list that the definition holds: one, several, or yes and no."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from .. import ticks
from ..context import FillingContext
from ..reading import is_blank, is_raw, length, tidy
from .base import CellKind, Fault, Kind, Labels, Spec, keep, unreadable

FEW = 7  # up to here all choices stand open; more fold into a list
OTHER = "__other__"
OTHER_LIMIT = 40


class OptionBlock(blocks.StructBlock):
    """One choice."""

    code = blocks.RegexBlock(
        regex=r"^[a-z0-9_]{1,40}$",
        label=gettext_lazy("代码"),
        help_text=gettext_lazy("小写字母、数字、下划线；发布后不要改"),
        error_messages={"invalid": gettext_lazy("代码只用小写字母、数字和下划线")},
    )
    label = blocks.CharBlock(label=gettext_lazy("文字"), max_length=60)

    class Meta:
        label = gettext_lazy("选项")
        icon = "radio-full"


def options_block() -> tuple[str, blocks.Block]:
    """Return the designer's list of choices."""
    return "choices", blocks.ListBlock(OptionBlock(), label=gettext_lazy("选项"), min_num=2)


def pairs(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the choices of a field as (code, label)."""
    return [(choice["code"], choice["label"]) for choice in options.get("choices", [])]


class Choice(CellKind):
    """One of a list, with room for something else where the field allows it."""

    code = "choice"
    label = gettext_lazy("单选")
    icon = "radio-full"
    template = "forms_app/form/kinds/choice.html"
    grouped = True
    input_type = "select"

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            options_block(),
            ("other", blocks.BooleanBlock(label=gettext_lazy("允许填写“其他”"), required=False)),
        ]

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        return text if text in dict(pairs(options)) else keep(text)

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        text = tidy(data.get(name, ""))
        if text == OTHER and field["options"].get("other"):
            return {"other": tidy(data.get(f"{name}-other", ""))}
        return self.parse(text, field["options"]) if text else None

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_raw(answer) or (
            isinstance(answer, str) and answer not in dict(pairs(field["options"]))
        ):
            yield Fault(_("这个选项已经没有了，请重新选择"))
        elif isinstance(answer, dict) and length(answer["other"]) > OTHER_LIMIT:
            yield Fault(_("“其他”最多写 %(limit)d 字") % {"limit": OTHER_LIMIT})

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if isinstance(answer, dict) and not is_raw(answer) and not answer["other"]:
            yield Fault(_("请写明“其他”是什么"))

    def missing(self, field: Spec) -> str:
        return _("请选择“%(label)s”") % {"label": field["label"]}

    def input(self, answer: Any, options: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().input(answer, options), "input_type": "select", "choices": pairs(options)}

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        other = answer.get("other") if isinstance(answer, dict) else None
        choices = pairs(field["options"])
        return {
            "choices": choices,
            "few": len(choices) <= FEW,
            "value": OTHER if other is not None else self.typed(answer, {}),
            "offers_other": field["options"].get("other", False),
            "other_code": OTHER,
            "other": other or "",
        }

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        if isinstance(answer, dict):
            return _("其他：%(text)s") % {"text": answer["other"]}
        return dict(pairs(options)).get(answer, answer)

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        options = field["options"]
        other = answer.get("other") if isinstance(answer, dict) else None
        line = ticks.boxes(pairs(options), [answer] if isinstance(answer, str) else [])
        if options.get("other"):
            mark = ticks.BOX if other is None else ticks.TICK
            line = f"{line}　{mark}{ticks.TIED}{OTHER_LABEL}：{other or '＿＿＿＿＿＿'}"
        return line

    def column_text(self, answer: Any, column: Spec, context: FillingContext) -> str:
        """The label alone: a table has no room for boxes."""
        if is_blank(answer):
            return ""
        return unreadable(answer) if is_raw(answer) else self.say(answer, column["options"])

    def column_hint(self, column: Spec) -> str:
        return "／".join(label for _code, label in pairs(column["options"]))

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        options = field["options"]
        choices, written = pairs(options), tidy(text)
        if options.get("other"):
            head, found, rest = written.partition(OTHER_LABEL)
            said = ticks.without_boxes(rest.lstrip("：: "))
            if (
                found
                and said
                and (
                    ticks.is_marked(head[-4:])
                    or not ticks.ticked(head, [label for _code, label in choices])
                )
            ):
                return {"other": said}
        return one_of(written, choices)


OTHER_LABEL = "其他"


def one_of(text: str, choices: list[tuple[str, str]]) -> Any:
    """Return the code of the one choice that is ticked or named in a text, None for none, raw for anything else."""
    by_label = {label: code for code, label in choices}
    plain = ticks.without_boxes(text)
    if plain in by_label:
        return by_label[plain] if ticks.is_marked(text) or plain == text else None
    if plain in by_label.values():
        return plain
    found = ticks.ticked(text, list(by_label))
    if found is None:
        return keep(plain) if plain else None
    if len(found) > 1:
        return keep("、".join(found))
    return by_label[found[0]] if found else None


class Choices(Kind):
    """Several of a list."""

    code = "choices"
    label = gettext_lazy("多选")
    icon = "tick"
    template = "forms_app/form/kinds/choices.html"
    grouped = True

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            options_block(),
            (
                "max_choices",
                blocks.IntegerBlock(label=gettext_lazy("最多选几项"), required=False, min_value=1),
            ),
        ]

    def offered(self, field: Spec, context: FillingContext) -> list[tuple[str, str]]:
        """Return what can be chosen."""
        return pairs(field["options"])

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        codes = list(dict.fromkeys(data.getlist(name)))
        known = dict(self.offered(field, context)) if codes else {}
        return [code if code in known else keep(code) for code in codes] or None

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        lost = [unreadable(code) for code in answer if is_raw(code)]
        if lost:
            yield Fault(_("“%(codes)s”已经不能选了，请去掉") % {"codes": "、".join(lost)})
        most = field["options"].get("max_choices")
        if most and len(answer) > most:
            yield Fault(
                _("最多选 %(most)d 项，现在选了 %(count)d 项")
                % {"most": most, "count": len(answer)}
            )

    def missing(self, field: Spec) -> str:
        return _("请选择“%(label)s”") % {"label": field["label"]}

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        chosen = answer or []
        lost = [(unreadable(code), unreadable(code)) for code in chosen if is_raw(code)]
        return {
            "choices": [*self.offered(field, context), *lost],
            "value": [unreadable(code) if is_raw(code) else code for code in chosen],
        }

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        known = self.known(field, labels)
        return "list", [
            unreadable(code) if is_raw(code) else known.get(code, code) for code in answer
        ]

    def known(self, field: Spec, labels: Labels) -> Mapping[str, str]:
        """Return the labels of the codes that may stand in the answer."""
        return dict(pairs(field["options"]))

    writable_in_word = True

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        chosen = [code for code in answer or [] if not is_raw(code)]
        return ticks.boxes(self.offered(field, context), chosen)

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        codes = {label: code for code, label in self.offered(field, context)}
        found = ticks.ticked(tidy(text), list(codes))
        if found is None:
            plain = ticks.without_boxes(tidy(text))
            return [keep(plain)] if plain else None
        return [codes[label] for label in dict.fromkeys(found)] or None

    def limits(self, field: Spec) -> str:
        most = field["options"].get("max_choices")
        return _("最多选 %(most)d 项") % {"most": most} if most else _("可选几项")


class YesNo(Kind):
    """Yes or no; not answered is neither."""

    code = "yes_no"
    label = gettext_lazy("是或否")
    icon = "help"
    template = "forms_app/form/kinds/choice.html"
    grouped = True

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        return {"yes": True, "no": False}.get(data.get(name, ""))

    def missing(self, field: Spec) -> str:
        return _("请选择“%(label)s”") % {"label": field["label"]}

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        value = "" if is_blank(answer) else ("yes" if answer else "no")
        return {"choices": [("yes", _("是")), ("no", _("否"))], "few": True, "value": value}

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        return "text", _("是") if answer else _("否")

    writable_in_word = True

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        chosen = {True: ["yes"], False: ["no"]}.get(answer, [])
        return ticks.boxes([("yes", "是"), ("no", "否")], chosen)

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        answer = one_of(tidy(text), [("yes", "是"), ("no", "否")])
        return {"yes": True, "no": False}.get(answer) if isinstance(answer, str) else None

    def narrow_on_paper(self, field: Spec) -> bool:
        return True


class Declaration(Kind):
    """A promise that has to be ticked before the form can be sent. Its help text is what is promised."""

    code = "declaration"
    label = gettext_lazy("承诺")
    icon = "tick-inverse"
    template = "forms_app/form/kinds/declaration.html"
    grouped = True

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        return True if data.get(name) else None

    def missing(self, field: Spec) -> str:
        return _("请阅读并勾选“%(label)s”") % {"label": field["label"]}

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        return "text", _("已承诺") if answer else _("未承诺")

    writable_in_word = True

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        words = field["help"] or _("已阅读并承诺")
        return f"{ticks.TICK if answer else ticks.BOX} {words}"

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        return True if ticks.is_marked(text) else None


KINDS = (Choice(), Choices(), YesNo(), Declaration())
