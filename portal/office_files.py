"""Office files (.docx, .xlsx) that come from outside, looked into before a library opens them.

They are archives of marked-up parts. Nothing is run, followed or expanded here, and what a library would have to hold in
memory is counted before it does: a few kilobytes can unpack to gigabytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

MB = 1024 * 1024
HEAD = 64  # bytes by which a part is known for markup
# What libraries raise over a file that is no sound one.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    struct.error,
    KeyError,
    ValueError,
    AttributeError,
    EOFError,
    RuntimeError,  # RecursionError, a password, an unknown way of packing
)
_BEFORE_MARKUP = b"\x00\xef\xbb\xbf\xfe\xff \t\r\n"
_MARKUP = ("<".encode("cp500")[0], ord("<"))


class Unsound(Exception):
    """A file that is not opened.

    Attributes:
        code: "broken", "locked" (a password), "too_large" (unpacked) or "dtd" (definitions that Office never writes).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold.

    Attributes:
        markup: bytes of all marked-up parts together, unpacked.
        marks: tags and attributes in them; each costs a library a hundred bytes or more.
        unpacked: bytes of all parts.
        parts: files in the archive.
    """

    markup: int
    marks: int
    unpacked: int = 100 * MB
    parts: int = 2000


def marked_up_parts(data: bytes, limits: Limits) -> Iterator[tuple[str, etree._Element]]:
    """Yield (name, root) of each marked-up part, whatever it calls itself; one after the other, so keep none.

    Args:
        data: the file as it came.
        limits: checked for all parts together before the first one is parsed.

    Raises:
        Unsound: see there; also half-way.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            for part in _within(package, limits):
                yield part.filename, _parsed(package.read(part))
    except BROKEN as error:
        raise Unsound("broken") from error


def _within(package: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the marked-up parts. Sizes are those that the archive declares: unpacking stops there."""
    parts = package.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unsound("locked")
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
        raise Unsound("too_large")
    found = [part for part in parts if _is_markup(package, part)]
    if sum(part.file_size for part in found) > limits.markup:
        raise Unsound("too_large")
    marks = 0
    for part in found:
        content = package.read(part)
        marks += content.count(b"<") + content.count(b"=")
        if marks > limits.marks:
            raise Unsound("too_large")
    return found


def _is_markup(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether a part may be markup. A relation can make markup of any part, under any name."""
    if part.filename.endswith((".xml", ".rels")):
        return True
    with package.open(part) as file:
        head = file.read(HEAD).lstrip(_BEFORE_MARKUP)
    return bool(part.file_size) and (not head or head[0] in _MARKUP)


def _parsed(content: bytes) -> etree._Element:
    """Return the root of a part. A document type can define entities, and Office never writes one."""
    if b"<!DOCTYPE" in content or "<!DOCTYPE".encode("utf-16-le") in content:
        raise Unsound("dtd")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise Unsound("dtd")
    return root
