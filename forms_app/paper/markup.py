"""Paragraphs, cells and tables in the markup of a .docx."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY, HEADING = "仿宋", "黑体"
# What other systems call the two faces, for machines that have them under another name only.
OTHER_NAMES = {
    BODY: "仿宋_GB2312;FangSong;STFangsong;华文仿宋;FZFangSong-Z02S;Noto Serif CJK SC",
    HEADING: "SimHei;STHeiti;华文黑体;FZHei-B01S;Noto Sans CJK SC",
}
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NAME = 40  # of a bookmark in Word


def readable(text: str) -> str:
    """Return a text without the characters that no document holds."""
    return _NOT_XML.sub("", text)


def bookmark_name(key: str) -> str:
    """Return the name of the hidden bookmark at a field's label. Names that begin with "_" are not listed by Word."""
    name = f"_f_{key}"
    if len(name) <= _LONGEST_NAME:
        return name
    return f"_h_{hashlib.sha256(key.encode()).hexdigest()[:30]}"


def run(
    text: str, *, size: int = 24, font: str = BODY, bold: bool = False, grey: bool = False
) -> str:
    """Return a run of text. `size` is in half points."""
    parts = []
    for number, piece in enumerate(readable(text).split("\t")):
        if number:
            parts.append("<w:tab/>")
        if piece:
            parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    look = (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}" w:hint="eastAsia"/>'
        + ("<w:b/>" if bold else "")
        + ('<w:color w:val="595959"/>' if grey else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )
    return f"<w:r><w:rPr>{look}</w:rPr>{''.join(parts)}</w:r>"


def paragraph(
    content: str = "",
    *,
    align: str = "left",
    line: int = 0,
    space: int = 0,
    indent: bool = False,
    keep: bool = False,
    size: int = 24,
) -> str:
    """Return a paragraph.

    Args:
        content: runs.
        line: exact height of a line in twentieths of a point; 0 for one that fits.
        space: before and after, in twentieths of a point.
        indent: two characters at its beginning.
        keep: on the page of what follows.
        size: of the empty paragraph's mark, in half points.
    """
    height = f' w:line="{line}" w:lineRule="exact"' if line else ""
    look = (
        ("<w:keepNext/>" if keep else "")
        + f'<w:spacing w:before="{space}" w:after="{space}"{height}/>'
        + ('<w:ind w:firstLineChars="200" w:firstLine="480"/>' if indent else "")
        + f'<w:jc w:val="{align}"/><w:rPr><w:sz w:val="{size}"/></w:rPr>'
    )
    return f"<w:p><w:pPr>{look}</w:pPr>{content}</w:p>"


def marked(content: str, key: str, number: int) -> str:
    """Return runs within the hidden bookmark of a field."""
    name = bookmark_name(key)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def cell(
    content: str, *, width: int, span: int = 1, shade: bool = False, middle: bool = True
) -> str:
    """Return a cell. `width` is in twentieths of a point; content: paragraphs."""
    look = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + ('<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if shade else "")
        + f'<w:vAlign w:val="{"center" if middle else "top"}"/>'
    )
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, whole: bool = False, head: bool = False, least: int = 500) -> str:
    """Return a row.

    Args:
        whole: never broken between two pages.
        head: repeated at the top of each page.
        least: its least height in twentieths of a point.
    """
    look = (
        ("<w:cantSplit/>" if whole or head else "")
        + f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>'
        + ("<w:tblHeader/>" if head else "")
    )
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int]) -> str:
    """Return a table with all its borders, its columns as wide as given in twentieths of a point."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def field_code(code: str, *, size: int) -> str:
    """Return a field that Word fills in: PAGE, NUMPAGES."""
    look = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>'
    kinds = ("begin", "separate", "end")
    begin, separate, end = (
        f'<w:r>{look}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds
    )
    text = f'<w:r>{look}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{begin}{text}{separate}<w:r>{look}<w:t>1</w:t></w:r>{end}"
