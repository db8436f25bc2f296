"""Answers prepared for reading: labels, lines, tables and files, without any rule left for the template."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import sources
from .conditions import active_fields
from .context import no_address
from .kinds import Labels, kind_of
from .kinds.files import Pictures
from .reading import is_blank
from .schema import Schema, fields_of


@dataclass(frozen=True)
class Item:
    """One answer to read.

    Attributes:
        shape: text, lines, list, table, files, pictures, or blank where nothing was answered.
        value: what the shape shows: str; list of str; columns, rows, total; list of files; where nothing was
            answered, the words that say so.
    """

    key: str
    label: str
    kind: str
    shape: str
    value: Any


@dataclass(frozen=True)
class Section:
    """One section to read."""

    key: str
    title: str
    items: list[Item]


@dataclass(frozen=True)
class ShownFile:
    """One file to open, with what is known of a picture."""

    attachment: Any
    url: str
    caption: str = ""
    credit: str = ""
    taken_on: str = ""


def display(
    schema: Schema,
    answers: Mapping[str, Any],
    attachments: Iterable[Any] = (),
    *,
    public_only: bool = False,
    file_url: Callable[[Any], str] = no_address,
) -> list[Section]:
    """Return answers as `templates/forms_app/answers.html` shows them.

    Args:
        attachments: the entry's Attachment rows, removed ones included: an old version still shows what was sent.
        public_only: only what may be public and is answered; never how to reach a person.
        file_url: attachment → the address to open it, "" for none.

    One query per registered list that occurs in the answers (categories, units, own projects), whatever their number.
    """
    files = {one.pk: one for one in attachments}
    asked = {one["key"] for one in active_fields(schema, answers)}
    labels = _labels(schema, answers)
    sections = []
    for section in schema["sections"]:
        items = [
            _item(spec, answers.get(spec["key"]), labels, files, file_url)
            for spec in map(_public_part if public_only else _whole, section["fields"])
            if spec and spec["key"] in asked and spec["kind"] != "static_text"
        ]
        if public_only:
            items = [item for item in items if item.shape != "blank"]
        if items:
            sections.append(Section(section["key"], section["title"], items))
    return sections


def _whole(spec: dict[str, Any]) -> dict[str, Any]:
    return spec


def _public_part(spec: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the public may see of a field: nothing of a person's, no such column of a table."""
    if not spec["public"] or kind_of(spec).personal:
        return None
    if "columns" not in spec["options"]:
        return spec
    columns = [one for one in spec["options"]["columns"] if not kind_of(one).personal]
    return {**spec, "options": {**spec["options"], "columns": columns}}


def _labels(schema: Schema, answers: Mapping[str, Any]) -> Labels:
    """Return the labels of all registered codes in the answers."""
    codes: dict[str, set[str]] = {}
    for spec in fields_of(schema):
        answer = answers.get(spec["key"])
        if not is_blank(answer):
            for source, code in kind_of(spec).sources(answer, spec):
                codes.setdefault(source, set()).add(code)
    return {source: sources.labels(source, found) for source, found in codes.items()}


def _item(
    spec: dict[str, Any],
    answer: Any,
    labels: Labels,
    files: Mapping[int, Any],
    file_url: Callable[[Any], str],
) -> Item:
    kind = kind_of(spec)
    if is_blank(answer):
        shape, value = "blank", kind.unanswered(spec)
    else:
        shape, value = kind.shown(answer, spec, labels)
    if shape in ("files", "pictures"):
        value = [_file(files[pk], kind, file_url) for pk in value if pk in files]
    return Item(spec["key"], spec["label"], spec["kind"], shape, value)


def _file(attachment: Any, kind: Any, file_url: Callable[[Any], str]) -> ShownFile:
    if not isinstance(kind, Pictures):
        return ShownFile(attachment, file_url(attachment))
    details = attachment.details
    return ShownFile(
        attachment,
        file_url(attachment),
        details.get("caption", ""),
        details.get("credit", ""),
        kind.taken(details),
    )
