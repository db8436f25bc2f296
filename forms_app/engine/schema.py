"""From what the office drew to the neutral schema that entries are written in, and back."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

Schema = dict[str, Any]
FRAME = ("label", "key", "help", "required", "public", "only_if_field", "only_if_equals")
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
            }
            for number, section in enumerate(body, start=1)
        ],
        "rules": [{"kind": rule.block_type, **plain(rule.value)} for rule in rules],
        "warnings": [plain(warning.value) for warning in warnings],
    }


def compile_field(child: StreamValue.StreamChild) -> dict[str, Any]:
    """Return the neutral form of one drawn field."""
    value = child.value
    options = {name: plain(value[name]) for name in value if name not in FRAME}
    if value.get("only_if_field"):
        options["only_if"] = {
            "field": value["only_if_field"],
            "equals": value.get("only_if_equals") or "",
        }
    return {
        "key": value["key"],
        "kind": child.block_type,
        "label": value["label"],
        "help": value["help"] or "",
        "required": bool(value.get("required")),
        "public": bool(value.get("public")),
        "options": said(options),
    }


def compile_column(child: StreamValue.StreamChild) -> dict[str, Any]:
    """Return the neutral form of one column of a table."""
    value = child.value
    return {
        "key": value["key"],
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
        {
            "type": "section",
            "value": {
                "title": section["title"],
                "help": section.get("help", ""),
                "fields": [drawn_field(field) for field in section["fields"]],
            },
        }
        for section in schema["sections"]
    ]
    rules = [
        {
            "type": rule["kind"],
            "value": {name: part for name, part in rule.items() if name != "kind"},
        }
        for rule in schema.get("rules", [])
    ]
    warnings = [{"type": "words", "value": warning} for warning in schema.get("warnings", [])]
    return {
        name: json.dumps(value, ensure_ascii=False)
        for name, value in (("body", body), ("rules", rules), ("warnings", warnings))
    }


def drawn_field(field: dict[str, Any]) -> dict[str, Any]:
    """Return one field as its designer's block holds it."""
    options = dict(field.get("options", {}))
    only_if = options.pop("only_if", {})
    if "columns" in options:
        options["columns"] = [
            {
                "type": column["kind"],
                "value": {
                    "label": column["label"],
                    "key": column["key"],
                    "required": column.get("required", False),
                    **column.get("options", {}),
                },
            }
            for column in options["columns"]
        ]
    return {
        "type": field["kind"],
        "value": {
            "label": field["label"],
            "key": field["key"],
            "help": field.get("help", ""),
            "required": field.get("required", False),
            "public": field.get("public", False),
            "only_if_field": only_if.get("field", ""),
            "only_if_equals": only_if.get("equals", ""),
            **options,
        },
    }


def digest(schema: Schema) -> str:
    """Return the SHA-256 of a schema's canonical JSON: the same content, the same digest."""
    text = json.dumps(schema, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fields_of(schema: Schema) -> list[dict[str, Any]]:
    """Return a schema's fields in their order."""
    return [field for section in schema["sections"] for field in section["fields"]]
