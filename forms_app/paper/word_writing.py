"""A sheet as .docx: A4, bordered cells, opinion boxes to stamp, version and QR code on every page.

Each label carries a hidden bookmark with its field's code. It sits at the label and not around the answer, because
people select a cell and type over it; labels stay. `word_reading` finds the answer in the cell beside.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import count

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from . import markup as m
from .code import qr
from .sheet import Box, Note, Opinion, Part, Sheet, Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH = 9298  # of the text, in twentieths of a point: A4 less 23 mm on both sides
LABEL = 1750
GRID = (LABEL, WIDTH // 2 - LABEL, LABEL, WIDTH // 2 - LABEL)
SMALL, TINY = 21, 16  # half points
LONG = 60  # characters; from here on a text has paragraphs that begin indented


def word_form(sheet: Sheet) -> bytes:
    """Return a sheet as a .docx file."""
    document = Document()
    _set_up(document, sheet)
    numbers = count(1)
    pieces = [
        m.paragraph(m.run(sheet.title, size=44, font=m.HEADING), align="center", space=120),
        m.paragraph(m.run(sheet.head, size=SMALL), align="center", space=60),
    ]
    for part in sheet.parts:
        pieces.extend(_part(part, numbers))
    if sheet.opinions:
        pieces.append(_spacer())
        pieces.append(m.table(map(_opinion, sheet.opinions), (LABEL, WIDTH - LABEL)))
    body = document.element.body
    body.remove(body[0]) if body[0].tag == qn("w:p") else None
    content = parse_xml(f"<w:body {m.WORD}>{''.join(pieces)}{_spacer()}</w:body>")
    last = body.find(qn("w:sectPr"))
    for element in list(content):
        last.addprevious(element)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _part(part: Part, numbers: Iterator[int]) -> Iterator[str]:
    """Yield the tables of a section; tables that touch each other would become one, so something stands between."""
    rows = [_title_row(part)]
    for line in part.lines:
        if isinstance(line, Table):
            if rows:
                yield from (_spacer(), m.table(rows, GRID))
                rows = []
            yield from (_spacer(), _rows(line, next(numbers)))
        elif isinstance(line, Note):
            rows.append(_full_row(line.text))
        else:
            rows.append(_boxes(line, numbers))
    if rows:
        yield from (_spacer(), m.table(rows, GRID))


def _title_row(part: Part) -> str:
    content = m.paragraph(m.run(part.title, size=26, font=m.HEADING), keep=True)
    if part.help:
        content += m.paragraph(m.run(part.help, size=18, grey=True), keep=True)
    return m.row([m.cell(content, width=WIDTH, span=4, shade=True)], whole=True)


def _full_row(text: str) -> str:
    paragraphs = "".join(m.paragraph(m.run(line, size=SMALL)) for line in text.split("\n"))
    return m.row([m.cell(paragraphs, width=WIDTH, span=4)])


def _boxes(boxes: list[Box], numbers: Iterator[int]) -> str:
    cells = []
    for box in boxes:
        wide = len(boxes) == 1
        cells.append(m.cell(_label(box.label, box.hint, box.key, next(numbers)), width=LABEL))
        cells.append(
            m.cell(
                _text(box.text, indent=len(box.text) > LONG),
                width=WIDTH - LABEL if wide else GRID[1],
                span=3 if wide else 1,
                middle=len(box.text) <= LONG,
            )
        )
    # A long text goes on on the next page; a short one stays whole.
    return m.row(cells, whole=all(len(box.text) <= 200 for box in boxes))


def _label(label: str, hint: str, key: str, number: int) -> str:
    text = m.paragraph(
        m.marked(m.run(label, size=SMALL, font=m.HEADING), key, number), align="center"
    )
    return text + (m.paragraph(m.run(hint, size=TINY, grey=True)) if hint else "")


def _text(text: str, *, indent: bool = False, align: str = "left", size: int = 24) -> str:
    return "".join(
        m.paragraph(
            m.run(line, size=size) if line else "",
            indent=indent and bool(line),
            align=align,
            space=20,
        )
        for line in text.split("\n")
    )


def _rows(table: Table, number: int) -> str:
    widths = _widths(table)
    label = m.run(table.label, size=SMALL, font=m.HEADING)
    hint = f"（{table.hint}）" if table.hint else ""
    caption = m.paragraph(
        m.marked(label, table.key, number) + m.run(hint, size=TINY, grey=True), keep=True
    )
    heads = []
    for column, width in zip(table.columns, widths, strict=True):
        content = m.paragraph(m.run(column.label, size=SMALL, font=m.HEADING), align="center")
        if column.hint:
            content += m.paragraph(m.run(column.hint, size=TINY, grey=True), align="center")
        heads.append(m.cell(content, width=width))
    rows = [
        m.row([m.cell(caption, width=WIDTH, span=len(widths), shade=True)], head=True, least=420),
        m.row(heads, head=True, least=420),
    ]
    for texts in table.rows:
        cells = zip(texts, widths, table.columns, strict=True)
        rows.append(
            m.row(
                [
                    m.cell(
                        _text(text, align="right" if column.right else "left", size=SMALL),
                        width=width,
                    )
                    for text, width, column in cells
                ],
                whole=True,
                least=420,
            )
        )
    if not table.rows:
        rows.append(m.row([m.cell(m.paragraph(), width=WIDTH, span=len(widths))]))
    if table.total:
        words = m.run(f"合计：{table.total}", size=SMALL, bold=True)
        content = m.paragraph(words, align="right")
        rows.append(m.row([m.cell(content, width=WIDTH, span=len(widths))], whole=True, least=420))
    return m.table(rows, widths)


def _widths(table: Table) -> list[int]:
    whole = sum(column.weight for column in table.columns)
    widths = [WIDTH * column.weight // whole for column in table.columns]
    widths[-1] += WIDTH - sum(widths)
    return widths


def _opinion(opinion: Opinion) -> str:
    label = m.paragraph(m.run(opinion.label, size=SMALL, font=m.HEADING), align="center")
    day = opinion.day or "　　　年　　月　　日"
    content = (
        _text(opinion.text, indent=True)
        + m.paragraph()
        + m.paragraph()
        + m.paragraph(m.run(f"签字：{opinion.signer or '　　　　　　'}　　　　　"), align="right")
        + m.paragraph(m.run(f"（盖章）　　{day}"), align="right")
    )
    cells = [m.cell(label, width=LABEL), m.cell(content, width=WIDTH - LABEL, middle=False)]
    return m.row(cells, whole=True, least=2400)


def _spacer() -> str:
    return m.paragraph(line=80, size=2, keep=True)


# --- page, header and footer --------------------------------------------------------------------


def _set_up(document: DocumentType, sheet: Sheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin, section.bottom_margin = Mm(22), Mm(33)
    section.header_distance, section.footer_distance = Mm(11), Mm(8)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = sheet.title, "", ""
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), m.BODY)
    _name_fonts(document)
    _header(document, sheet)
    _footer(document, sheet)


def _header(document: DocumentType, sheet: Sheet) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    text = m.paragraph(m.run(f"{sheet.title}　{sheet.head}", size=18, grey=True), align="right")
    paragraph._p.getparent().replace(paragraph._p, parse_xml(_in_word(text)))


def _footer(document: DocumentType, sheet: Sheet) -> None:
    """Version, code and page at the left, the QR code at the right."""
    footer = document.sections[0].footer
    pages = "".join(
        [
            m.run("第 ", size=18),
            m.field_code("PAGE", size=18),
            m.run(" 页，共 ", size=18),
            m.field_code("NUMPAGES", size=18),
            m.run(" 页", size=18),
        ]
    )
    words = m.paragraph(m.run(sheet.foot, size=18)) + m.paragraph(pages)
    frame = footer.add_table(1, 2, Emu(int(WIDTH * 635)))
    frame.autofit = False
    left, right = frame.rows[0].cells
    for column, cell, width in zip(frame.columns, (left, right), (140, 24), strict=True):
        column.width = cell.width = Mm(width)
    for element in parse_xml(f"<w:tc {m.WORD}>{words}</w:tc>"):
        left._tc.append(element)
    left._tc.remove(left.paragraphs[0]._p)
    if sheet.address:
        picture = BytesIO()
        qr(sheet.address).save(picture, kind="png", scale=6, border=2)
        right.paragraphs[0].alignment = 2
        right.paragraphs[0].add_run().add_picture(picture, width=Mm(20))
    first = footer.paragraphs[0]._p
    first.getparent().remove(first)
    footer._element.append(parse_xml(_in_word(m.paragraph(line=20, size=2))))


def _in_word(markup: str) -> str:
    return markup.replace("<w:p>", f"<w:p {m.WORD}>", 1)


def _name_fonts(document: DocumentType) -> None:
    """Say in the font table what else the faces are called."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in m.OTHER_NAMES.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {m.WORD}>{fonts}</w:fonts>'.encode()
