"""What the office's form for a definition adds to Wagtail's: codes, and every flaw told at its block."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import TabbedInterface
from wagtail.blocks import (
    StreamBlockValidationError,
    StreamValue,
    StructBlockValidationError,
    StructValue,
)

from forms_app.engine.schema import Schema, compile_schema
from forms_app.engine.schema_checks import Flaw, flaws
from forms_app.engine.settling import settle, speak
from forms_app.engine.sources import offered_sources
from portal.editing import CarefulForm

STREAMS = ("body", "rules", "warnings")
FLAW = "flaw"  # the code of an error that says itself what it is about


class ToMend(NamedTuple):
    """One thing to mend in a drawing.

    Attributes:
        field: the definition's field it stands in; None where it is the form as a whole.
        message: what is wrong.
        spot: the id of the block or input to look at; "" where there is none.
    """

    field: str | None
    message: str
    spot: str


class DrawingForm(CarefulForm, WagtailAdminModelForm):
    """A definition as it is drawn. A draft may have flaws; what is published may not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            spoken = [copied(self.instance, name) for name in STREAMS]
            speak(*spoken)
            self.initial.update(zip(STREAMS, spoken, strict=True))

    class Media:
        js = ("js/admin/form-designer.js",)

    def clean(self) -> dict[str, Any]:
        """Fill in codes, turn names into codes, and tell every flaw at its block; of a draft nothing is asked."""
        cleaned = super().clean()
        streams = [cleaned.get(name) for name in STREAMS]
        # A stream that has not passed its blocks' own checks is told there first.
        if not all(isinstance(one, StreamValue) for one in streams):
            return cleaned
        settle(*streams)
        if not self.is_deferred_validation and cleaned.get("kind"):
            schema = compile_schema(*streams)
            for name, error in errors_at_blocks(
                schema, flaws(schema, kind=cleaned["kind"])
            ).items():
                self.add_error(name, error)
        return cleaned


def copied(instance: Any, name: str) -> StreamValue:
    """Return a copy of one of an instance's StreamFields, which can be changed without changing the instance."""
    field = instance._meta.get_field(name)
    return field.to_python(field.get_prep_value(getattr(instance, name)))


class DesignerTabs(TabbedInterface):
    """The designer's tabs: each says how many things in it are to be mended, and above them stands what, leading there.

    That is what was refused when somebody tried to save or publish; before, what keeps the drawing from being published.
    """

    class BoundPanel(TabbedInterface.BoundPanel):
        template_name = "forms_app/admin/designer_tabs.html"

        @cached_property
        def to_mend(self) -> list[ToMend]:
            """What is to be mended, in the order of the form."""
            if self.form.is_bound:
                return list(mistakes_in(self.form))
            if not self.instance.pk:
                return []
            schema, found = self.instance.schema, []
            for flaw in flaws(schema, kind=self.instance.kind):
                place = place_of(schema, flaw)
                name = place[0] if place else None
                found.append(ToMend(name, flaw.message, anchor(self.instance, place)))
            return found

        @cached_property
        def children(self) -> list[Any]:
            """The tabs, named with what is to be mended in them."""
            tabs = super().children
            for tab in tabs:
                if count := sum(one.field in set(names_in(tab)) for one in self.to_mend):
                    words = ngettext(
                        "%(tab)s（%(count)d 处要改）", "%(tab)s（%(count)d 处要改）", count
                    )
                    tab.heading = words % {"tab": tab.heading, "count": count}
            return tabs

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return what is to be mended, and the sources to suggest."""
            context = super().get_context_data(parent_context)
            return {
                **context,
                "to_mend": self.to_mend,
                "refused": self.form.is_bound,
                "sources": offered_sources(),
            }


def names_in(panel: Any) -> Iterator[str]:
    """Yield the names of the fields in a bound panel."""
    if name := getattr(panel, "field_name", ""):
        yield name
    for child in getattr(panel, "children", ()):
        yield from names_in(child)


def mistakes_in(form: DrawingForm) -> Iterator[ToMend]:
    """Yield what a validated form was refused for, each with the block it is in."""
    for message in form.non_field_errors():
        yield ToMend(None, message, "")
    for name, errors in form.errors.as_data().items():
        if name not in form.fields:
            continue
        field = form[name]
        for error in errors:
            if name in STREAMS:
                for message, spot in _leaves(error, field.value(), field.id_for_label):
                    yield ToMend(name, message, spot)
            else:
                for message in error.messages:
                    yield ToMend(name, _named(field.label, message), field.id_for_label)


def _leaves(error: ValidationError, value: Any, spot: str) -> Iterator[tuple[str, str]]:
    """Yield each message of an error at a block, with the id of the nearest block that the editor marks."""
    if not hasattr(error, "block_errors"):
        yield from ((message, spot) for message in error.messages)
        return
    yield from ((message, spot) for message in error.non_block_errors)
    for at, inner in error.block_errors.items():
        child = value[at]
        if isinstance(child, StreamValue.StreamChild):
            yield from _leaves(inner, child.value, f"block-{child.id}-section")
        elif hasattr(inner, "block_errors") or not isinstance(value, StructValue):
            yield from _leaves(inner, child, spot)
        else:
            label = value.block.child_blocks[at].label
            for one in inner.error_list:
                for message in one.messages:
                    yield (message if one.code == FLAW else _named(label, message)), spot


def _named(label: Any, message: str) -> str:
    return _("“%(label)s”：%(message)s") % {"label": label, "message": message}


def anchor(instance: Any, place: tuple[Any, ...] | None) -> str:
    """Return the id of the block a flaw is in, as the editor marks it; "" where it is of the form as a whole.

    Args:
        place: as `place_of` gives it.
    """
    if not place:
        return ""
    block = getattr(instance, place[0])[place[1]]
    if place[2] == "fields":
        block = block.value["fields"][place[3]]
    return f"block-{block.id}-section"


def errors_at_blocks(schema: Schema, found: list[Flaw]) -> dict[str | None, ValidationError]:
    """Return flaws as errors of the definition's StreamFields, each at the input that has to be changed.

    Args:
        schema: what was looked at; the flaws name its parts.
        found: its flaws.

    Returns:
        Field name → error; None → what concerns the whole form.
    """
    errors: dict[str | None, ValidationError] = {}
    tree: dict[Any, Any] = {}
    loose = []
    for flaw in found:
        place = place_of(schema, flaw)
        if place is None:
            loose.append(flaw.message)
            continue
        node = tree
        for step in place:
            node = node.setdefault(step, {})
        node.setdefault("messages", []).append(flaw.message)
    for name, children in tree.items():
        errors[name] = _stream_error(children)
    if loose:
        errors[None] = ValidationError(loose)
    return errors


def place_of(schema: Schema, flaw: Flaw) -> tuple[Any, ...] | None:
    """Return the way to a flaw's input: field name, then block numbers and names in turn; None for the whole form."""
    for number, section in enumerate(schema["sections"]):
        if section is flaw.of:
            return ("body", number, _part(flaw, "title"))
        for at, field in enumerate(section["fields"]):
            way = ("body", number, "fields", at)
            if field is flaw.of:
                return (*way, flaw.part)
            for column_at, column in enumerate(field["options"].get("columns", [])):
                if column is flaw.of:
                    return (*way, "columns", column_at, flaw.part)
    for name in ("rules", "warnings"):
        for number, one in enumerate(schema[name]):
            if one is flaw.of:
                return (name, number, flaw.part)
    return None


def _part(flaw: Flaw, default: str) -> str:
    return default if flaw.part == "label" else flaw.part


def _stream_error(children: dict[int, Any]) -> StreamBlockValidationError:
    return StreamBlockValidationError(
        block_errors={number: _struct_error(parts) for number, parts in children.items()}
    )


def _struct_error(parts: dict[str, Any]) -> StructBlockValidationError:
    return StructBlockValidationError(
        block_errors={
            name: ValidationError([ValidationError(one, code=FLAW) for one in held["messages"]])
            if set(held) == {"messages"}
            else _stream_error({at: one for at, one in held.items() if at != "messages"})
            for name, held in parts.items()
        }
    )
