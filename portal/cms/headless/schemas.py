"""The words in which the API is described: schemas of JSON values, and of blocks, worked out from the blocks themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.base import Block
from wagtail.contrib.table_block.blocks import TableBlock

Schema = dict[str, Any]
Text = str | Promise


def text(meaning: Text, **more: Any) -> Schema:
    """Return the schema of a text."""
    return {"type": "string", "description": meaning, **more}


def number(meaning: Text) -> Schema:
    """Return the schema of a whole number."""
    return {"type": "integer", "description": meaning}


def day(meaning: Text) -> Schema:
    """Return the schema of a date, or null."""
    return {"type": ["string", "null"], "format": "date", "description": meaning}


def moment(meaning: Text) -> Schema:
    """Return the schema of a moment, or null."""
    return {"type": ["string", "null"], "format": "date-time", "description": meaning}


def listed(items: Schema, meaning: Text) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, "description": meaning}


def record(
    properties: dict[str, Schema],
    meaning: Text = "",
    *,
    null: bool = False,
    always: Iterable[str] | None = None,
) -> Schema:
    """Return the schema of an object that has no other keys than these.

    Args:
        properties: key → schema.
        meaning: what it is.
        null: whether null may stand in its place.
        always: the keys it always has; all of them when left out.
    """
    return {
        "type": ["object", "null"] if null else "object",
        "properties": properties,
        "required": list(properties if always is None else always),
        "additionalProperties": False,
        "description": meaning,
    }


def ref(name: str) -> Schema:
    """Return a reference to a schema of this description."""
    return {"$ref": f"#/components/schemas/{name}"}


def blocks_of(
    stream: blocks.BaseStreamBlock,
    meaning: Text,
    *,
    told: Mapping[str, Schema] | None = None,
) -> Schema:
    """Return the schema of a body made of blocks: a list in which every block says its kind.

    Args:
        stream: the block that an editor fills.
        meaning: what the body is.
        told: kind of block → schema, of blocks of which the API tells more than what is stored. A body that has such blocks
            is told block by block, without their ids.
    """
    kinds = []
    for name, block in stream.child_blocks.items():
        said = {"type": {"const": name}, "value": (told or {}).get(name) or _value_of(block)}
        if told is None:
            said["id"] = {"type": ["string", "null"]}
        kinds.append(record(said, block.label))
    return listed({"anyOf": kinds}, meaning)


def _value_of(block: Block) -> Schema:
    """Return the schema of what the API says of one block.

    Raises:
        TypeError: a kind of block that nobody has described yet.
    """
    meaning = block.label
    if isinstance(block, blocks.BaseStructBlock):
        inner = {name: _value_of(child) for name, child in block.child_blocks.items()}
        return record(inner, meaning)
    if isinstance(block, blocks.StaticBlock):
        return {"type": "null", "description": _("自己填满，没有内容")}
    if isinstance(block, TableBlock):
        return {"type": ["object", "null"], "description": _("表格：data 是一行一行的单元格")}
    if isinstance(block, blocks.RichTextBlock):
        return text(meaning, contentMediaType="text/html")
    if isinstance(block, blocks.ChooserBlock):
        return {"type": ["integer", "null"], "description": meaning}
    if isinstance(block, blocks.ChoiceBlock):
        return text(meaning, enum=[value for value, _label in block.field.choices])
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock | blocks.RegexBlock):
        return {"type": ["string", "null"], "description": meaning}
    raise TypeError(f"no description of {block!r}")
