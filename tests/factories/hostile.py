"""Office files as an attacker would make them, and the measure of what refusing them may cost."""

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from docx import Document
from openpyxl import Workbook

MB = 1024 * 1024
SECONDS = 3  # of the processor; what is refused before it is opened takes hundredths
MEMORY = 100 * MB

ENTITY_IN_A_FILE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
# Ten entities, each ten times the one before: ten gigabytes of "lol".
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "lollollol">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (98 + depth, b"&%c;" % (97 + depth) * 10) for depth in range(9)
    )
    + b"]>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TABLE = b"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


def repacked(data: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with parts changed (name → function of what stood there) or added."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, parts.pop(part)(content) if part in parts else content)
        for part, make in parts.items():
            new.writestr(part, make(b""))
    return changed.getvalue()


def docx(**parts: Callable[[bytes], bytes]) -> bytes:
    """Return an empty .docx with parts changed or added."""
    plain = io.BytesIO()
    Document().save(plain)
    return repacked(plain.getvalue(), **parts)


def docx_of(body: bytes) -> bytes:
    """Return a .docx with the markup of a body."""
    text = b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (WORD.encode(), body)
    return docx(**{"word/document.xml": lambda _old: text})


def xlsx(*, sheet: Callable[[bytes], bytes] | None = None, **parts: Callable[[bytes], bytes]):
    """Return a list of one person, with the markup of its sheet, or other parts, changed."""
    book, plain = Workbook(), io.BytesIO()
    book.active.title = "人员"
    book.active.append(["工号", "姓名"])
    book.active.append(["T20260001", "示例甲"])
    book.save(plain)
    if sheet:
        parts["xl/worksheets/sheet1.xml"] = sheet
    return repacked(plain.getvalue(), **parts)


def before_end(of: bytes, content: bytes) -> Callable[[bytes], bytes]:
    """Return what puts content before the end tag of an element."""
    return lambda old: old.replace(b"</%s>" % of, content + b"</%s>" % of)


def behind_end(of: bytes, content: bytes) -> Callable[[bytes], bytes]:
    """Return what puts content behind the end tag of an element."""
    return lambda old: old.replace(b"</%s>" % of, b"</%s>" % of + content)


def defining(definition: bytes, use: bytes = b"") -> Callable[[bytes], bytes]:
    """Return what puts a document type before the root of a part, and a use of it before its last end tag."""

    def change(old: bytes) -> bytes:
        head, found, rest = old.partition(b"?>") if old.startswith(b"<?xml") else (b"", b"", old)
        body, end, tag = rest.rpartition(b"</")
        return head + found + definition + body + use + end + tag

    return change


def declaring(data: bytes, part: str, size: int) -> bytes:
    """Return an archive that tells a false size of one of its parts, in both places where sizes stand."""
    out = bytearray(data)
    name = part.encode()
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        length, head = {b"PK\x03\x04": (26, 30), b"PK\x01\x02": (28, 46)}[mark]
        place = out.find(mark)
        while place != -1:
            long = struct.unpack_from("<H", out, place + length)[0]
            if bytes(out[place + head : place + head + long]) == name:
                struct.pack_into("<I", out, place + at, size)
            place = out.find(mark, place + 4)
    return bytes(out)


@contextmanager
def cheaply() -> Iterator[None]:
    """Around what an attack may not make dear: seconds of the processor and memory stay within bounds."""
    tracemalloc.start()
    began = time.process_time()
    try:
        yield
        took, (_now, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert took < SECONDS
    assert peak < MEMORY
