"""What every kind of field offers: a block for the designer, reading, checking, an input and a display."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from portal.plain_text import tidy
from portal.typed_numbers import FigureField, WholeField

from ..context import FillingContext
from ..reading import is_blank, is_raw, narrow, raw
from ..sources import labels

# The shelves of the designer's menu, in their order.
GROUPS = {
    "text": gettext_lazy("文字"),
    "number": gettext_lazy("数字"),
    "day": gettext_lazy("日期"),
    "choice": gettext_lazy("选择"),
    "people": gettext_lazy("人员与单位"),
    "table": gettext_lazy("表格"),
    "file": gettext_lazy("文件、图片与视频"),
    "system": gettext_lazy("系统与说明"),
}
Spec = dict[str, Any]  # a field (or column) of a neutral schema
Labels = Mapping[str, Mapping[str, str]]  # source → code → label


@dataclass(frozen=True)
class Fault:
    """Something to mend in one answer; row (from 0) and column where it sits in a table."""

    message: str
    row: int | None = None
    column: str = ""


class Kind:
    """A kind of field.

    Attributes:
        code: its name in schemas; never changed once a form has been published.
        label: what the designer calls it.
        template: renders the input; gets `line`, `field`, `options` and what `widget` returns.
        answered: whether it takes answers from people (not system values or text on the form).
        grouped: whether it is several inputs under one name (rendered as a group with a legend).
        personal: never shown to the public, whatever the definition says.
        identifies: whether it says who applies; experts of a blind review do not see it.
        holds_files: whether the answer is a list of attachments, which come and go outside the form's saves.
        joins: whether the answers of two people can both be kept, one after the other.
        carried_over: whether next year's form may begin with this year's answer.
        wide: whether it takes the page's whole width.
        writable_in_word: whether an answer typed into the form's Word cell is read back.
        group, order: the shelf of the designer's menu it stands on, and its place there.
    """

    code: str
    label: Any
    group = "text"
    order = 50
    icon = "placeholder"
    template: str
    answered = True
    grouped = False
    personal = False
    identifies = False
    holds_files = False
    joins = False
    carried_over = True
    wide = False
    in_rows = False
    writable_in_word = False

    @property
    def place(self) -> tuple[int, int, str]:
        """Where the designer's menu offers the kind."""
        return list(GROUPS).index(self.group), self.order, self.code

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        """Return the designer's inputs of this kind's own options; their names are those of the options."""
        return []

    def compiled(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the options as a schema holds them: with what the kind itself adds to those that were drawn."""
        return options

    def drawn(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the options as the designer's block holds them; the inverse of `compiled`."""
        return options

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        """Return the neutral answer posted under a name; what cannot be read comes back as `{"raw": …}`.

        Args:
            data: the posted values (a QueryDict).
            name: the input's name.
            before: the answer the form was opened with; a kind that nobody answers keeps it.
        """
        return before

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        """Yield what is wrong with an answer that is there: its type and its maxima. Also said of drafts."""
        yield from ()

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        """Yield what is missing in an answer that has been begun: its minima. Said when the form is sent."""
        yield from ()

    def held(self, answer: Any, files: Mapping[int, Any]) -> Any:
        """Return the part of an answer that still counts: files may have been removed since."""
        return answer

    def absent(self, field: Spec) -> Fault:
        """Return the fault of a required answer that is not there at all."""
        return Fault(self.missing(field))

    def missing(self, field: Spec) -> str:
        """Return what to do where a required answer is not there at all."""
        return _("请填写“%(label)s”") % {"label": field["label"]}

    def unanswered(self, field: Spec) -> str:
        """Return what is read where there is no answer."""
        return _("未填")

    def taken_over(self, answer: Any, field: Spec, old: Spec, kind: "Kind") -> Any:
        """Return an answer to another version's field as this field holds it, or None where it cannot.

        Args:
            answer: not blank.
            field: this kind's field.
            old, kind: the field that was answered, and its kind.
        """
        return answer if kind.code == self.code else None

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        """Return what the input's template needs."""
        return {"value": answer}

    def mark(self, shown: dict[str, Any], row: int | None, column: str, *, reason: str) -> None:
        """Mark where a problem sits within what `widget` returned; `reason` is the id of its words on the page."""

    def conditions(self, field: Spec) -> Collection[str] | None:
        """Return the answers, as codes, that another field's condition can ask for; none at all where the kind is no
        condition, None where any text may be.
        """
        return ()

    def sources(self, answer: Any, field: Spec) -> Iterable[tuple[str, str]]:
        """Yield (source, code) for every chosen code whose label has to be looked up for the display."""
        return ()

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        """Return (shape, value) for `templates/forms_app/answers.html`; shapes: text, lines, list, table, files."""
        return "text", unreadable(answer) if is_raw(answer) else str(answer)

    # --- paper and spreadsheet: the defaults serve a kind that says nothing of its own ---

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        """Return what stands in the form's Word cell; paragraphs apart by line breaks.

        Args:
            answer: the neutral answer, or None for the empty form.
            context: for lists to choose from, and `attachments` for files.
        """
        if is_blank(answer):
            return ""
        codes: dict[str, list[str]] = {}
        if not is_raw(answer):
            for source, code in self.sources(answer, field):
                codes.setdefault(source, []).append(code)
        known = {source: labels(source, found) for source, found in codes.items()}
        _shape, value = self.shown(answer, field, known)
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        """Return the neutral answer for the text of a Word cell; None where nothing was filled in.

        Only asked where `writable_in_word`. What cannot be read comes back as `{"raw": …}`.
        """
        return None

    def excel_value(
        self, answer: Any, field: Spec, labels: Labels, files: Mapping[int, Any]
    ) -> Any:
        """Return the value of a spreadsheet cell: str, int, Decimal, date or bool.

        Args:
            answer: a neutral answer that is there.
            labels: of the registered codes in all answers.
            files: attachments by id.
        """
        if is_raw(answer):
            return unreadable(answer)
        _shape, value = self.shown(answer, field, labels)
        return "、".join(map(str, value)) if isinstance(value, list) else value

    def limits(self, field: Spec) -> str:
        """Return what may be filled in, in a few words beside the label on paper; "" where nothing limits it."""
        least, most = (field["options"].get(f"{end}_characters") for end in ("min", "max"))
        if least and most:
            return _("%(least)d–%(most)d 字") % {"least": least, "most": most}
        if most:
            return _("%(most)d 字以内") % {"most": most}
        return _("至少 %(least)d 字") % {"least": least} if least else ""

    def narrow_on_paper(self, field: Spec) -> bool:
        """Return whether half a line is enough on paper."""
        return False


class CellKind(Kind):
    """A kind that is one input of one line of text: it can stand alone or be a column of a table."""

    template = "forms_app/form/kinds/input.html"
    in_rows = True
    writable_in_word = True
    input_type = "text"
    inputmode = ""
    autocomplete = ""
    align = ""  # "end" for figures
    size = ""  # a class of the input's width: short, medium
    weight = 0  # how wide a column is on paper, beside the others; 0: by how long its texts may be

    def conditions(self, field: Spec) -> Collection[str] | None:
        return None

    def parse(self, text: str, options: Mapping[str, Any]) -> Any:
        """Return the neutral answer for typed text (not blank), or `{"raw": text}`."""
        return tidy(text)

    def say(self, answer: Any, options: Mapping[str, Any]) -> str:
        """Return how a readable answer is shown."""
        return str(answer)

    def typed(self, answer: Any, options: Mapping[str, Any]) -> str:
        """Return what stands in the input for an answer."""
        if is_blank(answer):
            return ""
        return unreadable(answer) if is_raw(answer) else str(answer)

    def written(self, answer: Any, options: Mapping[str, Any]) -> str:
        """Return an answer as text that another kind may read."""
        return self.typed(answer, options)

    def taken_over(self, answer: Any, field: Spec, old: Spec, kind: Kind) -> Any:
        if kind.code == self.code and not is_raw(answer):
            return answer
        if not isinstance(kind, CellKind):
            return None
        text = kind.written(answer, old["options"])
        return self.parse(text, field["options"]) if narrow(text) else None

    def input(self, answer: Any, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return type, mode and value of the input; unreadable text needs a plain one to be seen at all."""
        return {
            "value": self.typed(answer, options),
            "input_type": "text" if is_raw(answer) else self.input_type,
            "inputmode": self.inputmode,
            "autocomplete": self.autocomplete,
            "size": self.size,
            "align": self.align,
        }

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        text = data.get(name, "")
        return self.parse(text, field["options"]) if narrow(text) else None

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        return self.input(answer, field["options"])

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        return "text", unreadable(answer) if is_raw(answer) else self.say(answer, field["options"])

    def word_text(self, answer: Any, field: Spec, context: FillingContext) -> str:
        """What an input would hold: by design it can be read back. Kinds that read their shown form print that."""
        return self.typed(answer, field["options"])

    def from_word(self, text: str, field: Spec, context: FillingContext) -> Any:
        return self.parse(text, field["options"]) if narrow(text) else None

    def column_text(self, answer: Any, column: Spec, context: FillingContext) -> str:
        """Return what stands in the cell of a table on paper."""
        return self.word_text(answer, column, context)

    def column_hint(self, column: Spec) -> str:
        """Return what may be filled into a table's column, in a few words below its name on paper."""
        return self.limits(column)

    def narrow_on_paper(self, field: Spec) -> bool:
        most = field["options"].get("max_characters")
        return bool(self.size or (most and most <= 20))

    def weight_on_paper(self, column: Spec) -> int:
        """Return how wide a table's column is on paper, beside the others."""
        return self.weight or (3 if (column["options"].get("max_characters") or 0) <= 20 else 5)


def unreadable(answer: Any) -> str:
    """Return the typed text of an answer that could not be read."""
    return str(answer["raw"])


def keep(text: str) -> dict[str, str]:
    """Return the answer for text that cannot be read, as it was typed."""
    return raw(text.strip()[:2000])


class FigureBlock(blocks.DecimalBlock):
    """A number for the designer, read as everywhere."""

    def __init__(self, *, required: bool, min_value: int, decimal_places: int, **meta: Any) -> None:
        super().__init__(**meta)
        self.field = FigureField(
            required=required, min_value=min_value, decimal_places=decimal_places
        )


class WholeBlock(blocks.IntegerBlock):
    """A whole number for the designer, read as everywhere."""

    def __init__(
        self,
        *,
        required: bool,
        help_text: Any = "",
        min_value: int | None = None,
        max_value: int | None = None,
        **meta: Any,
    ) -> None:
        super().__init__(**meta)
        self.field = WholeField(
            required=required, help_text=help_text, min_value=min_value, max_value=max_value
        )


def whole(label: Any, help_text: Any = "", **options: Any) -> WholeBlock:
    """Return an optional whole number for the designer."""
    return WholeBlock(
        label=label, required=False, min_value=options.pop("min_value", 0), help_text=help_text
    )


MAX_CHARACTERS = gettext_lazy("最多字数")
MIN_CHARACTERS = gettext_lazy("最少字数")
