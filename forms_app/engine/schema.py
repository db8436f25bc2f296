"""From what the office drew to the neutral schema that entries are written in, and back."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from .kinds import KINDS, UNKNOWN

Schema = dict[str, Any]
CONDITION = ("only_if_field", "only_if_equals")
FRAME = ("label", "key", "help", "required", "public", *CONDITION)
COLUMN_FRAME = ("label", "key", "required")


def compile_schema(body: StreamValue, rules: StreamValue, warnings: StreamValue) -> Schema:
    """Return the neutral schema of a definition.

    Args:
        body: sections of fields, as `blocks.body_blocks` composes them.
        rules: rules between fields.
        warnings: words to warn of.
    """
    return {
        "sections": [
            {
                "key": f"s{number}",
                "title": section.value["title"],
                "help": section.value["help"] or "",
                "fields": [compile_field(child) for child in section.value["fields"]],
                **condition(section.value),
            }
            for number, section in enumerate(body, start=1)
        ],
        "rules": [{"kind": rule.block_type, **ruled(rule.value)} for rule in rules],
        "warnings": [plain(warning.value) for warning in warnings],
    }


def ruled(value: StructValue) -> dict[str, Any]:
    """Return a drawn rule's parts; ticks that are off and numbers that are not given say nothing."""
    return {
        name: part for name, part in plain(value).items() if part is not None and part is not False
    }


def compile_field(child: StreamValue.StreamChild) -> dict[str, Any]:
    """Return the neutral form of one drawn field."""
    value = child.value
    options = {name: plain(value[name]) for name in value if name not in FRAME}
    kind = KINDS.get(child.block_type, UNKNOWN)
    return {
        "key": value["key"] or "",
        "kind": child.block_type,
        "label": value["label"],
        "help": value["help"] or "",
        "required": bool(value.get("required")),
        "public": bool(value.get("public")),
        "options": {**kind.compiled(said(options)), **condition(value)},
    }


def condition(value: StructValue) -> dict[str, Any]:
    """Return {"only_if": {"field", "equals"}} where a drawn field or section is asked under a condition; else {}."""
    if not value.get("only_if_field"):
        return {}
    return {
        "only_if": {
            "field": value["only_if_field"],
            "equals": value.get("only_if_equals") or "",
        }
    }


def drawn_condition(held: Mapping[str, Any]) -> dict[str, str]:
    """Return a condition as the designer's block holds it."""
    only_if = held.get("only_if") or {}
    return {
        "only_if_field": only_if.get("field", ""),
        "only_if_equals": only_if.get("equals", ""),
    }


def compile_column(child: StreamValue.StreamChild) -> dict[str, Any]:
    """Return the neutral form of one column of a table."""
    value = child.value
    return {
        "key": value["key"] or "",
        "kind": child.block_type,
        "label": value["label"],
        "required": bool(value["required"]),
        "options": said({name: plain(value[name]) for name in value if name not in COLUMN_FRAME}),
    }


def plain(value: Any) -> Any:
    """Return a drawn value as plain JSON."""
    if isinstance(value, StreamValue):
        return [compile_column(child) for child in value]
    if isinstance(value, StructValue):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, ListValue | list):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def said(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that say something: 0 is a limit, blanks and unticked boxes are none."""
    return {
        name: value
        for name, value in options.items()
        if value is not None and value is not False and value != "" and value != []
    }


def drawn(schema: Schema) -> dict[str, str]:
    """Return body, rules and warnings (JSON text for the three StreamFields) that compile to a schema.

    The inverse of `compile_schema`: default forms are kept as schemas, and an office edits them as drawings.
    """
    body = [
        drawn_block(
            "section",
            {
                "title": section["title"],
                "help": section.get("help", ""),
                "fields": [drawn_field(field) for field in section["fields"]],
                **drawn_condition(section),
            },
        )
        for section in schema["sections"]
    ]
    rules = [
        drawn_block(rule["kind"], {name: part for name, part in rule.items() if name != "kind"})
        for rule in schema.get("rules", [])
    ]
    warnings = [drawn_block("words", warning) for warning in schema.get("warnings", [])]
    return {
        name: json.dumps(value, ensure_ascii=False)
        for name, value in (("body", body), ("rules", rules), ("warnings", warnings))
    }


def drawn_field(field: dict[str, Any]) -> dict[str, Any]:
    """Return one field as its designer's block holds it."""
    kind = KINDS.get(field["kind"], UNKNOWN)
    options = kind.drawn(dict(field.get("options", {})))
    asked_if = drawn_condition(options)
    options.pop("only_if", None)
    if "columns" in options:
        options["columns"] = [
            drawn_block(
                column["kind"],
                {
                    "label": column["label"],
                    "key": column["key"],
                    "required": column.get("required", False),
                    **column.get("options", {}),
                },
            )
            for column in options["columns"]
        ]
    return drawn_block(
        field["kind"],
        {
            "label": field["label"],
            "key": field["key"],
            "help": field.get("help", ""),
            "required": field.get("required", False),
            "public": field.get("public", False),
            **asked_if,
            **options,
        },
    )


def drawn_block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """Return a block of a StreamField. Without an id of its own a block inside another cannot be folded in the editor."""
    return {"type": kind, "value": value, "id": str(uuid4())}


def digest(schema: Schema) -> str:
    """Return the SHA-256 of a schema's canonical JSON: the same content, the same digest."""
    text = json.dumps(schema, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fields_of(schema: Schema) -> list[dict[str, Any]]:
    """Return a schema's fields in their order."""
    return [field for section in schema["sections"] for field in section["fields"]]
