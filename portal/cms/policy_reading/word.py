"""The lines of a .docx in reading order: paragraphs, headings, tables, text boxes."""

from io import BytesIO

import docx
from django.utils.translation import gettext as _
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from portal.office_files import BROKEN, MB, Limits, Unsound, marked_up_parts

from .document import Line, Rows, Source, UnreadableDocument
from .numbering import Numbering

LIMITS = Limits(markup=10 * MB, marks=1_000_000)

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), _FALLBACK}
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_TEXT_OF = {
    qn("w:tab"): "\t",
    qn("w:noBreakHyphen"): "-",
    qn("w:cr"): "\n",
}


def lines_of_docx(data: bytes) -> Source:
    """Read the text of a .docx; pictures, foot notes, headers and footers are only remarked on.

    Tracked changes are read as if accepted. Raises `UnreadableDocument` for anything that is not
    a sound .docx, is locked by a password, or unpacks to more than a document can hold.
    """
    _refuse_unsound(data)
    try:
        document = docx.Document(BytesIO(data))
        return _Reading(document).source()
    except (PackageNotFoundError, *BROKEN) as error:
        raise _damaged() from error


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        _(
            "这个文件不是完好的 Word 文档（.docx），可能已损坏或被改过扩展名。请用 Word 打开原稿，另存为 .docx 后重新上传。"
        )
    )


def _refuse_unsound(data: bytes) -> None:
    try:
        for _name, _root in marked_up_parts(data, LIMITS):
            pass
    except Unsound as unsound:
        if unsound.code == "locked":
            raise UnreadableDocument(_("文件设有打开密码。请取消密码后重新上传。")) from unsound
        if unsound.code == "too_large":
            raise UnreadableDocument(
                _(
                    "文件展开后过大，不像一份公文。请把正文复制到新的 Word 文档，另存为 .docx 后重新上传。"
                )
            ) from unsound
        raise _damaged() from unsound


class _Reading:
    """One pass through the body of one document."""

    def __init__(self, document: Document):
        self.document = document
        self.body = document.element.body
        self.numbering = Numbering(document)
        self.lines: list[Line] = []
        self.number = 0
        self.new_page = False
        self.unwritten_numbers: list[int] = []

    def source(self) -> Source:
        self._walk(self.body)
        return Source(tuple(self.lines), "paragraph", tuple(self._remarks()))

    def _walk(self, parent) -> None:
        for element in parent:
            if element.tag == qn("w:p"):
                self.number += 1
                self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                self.number += 1
                self._table(element)
            elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
                self._walk(element)

    def _paragraph(self, paragraph) -> None:
        for inner in paragraph.iter(qn("w:p")):
            if inner is not paragraph and not _in_fallback(inner):
                self._add(_text(inner), paragraph=None)
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            self.new_page = bool(self.lines)
        text = _text(paragraph)
        label = self.numbering.label(paragraph) if text.strip() else ""
        if label is None:
            self.unwritten_numbers.append(self.number)
        self._add(f"{label} {text}" if label else text, paragraph)

    def _add(self, text: str, paragraph) -> None:
        """Add the lines of a paragraph; a form feed in it is a page break, a newline a soft break."""
        outline = None if paragraph is None else self._outline(paragraph)
        first_line = paragraph is not None and _first_line_indent(paragraph)
        for page, on_page in enumerate(text.split("\f")):
            self.new_page = self.new_page or (page > 0 and bool(self.lines))
            for piece in on_page.split("\n"):
                if piece.strip():
                    indented = first_line or piece[0].isspace()
                    self.lines.append(
                        Line(self.number, piece.strip(), self.new_page, indented, outline)
                    )
                    self.new_page = first_line = False

    def _table(self, table) -> None:
        rows = _rows(table)
        if any(cell for row in rows for cell in row):
            self.lines.append(Line(self.number, "", self.new_page, rows=rows))
            self.new_page = False

    def _outline(self, paragraph) -> int | None:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        element = (
            None
            if style is None
            else self.document.styles.element.get_by_id(style.get(qn("w:val")))
        )
        name = "" if element is None else (element.name_val or "").lower()
        if name == "title":
            return 0
        kind, _space, level = name.partition(" ")
        return int(level) if kind == "heading" and level.isdecimal() else None

    def _remarks(self):
        pictures = sum(
            1 for tag in _PICTURES for picture in self.body.iter(tag) if not _in_fallback(picture)
        )
        if pictures:
            yield _("文中有%(count)d张图片没有读入，需要的请另行上传。") % {"count": pictures}
        if any(True for _found in self.body.iter(qn("w:object"), qn("w:sym"), _WORD_ART)):
            yield _("文中有嵌入对象或特殊符号没有读入，请对照原文核对。")
        if any(
            True for _found in self.body.iter(qn("w:footnoteReference"), qn("w:endnoteReference"))
        ):
            yield _("文中的脚注、尾注没有读入，请对照原文核对。")
        if any(True for _found in self.body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom"))):
            yield _("文档里有修订痕迹，已按接受修订后的文字读入，请核对。")
        if self.unwritten_numbers:
            places = "、".join(str(number) for number in self.unwritten_numbers)
            yield _("第%(places)s段的自动编号没有读入，请对照原文补上。") % {"places": places}
        margins = " ".join(self._margin_texts())
        if margins:
            yield _("页眉、页脚的文字没有读入：%(text)s") % {"text": margins}

    def _margin_texts(self):
        seen: set[str] = set()
        for section in self.document.sections:
            for margin in (
                section.first_page_header,
                section.header,
                section.first_page_footer,
                section.footer,
            ):
                if margin.is_linked_to_previous:
                    continue
                text = " ".join(
                    "".join(node.itertext(qn("w:t"))) for node in margin._element.iter(qn("w:p"))
                ).strip()
                if any(character.isalpha() for character in text) and text not in seen:
                    seen.add(text)
                    yield text


def _text(element) -> str:
    """Return the text of a paragraph, also inside links, insertions and content controls."""
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or child.tag == qn("w:txbxContent"):
            continue
        if child.tag in {qn("w:t"), _MATH_TEXT}:
            parts.append((child.text or "").replace("\n", " "))
        elif child.tag == qn("w:br"):
            parts.append("\f" if child.get(qn("w:type")) == "page" else "\n")
        else:
            parts.append(_TEXT_OF.get(child.tag) or _text(child))
    return "".join(parts)


def _in_fallback(element) -> bool:
    return any(True for _ancestor in element.iterancestors(_FALLBACK))


def _first_line_indent(paragraph) -> bool:
    indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    if indent is None:
        return False
    widths = (indent.get(qn("w:firstLine")), indent.get(qn("w:firstLineChars")))
    return any(width not in {None, "0"} for width in widths)


def _rows(table) -> Rows:
    """Return the cells of a table; a merged cell gives its text once, then empty cells."""
    rows = []
    for row in _inside(table, qn("w:tr")):
        cells: list[str] = []
        for cell in _inside(row, qn("w:tc")):
            cells.append(_cell_text(cell))
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = span.get(qn("w:val"), "1") if span is not None else "1"
            cells.extend([""] * (min(int(width), 100) - 1 if width.isdecimal() else 0))
        rows.append(tuple(cells))
    return tuple(rows)


def _inside(parent, tag: str):
    """Yield the rows of a table or the cells of a row, also those inside a content control."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _inside(child, tag)


def _cell_text(cell) -> str:
    paragraphs = (paragraph for paragraph in cell.iter(qn("w:p")) if not _in_fallback(paragraph))
    pieces = (_text(paragraph).replace("\f", "\n").strip() for paragraph in paragraphs)
    return "\n".join(piece for piece in pieces if piece)
