"""The tables of a .docx as text: what people see in each cell, and which hidden bookmarks it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.oxml.ns import qn

from portal.cms.policy_reading.numbering import Numbering

from ..engine.ticks import BOX, TICK

_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:txbxContent"),
    qn("w:instrText"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Ticked and empty boxes in the faces Wingdings and Wingdings 2, which Word inserts as symbols.
_TICKED = {"52", "FE", "FC", "50", "FD", "53", "54"}
_EMPTY = {"A8", "A3", "6F", "71", "2A", "30"}


@dataclass
class Cell:
    """One cell.

    Attributes:
        text: its paragraphs, one a line.
        at: the column of the grid in which it begins.
        marks: the names of the bookmarks in it.
        goes_on: whether it belongs to the cell above.
    """

    text: str
    at: int
    marks: set[str] = field(default_factory=set)
    goes_on: bool = False

    @property
    def head(self) -> str:
        """The first line that says something."""
        return next((line for line in self.text.split("\n") if line.strip()), "")


Row = list[Cell]


def tables_of(document: Document) -> list[list[Row]]:
    """Return the outermost tables, in reading order. Tracked changes are read as if accepted."""
    reading = _Reading(document)
    outer = [
        one
        for one in document.element.body.iter(qn("w:tbl"))
        if not any(True for _above in one.iterancestors(qn("w:tbl")))
    ]
    return [[reading.row(row) for row in _inside(table, qn("w:tr"))] for table in outer]


class _Reading:
    """One pass through a document; automatic numbers are counted on the way."""

    def __init__(self, document: Document) -> None:
        self.numbering = Numbering(document)

    def row(self, element) -> Row:
        cells, at, before = [], 0, set()
        for child in _cells_and_marks(element):
            if child.tag == qn("w:bookmarkStart"):
                before.add(child.get(qn("w:name"), ""))
                continue
            cell = Cell(self.text(child), at, before | _marks(child), _goes_on(child))
            before = set()
            cells.append(cell)
            at += _span(child)
        return cells

    def text(self, cell) -> str:
        return "\n".join(
            self.paragraph(one)
            for one in cell.iter(qn("w:p"))
            if not any(above.tag in _SKIPPED for above in one.iterancestors())
        )

    def paragraph(self, element) -> str:
        text = _text(element)
        label = self.numbering.label(element) if text.strip() else ""
        if not label:
            return text
        return f"{label}{text}" if label.endswith(("、", "）")) else f"{label} {text}"


def _text(element) -> str:
    """Return the text of a paragraph, also inside links, insertions and content controls."""
    parts = []
    for child in element:
        if child.tag in _SKIPPED or _is_prompt(child):
            continue
        if child.tag == qn("w:t"):
            parts.append((child.text or "").replace("\n", " "))
        elif child.tag == qn("w:sym"):
            parts.append(_symbol(child.get(qn("w:char"), "")))
        else:
            parts.append(_SIGNS.get(child.tag) or _text(child))
    return "".join(parts)


def _is_prompt(element) -> bool:
    """Return whether this is a content control that still shows its "click here to type"."""
    if element.tag != qn("w:sdt"):
        return False
    properties = element.find(qn("w:sdtPr"))
    return properties is not None and properties.find(qn("w:showingPlcHdr")) is not None


def _symbol(char: str) -> str:
    code = char.upper().removeprefix("F0").removeprefix("00")
    return TICK if code in _TICKED else BOX if code in _EMPTY else ""


def _inside(parent, tag: str) -> Iterator:
    """Yield the rows of a table, also those inside a content control or an insertion."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _inside(child, tag)


def _cells_and_marks(row) -> Iterator:
    """Yield a row's cells and the bookmarks that begin between them."""
    for child in row:
        if child.tag in (qn("w:tc"), qn("w:bookmarkStart")):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _cells_and_marks(child)


def _marks(cell) -> set[str]:
    return {one.get(qn("w:name"), "") for one in cell.iter(qn("w:bookmarkStart"))}


def _goes_on(cell) -> bool:
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def _span(cell) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    width = "1" if span is None else span.get(qn("w:val"), "1")
    return min(int(width), 63) if width.isdecimal() and int(width) else 1
