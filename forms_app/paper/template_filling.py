"""Filling a template of the office with an entry."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.run import Run

from ..engine.schema import Schema, fields_of
from ..models import Entry, EntryVersion
from . import markup
from .code import qr
from .placeholders import PLACE, QR, Name, find, lookup, named_in, roots_of
from .sheet import Box, Sheet, Table, sheet_of
from .word_writing import word_form


def paper_form(entry: Entry, version: EntryVersion | None) -> bytes:
    """Return an entry's form as .docx: on the office's own template where the form has one."""
    sheet = sheet_of(entry, version)
    template = getattr(entry.form_version.definition, "template", None)
    if template is None:
        return word_form(sheet)
    with template.file.open("rb") as file:
        return fill_template(file.read(), sheet, (version or entry).form_version.schema)


def fill_template(content: bytes, sheet: Sheet, schema: Schema) -> bytes:
    """Return a template with its placeholders filled; a name that the form no longer has becomes empty.

    Args:
        content: a .docx that has been checked when it came.
    """
    document = Document(BytesIO(content))
    known = lookup(schema)
    texts, tables = _values(sheet, schema)
    _repeat_rows(document, known, tables)
    for owner, root in roots_of(document):
        for paragraph in list(root.iter(qn("w:p"))):
            _fill(paragraph, known, texts.get)
            if sheet.address:
                _put_codes(paragraph, owner, sheet.address)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _values(sheet: Sheet, schema: Schema) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """Return the texts by name, and the rows of tables, each {table.column: text}."""
    columns = {
        spec["key"]: [column["key"] for column in spec["options"]["columns"]]
        for spec in fields_of(schema)
        if "columns" in spec["options"]
    }
    texts: dict[str, str] = {"form_title": sheet.title, "version": sheet.foot, QR: _CODE}
    tables: dict[str, list[dict[str, str]]] = {}
    for line in (line for part in sheet.parts for line in part.lines):
        if isinstance(line, Table):
            keys = [f"{line.key}.{key}" for key in columns[line.key]]
            tables[line.key] = [dict(zip(keys, row, strict=True)) for row in line.rows]
        elif isinstance(line, list):
            texts |= {box.key: box.text for box in line if isinstance(box, Box)}
    for opinion in sheet.opinions:
        texts |= {
            f"{opinion.level}_opinion": opinion.text,
            f"{opinion.level}_signer": opinion.signer,
            f"{opinion.level}_day": opinion.day,
        }
    return texts, tables


# Stands for the QR code until a picture takes its place; no text that anybody types.
_CODE = "\ue000"


def _repeat_rows(
    document: Any, known: dict[str, Name], tables: dict[str, list[dict[str, str]]]
) -> None:
    for row in list(document.element.body.iter(qn("w:tr"))):
        key = next((name.table for name in named_in(row, known) if name.table), "")
        if not key:
            continue
        for values in tables.get(key) or [{}]:
            copy = deepcopy(row)
            row.addprevious(copy)
            for paragraph in list(copy.iter(qn("w:p"))):
                _fill(paragraph, known, values.get, only=key)
        row.getparent().remove(row)


def _fill(
    paragraph: Any, known: dict[str, Name], value: Callable[[str], str | None], *, only: str = ""
) -> None:
    """Replace a paragraph's placeholders, wherever Word has torn them apart.

    Args:
        only: the table whose columns are filled now; the others wait.
    """
    while True:
        nodes = list(paragraph.iter(qn("w:t")))
        text = "".join(node.text or "" for node in nodes)
        for found in PLACE.finditer(text):
            name = find(found[1], known)
            if only and (name is None or name.table != only):
                continue
            _replace(nodes, found.start(), found.end(), value(name.code) or "" if name else "")
            break
        else:
            return


def _replace(nodes: list[Any], start: int, end: int, value: str) -> None:
    at = 0
    value = value.replace("{{", "{\u200b{")  # what somebody typed is no placeholder
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last and not (first == last == 0 and value):
            continue
        node.text = text[:first] + value + text[last:]
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        if value:
            _break_lines(node)
        value = ""


def _break_lines(node: Any) -> None:
    """Set lines and tabs in a run's text as Word writes them."""
    pieces = list(_pieces(markup.readable(node.text)))
    node.text = pieces[0][1]
    after = node
    for tag, text in pieces[1:]:
        if tag:
            sign = OxmlElement(tag)
            after.addnext(sign)
            after = sign
        one = OxmlElement("w:t")
        one.text = text
        one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        after.addnext(one)
        after = one


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.split("\n")):
        for place, piece in enumerate(line.split("\t")):
            yield ("w:tab" if place else "w:br" if number else ""), piece


def _put_codes(paragraph: Any, owner: Any, address: str) -> None:
    for node in list(paragraph.iter(qn("w:t"))):
        if _CODE not in (node.text or ""):
            continue
        node.text = node.text.replace(_CODE, "")
        picture = BytesIO()
        qr(address).save(picture, kind="png", scale=6, border=2)
        Run(node.getparent(), owner).add_picture(picture, width=Mm(20))
