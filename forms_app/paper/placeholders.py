"""The placeholders of a template: names in double braces, and nothing but names.

A template is filled by looking names up, never by evaluating anything: no expression, no attribute, no loop. A row of a
table that names a column of an answer's table is repeated for each of its rows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml.ns import qn

from ..engine.schema import Schema, fields_of

PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
QR = "qr"
# What is no field: the version, and the opinions that were given.
SYSTEM = {
    "form_title": "表名",
    "version": "版本和校验码",
    QR: "二维码",
    "chair_opinion": "二级工会意见",
    "chair_signer": "二级工会签字",
    "chair_day": "二级工会日期",
    "party_opinion": "党组织意见",
    "party_signer": "党组织签字",
    "party_day": "党组织日期",
    "office_opinion": "校工会意见",
    "office_day": "校工会日期",
}


@dataclass(frozen=True)
class Name:
    """What a placeholder stands for.

    Attributes:
        code: how it is written: a field's code, `table.column`, or a system name.
        label: the same in Chinese, which may be written as well; "" where two fields share it.
        table: the table's code, of a column.
    """

    code: str
    label: str
    table: str = ""


def names_of(schema: Schema) -> list[Name]:
    """Return everything that a template of this form may name."""
    found = []
    for spec in fields_of(schema):
        if spec["kind"] == "static_text":
            continue
        if "columns" not in spec["options"]:
            found.append(Name(spec["key"], spec["label"]))
            continue
        for column in spec["options"]["columns"]:
            found.append(
                Name(
                    f"{spec['key']}.{column['key']}",
                    f"{spec['label']}.{column['label']}",
                    spec["key"],
                )
            )
    found += [Name(code, label) for code, label in SYSTEM.items()]
    labels = [name.label for name in found]
    return [
        name if labels.count(name.label) == 1 else Name(name.code, "", name.table) for name in found
    ]


def lookup(schema: Schema) -> dict[str, Name]:
    """Return the names of a form by every way in which they may be written."""
    names = names_of(schema)
    by_label = {_squeezed(name.label): name for name in names if name.label}
    return by_label | {name.code: name for name in names}


def faults(document: Document, schema: Schema) -> list[str]:
    """Return what is wrong with a template's placeholders, each with the placeholder it is about."""
    known = lookup(schema)
    found: list[str] = []
    for paragraph in paragraphs_of(document):
        text = text_of(paragraph)
        for written in PLACE.findall(text):
            if fault := _fault(written, known, paragraph):
                found.append(fault)
        rest = PLACE.sub("", text)
        if "{{" in rest or "}}" in rest:
            found.append(_("“%(text)s”里的双花括号没有配对。") % {"text": text.strip()[:60]})
        if "{%" in rest or "{#" in rest:
            found.append(
                _("“%(text)s”：模板里只能写栏目，不能写程序语句。") % {"text": text.strip()[:60]}
            )
    for row in document.element.body.iter(qn("w:tr")):
        tables = {name.table for name in named_in(row, known) if name.table}
        if len(tables) > 1:
            found.append(
                _("同一行里写了几个表格的列（%(tables)s），一行只能属于一个表格。")
                % {"tables": "、".join(sorted(tables))}
            )
    return list(dict.fromkeys(found))


def hints(document: Document, schema: Schema) -> list[str]:
    """Return what a template can do without, but should not."""
    known = lookup(schema)
    used = {
        name.code
        for paragraph in paragraphs_of(document)
        if (written := PLACE.findall(text_of(paragraph)))
        for name in (find(one, known) for one in written)
        if name
    }
    if QR not in used:
        return [
            _("模板里没有 {{二维码}}：盖章扫描件传回来时，系统认不出它是哪一版。建议放在页脚。")
        ]
    return []


def find(written: str, known: dict[str, Name]) -> Name | None:
    """Return what a placeholder stands for, or None."""
    return known.get(_squeezed(written))


def named_in(element: Any, known: dict[str, Name]) -> Iterator[Name]:
    """Yield what the placeholders below an element stand for; unknown ones are passed over."""
    for paragraph in element.iter(qn("w:p")):
        for written in PLACE.findall(text_of(paragraph)):
            if name := find(written, known):
                yield name


def paragraphs_of(document: Document) -> Iterator[Any]:
    """Yield the paragraphs of the body, the headers and the footers."""
    for _part, root in roots_of(document):
        yield from root.iter(qn("w:p"))


def roots_of(document: Document) -> Iterator[tuple[Any, Any]]:
    """Yield (the part's owner, its root element) of body, headers and footers, each once."""
    yield document, document.element.body
    seen = set()
    for section in document.sections:
        for margin in (
            section.header,
            section.footer,
            section.first_page_header,
            section.first_page_footer,
            section.even_page_header,
            section.even_page_footer,
        ):
            if not margin.is_linked_to_previous and margin.part.partname not in seen:
                seen.add(margin.part.partname)
                yield margin, margin._element


def text_of(paragraph: Any) -> str:
    """Return a paragraph's own text; Word often tears a placeholder into several runs."""
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _squeezed(written: str) -> str:
    return re.sub(r"\s+", "", written)


def _fault(written: str, known: dict[str, Name], paragraph: Any) -> str | None:
    name = find(written, known)
    said = "{{" + written[:60] + "}}"
    if name is None:
        return _("%(said)s 不是这张表的栏目，请照下面的清单改。") % {"said": said}
    if name.table and not any(True for _row in paragraph.iterancestors(qn("w:tr"))):
        return _("%(said)s 是表格的一列，要写在 Word 表格的一行里，系统会逐行重复这一行。") % {
            "said": said
        }
    return None
