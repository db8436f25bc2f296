"""What a reading starts from and what it hands over: plain values, no database."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

FIELD_LABELS = {
    "issuer_mark": _("发文机关标志"),
    "doc_number": _("发文字号"),
    "title": _("标题"),
    "addressees": _("主送机关"),
    "attachment_notes": _("附件说明"),
    "signer": _("署名"),
    "written_on": _("成文日期"),
    "cc": _("抄送"),
    "print_office": _("印发机关"),
    "printed_on": _("印发日期"),
}

Rows = tuple[tuple[str, ...], ...]


class UnreadableDocument(Exception):  # noqa: N818 - it names the file, not a fault of ours
    """The file cannot be read; the message is one plain Chinese sentence that says what to do."""


class NoteKind(StrEnum):
    RECOGNISED = "recognised"
    MISSING = "missing"
    REJOINED = "rejoined"
    DROPPED = "dropped"
    ATTENTION = "attention"


class BlockKind(StrEnum):
    HEADING = "heading"
    NUMBERED = "numbered"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True)
class Line:
    """One line that holds text, or one table, of the document as it came in.

    `number` is where the person finds it: the line of a .txt, the paragraph of a .docx.
    `outline` is Word's style: 0 its title, 1 and up its headings, None anything else.
    """

    number: int
    text: str
    new_page: bool = False
    indented: bool = False
    outline: int | None = None
    rows: Rows = ()


@dataclass(frozen=True)
class Source:
    """The lines of a file in reading order; `counted_in` is "line" or "paragraph"."""

    lines: tuple[Line, ...]
    counted_in: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A field, its value, and the positions in the list of lines that it was read from."""

    field: str
    value: object
    positions: tuple[int, ...]


@dataclass(frozen=True)
class Note:
    """A sentence for the editor; `lines` are the `Line.number`s it speaks about."""

    kind: NoteKind
    message: str
    field: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """One piece of the body: `number`, `lead` and `text` one after the other are what was written.

    Level 1 is 一、 2 is （一） 3 is 1. 4 is （1） 5 is ①; 0 a paragraph or table without a number.
    """

    kind: BlockKind
    level: int = 0
    number: str = ""
    lead: str = ""
    text: str = ""
    rows: Rows = ()


@dataclass(frozen=True)
class ReadDocument:
    """A Chinese official document by the elements of GB/T 9704; what was not found is empty."""

    issuer_mark: str
    doc_number: str
    title: str
    addressees: str
    body: tuple[Block, ...]
    attachment_notes: tuple[str, ...]
    signer: str
    written_on: datetime.date | None
    cc: str
    print_office: str
    printed_on: datetime.date | None
    notes: tuple[Note, ...]
