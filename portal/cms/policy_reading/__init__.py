"""Reads an official document as it exists into the fields of a policy page.

Nothing is invented and nothing lost: a line either gives a field or stays in the body, and the
notes tell the editor which line gave what, what was rejoined, and what was left out.
"""

from typing import BinaryIO

from .document import Block, BlockKind, Note, NoteKind, ReadDocument, UnreadableDocument
from .recognise import recognise
from .text import read_lines

__all__ = [
    "Block",
    "BlockKind",
    "Note",
    "NoteKind",
    "ReadDocument",
    "UnreadableDocument",
    "read_policy",
]


def read_policy(file: BinaryIO, filename: str) -> ReadDocument:
    """Read an uploaded .txt or .docx of at most 20 MB.

    `file` is open for reading bytes, such as an uploaded file, and is left at its beginning, so
    that it can be stored as it came in. Raises `UnreadableDocument`, whose message is for the
    person who uploaded it.
    """
    return recognise(read_lines(file, filename))
