"""A form as a file: what one installation writes another reads, and what the default forms are shipped as.

    {"format": "yihuiyipin-form", "format_version": 1, "name": …, "kind": "application",
     "sections": [...], "rules": [...], "warnings": [...]}

The last three are the neutral schema (docs/architecture.md).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms_app.engine.kinds import CELLS, KINDS
from forms_app.engine.rules import RULES
from forms_app.engine.schema import Schema, compile_schema, drawn, fields_of
from forms_app.models import FormDefinition, FormKind

FORMAT = "yihuiyipin-form"
FORMAT_VERSION = 1
MAX_BYTES = 1024 * 1024
PARTS = ("sections", "rules", "warnings")
MOST_TOLD = 12  # faults told of one file


class BadFile(Exception):
    """A file that is no form, or one that cannot be read here.

    Attributes:
        faults: what is wrong, in words for the office, with where it is.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class FormFile:
    """A form that was read from a file and can be created."""

    name: str
    kind: str
    schema: Schema


def write(name: str, kind: str, schema: Schema) -> bytes:
    """Return a form as a file (UTF-8 JSON, indented, so that two of them can be compared)."""
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "name": name,
        "kind": kind,
        **{part: schema.get(part, []) for part in PARTS},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def read(content: bytes) -> FormFile:
    """Return the form that a file holds.

    Raises:
        BadFile: it is no such file, of a later format, or something in it cannot be drawn here.
    """
    if len(content) > MAX_BYTES:
        raise BadFile([_("文件超过 1 MB，不是从这里导出的表单。")])
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadFile([_("这不是表单文件。请选择在“表单设计”里导出的 .json 文件。")]) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadFile([_("这不是表单文件。请选择在“表单设计”里导出的 .json 文件。")])
    version = data.get("format_version")
    if not isinstance(version, int) or version > FORMAT_VERSION:
        raise BadFile(
            [
                _("这个文件是更新的版本（%(version)s）导出的，请先升级本系统。")
                % {"version": version}
            ]
        )
    faults = list(_faults(data))
    if faults:
        raise BadFile(faults[:MOST_TOLD])
    schema = _normal(data)
    if faults := list(_undrawable(data["name"], data["kind"], schema)):
        raise BadFile(faults[:MOST_TOLD])
    return FormFile(data["name"], data["kind"], schema)


def definition_of(file: FormFile) -> FormDefinition:
    """Return the definition that a file's form is drawn as, not saved."""
    return FormDefinition(name=file.name, kind=file.kind, live=False, **drawn(file.schema))


# --- the shape ----------------------------------------------------------------------------------

FIELD_SHAPE: dict[str, type] = {"key": str, "kind": str, "label": str}


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    name = data.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 60:
        yield _("没有表单名称，或名称超过 60 字。")
    if data.get("kind") not in FormKind.values:
        yield _("表单类型“%(kind)s”不认识。") % {"kind": data.get("kind")}
    for part in PARTS:
        held = data.get(part, [])
        if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
            yield _("“%(part)s”应当是一列内容。") % {"part": part}
            return
    for number, section in enumerate(data.get("sections", []), start=1):
        yield from _section_faults(number, section)
    for number, rule in enumerate(data.get("rules", []), start=1):
        if rule.get("kind") not in RULES:
            yield _("第 %(number)d 条规则的类型“%(kind)s”这里没有。") % {
                "number": number,
                "kind": rule.get("kind"),
            }


def _section_faults(number: int, section: Mapping[str, Any]) -> Iterator[str]:
    where = _("第 %(number)d 部分") % {"number": number}
    if not isinstance(section.get("title"), str) or not section["title"].strip():
        yield _("%(where)s没有标题。") % {"where": where}
    fields = section.get("fields")
    if not isinstance(fields, list):
        yield _("%(where)s没有栏目。") % {"where": where}
        return
    for at, field in enumerate(fields, start=1):
        place = _("%(where)s第 %(at)d 个栏目") % {"where": where, "at": at}
        yield from _field_faults(place, field, KINDS)


def _field_faults(place: str, field: Any, kinds: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(field, dict):
        yield _("%(place)s看不懂。") % {"place": place}
        return
    if isinstance(field.get("label"), str) and field["label"]:
        place = f"{place}“{field['label']}”"
    lacking = [part for part, form in FIELD_SHAPE.items() if not isinstance(field.get(part), form)]
    if lacking or not isinstance(field.get("options", {}), dict):
        yield _("%(place)s不完整，缺少：%(parts)s。") % {
            "place": place,
            "parts": "、".join(lacking or ["options"]),
        }
        return
    if field["kind"] not in kinds:
        yield _("%(place)s的类型“%(kind)s”这里没有。") % {"place": place, "kind": field["kind"]}
        return
    columns = field.get("options", {}).get("columns", [])
    if not isinstance(columns, list):
        yield _("%(place)s的列看不懂。") % {"place": place}
        return
    for number, column in enumerate(columns, start=1):
        yield from _field_faults(
            _("%(place)s第 %(number)d 列") % {"place": place, "number": number}, column, CELLS
        )


def _normal(data: Mapping[str, Any]) -> Schema:
    """Return the schema of a file whose shape is right, with what may be left out filled in."""
    return {
        "sections": [
            {
                "key": f"s{number}",
                "title": section["title"],
                "help": section.get("help", ""),
                "fields": [_normal_field(field) for field in section["fields"]],
                **({"only_if": section["only_if"]} if section.get("only_if") else {}),
            }
            for number, section in enumerate(data.get("sections", []), start=1)
        ],
        "rules": data.get("rules", []),
        "warnings": data.get("warnings", []),
    }


def _normal_field(field: Mapping[str, Any]) -> dict[str, Any]:
    options = dict(field.get("options", {}))
    if "columns" in options:
        options["columns"] = [
            {
                "key": column["key"],
                "kind": column["kind"],
                "label": column["label"],
                "required": column.get("required", False),
                "options": column.get("options", {}),
            }
            for column in options["columns"]
        ]
    return {
        "key": field["key"],
        "kind": field["kind"],
        "label": field["label"],
        "help": field.get("help", ""),
        "required": field.get("required", False),
        "public": field.get("public", False),
        "options": options,
    }


def _undrawable(name: str, kind: str, schema: Schema) -> Iterator[str]:
    """Yield what the designer could not hold: values of another type, settings it does not know."""
    try:
        definition = FormDefinition(name=name, kind=kind, **drawn(schema))
        again = compile_schema(definition.body, definition.rules, definition.warnings)
    except (KeyError, TypeError, ValueError, AttributeError):
        yield _("有的设置看不懂，这个文件可能被改过。")
        return
    before = {one["key"]: one for one in fields_of(schema)}
    after = {one["key"]: one for one in fields_of(again)}
    for key, field in before.items():
        if after.get(key) != field:
            yield _("栏目“%(label)s”有这里不认识的设置。") % {"label": field["label"]}
    if before == after and again != schema:
        yield _("各部分、规则或提醒里有这里不认识的设置。")
    for name_of, label in (("body", _("内容")), ("rules", _("规则")), ("warnings", _("提醒"))):
        value = getattr(definition, name_of)
        try:
            value.stream_block.clean(value)
        except ValidationError as error:
            for message in messages_in(error):
                yield f"{label}：{message}"


def messages_in(error: Any) -> list[str]:
    """Return the messages of a block's error, those of its children included."""
    found: list[str] = []
    for child in getattr(error, "block_errors", {}).values():
        if child is not None:
            found.extend(messages_in(child))
    if not hasattr(error, "block_errors"):
        found.extend(str(message) for message in error.messages)
    return list(dict.fromkeys(found))
