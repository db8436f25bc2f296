"""What the office's form for a definition adds to Wagtail's: codes, and every flaw told at its block."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import Panel
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError

from forms_app.engine.schema import Schema, compile_schema
from forms_app.engine.schema_checks import Flaw, flaws
from forms_app.engine.settling import settle, speak
from forms_app.engine.sources import offered_sources
from portal.editing import CarefulForm

STREAMS = ("body", "rules", "warnings")


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


class FlawsPanel(Panel):
    """What is still to mend before the form can be published, above its sections; nothing where all is well."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "forms_app/admin/flaws_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the flaws of the drawing as it was last saved."""
            context = super().get_context_data(parent_context)
            context["sources"] = offered_sources()
            if self.instance.pk and not self.form.is_bound:
                schema = self.instance.schema
                context["flaws"] = [
                    (flaw.message, anchor(self.instance.body, place_of(schema, flaw)))
                    for flaw in flaws(schema, kind=self.instance.kind)
                ]
            return context


def anchor(body: StreamValue, place: tuple[Any, ...] | None) -> str:
    """Return the id of the block a flaw of the body is in, as the editor marks it; "" where there is none."""
    if not place or place[0] != "body":
        return ""
    section = body[place[1]]
    if place[2] != "fields":
        return f"block-{section.id}-section"
    return f"block-{section.value['fields'][place[3]].id}-section"


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
            name: ValidationError(held["messages"])
            if set(held) == {"messages"}
            else _stream_error({at: one for at, one in held.items() if at != "messages"})
            for name, held in parts.items()
        }
    )
