"""Choosing from a list that the definition holds: one, several, or yes and no."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from portal.plain_text import tidy

from .. import ticks
from ..context import FillingContext
from ..reading import is_blank, is_raw, length
from .base import CellKind, Fault, Kind, Labels, Spec, keep, unreadable, whole

FEW = 7  # up to here all choices stand open; more fold into a list
OTHER = "__other__"
OTHER_LIMIT = 40


class OptionBlock(blocks.StructBlock):
    """One choice."""

    label = blocks.CharBlock(label=gettext_lazy("文字"), max_length=60)
    code = blocks.RegexBlock(
        regex=r"^[a-z0-9_]{1,40}$",
        label=gettext_lazy("代码"),
        required=False,
        help_text=gettext_lazy("不用填，保存时按文字自动取；发布后不要改"),
        error_messages={"invalid": gettext_lazy("代码只用小写字母、数字和下划线")},
    )

    class Meta:
        label = gettext_lazy("选项")
        icon = "radio-full"
        label_format = "{label}"
        form_layout = blocks.BlockGroup(children=["label"], settings=["code"])


def options_block() -> tuple[str, blocks.Block]:
    """Return the designer's list of choices."""
    two = [{"label": "", "code": ""} for _number in range(2)]
    return "choices", blocks.ListBlock(
        OptionBlock(), label=gettext_lazy("选项"), min_num=2, default=two
    )


def other_block() -> tuple[str, blocks.Block]:
    """Return the designer's tick for an answer of one's own."""
    return "other", blocks.BooleanBlock(label=gettext_lazy("允许填写“其他”"), required=False)


def is_other(answer: Any) -> bool:
    """Return whether somebody wrote an answer of his own."""
    return isinstance(answer, dict) and "other" in answer


def other_too_long(answer: Mapping[str, str]) -> Iterator[Fault]:
    """Yield that an answer of one's own is too long."""
    if length(answer["other"]) > OTHER_LIMIT:
        yield Fault(_("“其他”最多写 %(limit)d 字") % {"limit": OTHER_LIMIT})


def other_text(answer: Mapping[str, str]) -> str:
    """Return how an answer of one's own is read."""
    return _("其他：%(text)s") % {"text": answer["other"]}


def with_lost(offered: list[tuple[str, str]], chosen: list[str]) -> list[tuple[str, str]]:
    """Return the choices with those that were chosen and are no longer offered: an input that left them out would lose them."""
    known = dict(offered)
    return [*offered, *((code, code) for code in chosen if code and code not in known)]


def kind_text(answer: Any, field: Spec, kind: Kind) -> str:
    """Return what somebody chose (or typed), in words."""
    if is_other(answer):
        return str(answer["other"])
    if is_raw(answer):
        return unreadable(answer)
    if isinstance(kind, CellKind):
        return kind.written(answer, field["options"])
    return dict(pairs(field["options"])).get(answer, str(answer))


def chosen_again(answer: Any, text: str, field: Spec) -> Any:
    """Return an answer chosen among other choices: by its code, by its words, as one's own, or kept as it was."""
    choices = pairs(field["options"])
    if isinstance(answer, str) and answer in dict(choices):
        return answer
    code = {label: code for code, label in choices}.get(text)
    if code:
        return code
    return {"other": text} if is_other(answer) and field["options"].get("other") else keep(text)


def pairs(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the choices of a field as (code, label)."""
    return [(choice["code"], choice["label"]) for choice in options.get("choices", [])]


class Choice(CellKind):
    """One of a list, with room for something else where the field allows it."""

    code = "choice"
    label = gettext_lazy("单选")
    group = "choice"
    order = 10
    icon = "radio-full"
    template = "forms_app/form/kinds/choice.html"
    grouped = True
    input_type = "select"

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [options_block(), other_block()]

    def conditions(self, field: Spec) -> Collection[str] | None:
        return [code for code, _label in pairs(field["options"])]

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        return text if text in dict(pairs(options)) else keep(text)

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        text = tidy(data.get(name, ""))
        if text == OTHER and field["options"].get("other"):
            return {"other": tidy(data.get(f"{name}-other", ""))}
        return self.parse(text, field["options"]) if text else None

    def written(self, answer: Any, options: Mapping[str, Any]) -> str:
        if is_other(answer):
            return str(answer["other"])
        return unreadable(answer) if is_raw(answer) else dict(pairs(options)).get(answer, answer)

    def taken_over(self, answer: Any, field: Spec, old: Spec, kind: Kind) -> Any:
        """A choice that is no longer offered is kept by its words; one that is offered under another code is found."""
        if isinstance(kind, Choices) and len(answer) == 1:
            [answer] = answer
        elif not isinstance(kind, CellKind):
            return None
        return chosen_again(answer, kind_text(answer, old, kind), field)

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_raw(answer) or (
            isinstance(answer, str) and answer not in dict(pairs(field["options"]))
        ):
            yield Fault(_("这个选项已经没有了，请重新选择"))
        elif is_other(answer):
            yield from other_too_long(answer)

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if is_other(answer) and not answer["other"]:
            yield Fault(_("请写明“其他”是什么"))

    def missing(self, field: Spec) -> str:
        return _("请选择“%(label)s”") % {"label": field["label"]}

    def input(self, answer: Any, options: Mapping[str, Any]) -> dict[str, Any]:
        value = self.typed(answer, options)
        return {
            **super().input(answer, options),
            "input_type": "select",
            "choices": with_lost(pairs(options), [value]),
        }

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        other = answer["other"] if is_other(answer) else None
        value = OTHER if other is not None else self.typed(answer, {})
        choices = pairs(field["options"])
        return {
            "choices": choices if other is not None else with_lost(choices, [value]),
            "few": len(choices) <= FEW,
            "value": value,
            "offers_other": field["options"].get("other", False),
            "other_code": OTHER,
            "other": other or "",
        }

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        if is_other(answer):
            return other_text(answer)
        return dict(pairs(options)).get(answer, answer)

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        options = field["options"]
        other = answer["other"] if is_other(answer) else None
        line = ticks.boxes(pairs(options), [answer] if isinstance(answer, str) else [])
        return ticks.with_other(line, other) if options.get("other") else line

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
            written, other = ticks.apart_from_other(written)
            if other and not ticks.marked_labels(written, [label for _code, label in choices]):
                return {"other": other}
        return one_of(written, choices)


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
    """Several of a list, with room for something else where the field allows it."""

    code = "choices"
    label = gettext_lazy("多选")
    group = "choice"
    order = 20
    icon = "tick"
    template = "forms_app/form/kinds/choices.html"
    grouped = True
    joins = True

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [options_block(), other_block(), *self.limit_blocks()]

    def limit_blocks(self) -> list[tuple[str, blocks.Block]]:
        """Return the designer's inputs of how many can be chosen."""
        return [
            ("min_choices", whole(gettext_lazy("最少选几项"))),
            ("max_choices", whole(gettext_lazy("最多选几项"), min_value=1)),
        ]

    def offered(self, field: Spec, context: FillingContext) -> list[tuple[str, str]]:
        """Return what can be chosen."""
        return pairs(field["options"])

    def conditions(self, field: Spec) -> Collection[str] | None:
        return [code for code, _label in pairs(field["options"])]

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        codes = list(filter(None, dict.fromkeys(map(tidy, data.getlist(name)))))
        if context.trusts_saved and codes == before:
            return codes or None
        known = dict(self.offered(field, context)) if codes else {}
        found: list[Any] = []
        for code in codes:
            if code == OTHER and field["options"].get("other"):
                found.append({"other": tidy(data.get(f"{name}-other", ""))})
            else:
                found.append(code if code in known else keep(code))
        return found or None

    def taken_over(self, answer: Any, field: Spec, old: Spec, kind: Kind) -> Any:
        if isinstance(kind, Choices):
            if kind.code == self.code and self.code != "choices":
                return answer
            return [chosen_again(one, kind_text(one, old, kind), field) for one in answer]
        if isinstance(kind, Choice):
            return [chosen_again(answer, kind_text(answer, old, kind), field)]
        return None

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
        for one in answer:
            if is_other(one):
                yield from other_too_long(one)

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        least = field["options"].get("min_choices")
        if least and len(answer) < least:
            yield Fault(
                _("至少选 %(least)d 项，现在选了 %(count)d 项")
                % {"least": least, "count": len(answer)}
            )
        if any(is_other(one) and not one["other"] for one in answer):
            yield Fault(_("请写明“其他”是什么"))

    def missing(self, field: Spec) -> str:
        return _("请选择“%(label)s”") % {"label": field["label"]}

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        chosen = [one for one in answer or [] if not is_other(one)]
        codes = [unreadable(code) if is_raw(code) else code for code in chosen]
        other = next((one["other"] for one in answer or [] if is_other(one)), None)
        return {
            "choices": with_lost(self.offered(field, context), codes),
            "value": [*codes, *([OTHER] if other is not None else [])],
            "offers_other": field["options"].get("other", False),
            "other_code": OTHER,
            "other": other or "",
        }

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        known = self.known(field, labels)
        return "list", [
            other_text(one)
            if is_other(one)
            else unreadable(one)
            if is_raw(one)
            else known.get(one, one)
            for one in answer
        ]

    def known(self, field: Spec, labels: Labels) -> Mapping[str, str]:
        """Return the labels of the codes that may stand in the answer."""
        return dict(pairs(field["options"]))

    writable_in_word = True

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        chosen = [code for code in answer or [] if isinstance(code, str)]
        line = ticks.boxes(self.offered(field, context), chosen)
        if not field["options"].get("other"):
            return line
        other = next((one["other"] for one in answer or [] if is_other(one)), None)
        return ticks.with_other(line, other)

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        codes = {label: code for code, label in self.offered(field, context)}
        written, other = tidy(text), None
        if field["options"].get("other"):
            written, other = ticks.apart_from_other(written)
        found = ticks.ticked(written, list(codes))
        if found is None and not other:
            plain = ticks.without_boxes(written)
            return [keep(plain)] if plain else None
        chosen: list[Any] = [codes[label] for label in dict.fromkeys(found or [])]
        return chosen + ([{"other": other}] if other else []) or None

    def limits(self, field: Spec) -> str:
        most = field["options"].get("max_choices")
        return _("最多选 %(most)d 项") % {"most": most} if most else _("可选几项")


class YesNo(Kind):
    """Yes or no; not answered is neither."""

    code = "yes_no"
    label = gettext_lazy("是或否")
    group = "choice"
    order = 30
    icon = "help"
    template = "forms_app/form/kinds/choice.html"
    grouped = True

    def conditions(self, field: Spec) -> Collection[str] | None:
        return ("yes", "no")

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
    group = "choice"
    order = 60
    icon = "tick-inverse"
    template = "forms_app/form/kinds/declaration.html"
    grouped = True
    carried_over = False

    def conditions(self, field: Spec) -> Collection[str] | None:
        return ("yes",)

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
