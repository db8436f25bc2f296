"""From an uploaded file to its lines: which kind it is, and how a .txt is decoded."""

import re
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from .document import Line, Source, UnreadableDocument
from .word import lines_of_docx

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 200_000
_BREAK = re.compile("(\r\n|[\n\r\f\v\x85\u2028\u2029])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_lines(file: BinaryIO, filename: str) -> Source:
    """Read a .txt or .docx into lines; the file is left at its beginning.

    Raises `UnreadableDocument` for any other kind, an empty, damaged, locked or renamed file,
    more than 20 MB, or more than 200,000 characters.
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    suffix = PurePath(filename).suffix.lower()
    _refuse_unfit(data, suffix)
    source = lines_of_docx(data) if suffix == ".docx" else _lines_of_txt(data)
    if not source.lines:
        raise UnreadableDocument(
            _("文件里没有文字。如果是扫描件或图片，请上传有文字的 .docx 或 .txt。")
        )
    if sum(_length(line) for line in source.lines) > MAX_CHARACTERS:
        raise UnreadableDocument(_("文字超过20万字，不像一份公文，请核对文件后重新上传。"))
    return source


def _refuse_unfit(data: bytes, suffix: str) -> None:
    if not data:
        raise UnreadableDocument(_("文件是空的，请打开原文件核对后重新上传。"))
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(_("文件超过20 MB。请压缩或删去图片后重新上传。"))
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableDocument(_("文件设有打开密码。请在 Word 中取消密码后重新上传。"))
        raise UnreadableDocument(
            _(
                "这是旧版 Word 文档（.doc）或 WPS 文档。请用 Word 或 WPS 打开，另存为 .docx 后重新上传。"
            )
        )
    if data.startswith(b"%PDF"):
        raise UnreadableDocument(_("这是 PDF 文件。请上传它的 Word 原稿（.docx）或文本（.txt）。"))
    if data.startswith(b"{\\rtf"):
        raise UnreadableDocument(_("这是 RTF 文件。请用 Word 打开，另存为 .docx 后重新上传。"))
    if suffix not in {".docx", ".txt"}:
        raise UnreadableDocument(_("只能读取 .docx 和 .txt 文件。请另存为 .docx 后重新上传。"))
    if suffix == ".txt" and data.startswith(b"PK\x03\x04"):
        raise UnreadableDocument(
            _("这个文件不是文本文件。如果它是 Word 文档，请把扩展名改回 .docx 后重新上传。")
        )


def _length(line: Line) -> int:
    return len(line.text) + sum(len(cell) for row in line.rows for cell in row)


def _lines_of_txt(data: bytes) -> Source:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = (
        ""
        if b"\0" in data and not wide
        else _decoded(data, ["utf-16"] if wide else ["utf-8-sig", "gb18030"])
    )
    if not text or _CONTROL.search(text):
        raise UnreadableDocument(
            _("这个文件不是文本文件，可能被改过扩展名。请上传 .docx 或 .txt 原稿。")
        )
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocument(_("文字超过20万字，不像一份公文，请核对文件后重新上传。"))
    lines: list[Line] = []
    number, new_page = 1, False
    for piece in _BREAK.split(text):
        if piece == "\f":
            new_page = bool(lines)
        elif _BREAK.fullmatch(piece):
            number += 1
        elif piece.strip():
            lines.append(Line(number, piece.strip(), new_page, indented=piece[0].isspace()))
            new_page = False
    return Source(tuple(lines), "line")


def _decoded(data: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDocument(
        _("认不出这个文本文件的编码。请用记事本打开，另存为 UTF-8 编码的 .txt 后重新上传。")
    )
