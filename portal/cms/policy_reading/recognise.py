"""From the lines of a file to the fields of an official document, with notes for the editor."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from .body import blocks_of
from .document import (
    FIELD_LABELS,
    Found,
    Line,
    Note,
    NoteKind,
    ReadDocument,
    Source,
)
from .head import find_head, with_signatory_apart
from .page_numbers import without_page_numbers
from .rejoin import Seam, rejoin
from .shapes import CC
from .tail import find_tail


def recognise(source: Source) -> ReadDocument:
    """Sort the lines of `source` into fields; what no field claims is the body, in its order."""
    plain = with_signatory_apart(_without_layout_tables(source.lines))
    lines, dropped, doubtful = without_page_numbers(plain)
    head = find_head(lines)
    start = max((position + 1 for item in head for position in item.positions), default=0)
    found = head + find_tail(lines, start)
    paragraphs, seams = _rejoined(lines, {place for item in found for place in item.positions})
    values = {item.field: item.value for item in found}
    notes = (
        *_field_notes(found, lines, source.counted_in),
        *_seam_notes(seams, source.counted_in),
        *_page_number_notes(dropped, doubtful, source.counted_in),
        *(Note(NoteKind.ATTENTION, remark) for remark in source.remarks),
    )
    return ReadDocument(
        issuer_mark=values.get("issuer_mark", ""),
        doc_number=values.get("doc_number", ""),
        title=values.get("title", ""),
        addressees=values.get("addressees", ""),
        body=blocks_of(paragraphs),
        attachment_notes=values.get("attachment_notes", ()),
        signer=values.get("signer", ""),
        written_on=values.get("written_on"),
        cc=values.get("cc", ""),
        print_office=values.get("print_office", ""),
        printed_on=values.get("printed_on"),
        notes=notes,
    )


def _without_layout_tables(lines: Sequence[Line]) -> list[Line]:
    """Turn a table that only lays out the head or the imprint into its lines.

    Offices draw the red line and the rules of 抄送 and 印发 with the borders of a table.
    """
    plain: list[Line] = []
    for position, line in enumerate(lines):
        texts = ["　".join(filter(None, row)) for row in line.rows if any(row)]
        at_head = position == 0 and texts and texts[0].split("\n")[0].endswith("文件")
        imprint = texts and all(CC.match(text) or text.endswith("印发") for text in texts)
        if at_head or imprint:
            plain += [
                replace(line, text=part.strip(), rows=())
                for text in texts
                for part in text.split("\n")
            ]
        else:
            plain.append(line)
    return plain


def _rejoined(lines: Sequence[Line], claimed: set[int]) -> tuple[list[Line], list[Seam]]:
    """Rejoin each stretch of lines between those that belong to a field."""
    paragraphs: list[Line] = []
    seams: list[Seam] = []
    stretch: list[Line] = []
    for position in range(len(lines) + 1):
        if position < len(lines) and position not in claimed:
            stretch.append(lines[position])
            continue
        joined, made = rejoin(stretch)
        paragraphs += joined
        seams += made
        stretch = []
    return paragraphs, seams


def _field_notes(found: Sequence[Found], lines: Sequence[Line], counted_in: str) -> Iterable[Note]:
    by_field = {item.field: item for item in found}
    for field, label in FIELD_LABELS.items():
        if item := by_field.get(field):
            numbers = tuple(dict.fromkeys(lines[position].number for position in item.positions))
            message = _("%(field)s：取自%(place)s。") % {
                "field": label,
                "place": _place(numbers, counted_in),
            }
            yield Note(NoteKind.RECOGNISED, message, field, numbers)
        else:
            message = _("%(field)s：没有认出，请对照原文填写，原文没有的可以不填。") % {
                "field": label
            }
            yield Note(NoteKind.MISSING, message, field)


def _seam_notes(seams: Sequence[Seam], counted_in: str) -> Iterable[Note]:
    for seam in seams:
        message = _("%(before)s与%(after)s接成一句：…%(words)s…") % {
            "before": _place((seam.before,), counted_in),
            "after": _place((seam.after,), counted_in),
            "words": seam.words,
        }
        yield Note(NoteKind.REJOINED, message, lines=(seam.before, seam.after))


def _page_number_notes(
    dropped: Sequence[Line], doubtful: Sequence[Line], counted_in: str
) -> Iterable[Note]:
    for line in dropped:
        message = _("%(place)s的页码“%(text)s”已略去。") % {
            "place": _place((line.number,), counted_in),
            "text": line.text,
        }
        yield Note(NoteKind.DROPPED, message, lines=(line.number,))
    for line in doubtful:
        message = _("%(place)s只有数字“%(text)s”，可能是页码，没有略去，请核对。") % {
            "place": _place((line.number,), counted_in),
            "text": line.text,
        }
        yield Note(NoteKind.ATTENTION, message, lines=(line.number,))


def _place(numbers: Sequence[int], counted_in: str) -> str:
    written = "、".join(str(number) for number in numbers)
    return (_("第%(numbers)s段") if counted_in == "paragraph" else _("第%(numbers)s行")) % {
        "numbers": written
    }
