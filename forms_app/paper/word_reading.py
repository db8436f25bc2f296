"""What somebody filled in in Word, back as answers.

An answer is the cell beside its label. The label is known by the hidden bookmark in it; where that is gone (a label typed
anew, a form copied together), by its words. So cells may move, rows may be added, and the order may change.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document

from ..engine.context import FillingContext
from ..engine.kinds import kind_of
from ..engine.kinds.rows import Rows
from ..engine.reading import is_blank
from ..engine.schema import Schema, fields_of
from .markup import bookmark_name
from .word_cells import Cell, Row, tables_of
from .word_opening import only_sound

TOTAL = re.compile(
    r"(合计|总计|小计)[\d,.¥]*元?"
)  # of a whole cell; "合计算盘" begins a row like any other


@dataclass
class Reading:
    """What was found.

    Attributes:
        answers: neutral answers by field; what cannot be read is kept as `{"raw": …}`.
        empty: fields that are there with nothing filled in.
        missing: field → why it was not found.
        elsewhere: fields that cannot be answered in Word: files, which are uploaded in the portal.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)

    @property
    def found_nothing(self) -> bool:
        """Whether not a single field was found: this is another document."""
        return not self.answers and not self.empty


@dataclass(frozen=True)
class _Place:
    table: int
    row: int
    cell: int


def read_word(
    document: Document, schema: Schema, answers: Mapping[str, Any], context: FillingContext
) -> Reading:
    """Return what a filled-in form says.

    Args:
        answers: of the draft; rows that are fixed keep what is fixed in them.
        context: of the draft, for lists to choose from.

    Raises:
        UploadRefused: something in the document cannot be read at all.
    """
    with only_sound():
        tables = tables_of(document)
    places = _places(tables, schema)
    reading = Reading()
    for spec in fields_of(schema):
        kind, key = kind_of(spec), spec["key"]
        if not kind.answered:
            continue
        if not kind.writable_in_word:
            reading.elsewhere.append(key)
            continue
        if key not in places:
            reading.missing[key] = _("文件里没有找到“%(label)s”这一栏。") % {"label": spec["label"]}
            continue
        if isinstance(kind, Rows):
            rows = _rows_below(tables, places[key], spec, set(places.values()))
            answer = (
                kind.from_word_rows(rows, spec, answers.get(key), context) if any(rows) else None
            )
        else:
            cell = _beside(tables, places[key], set(places.values()))
            if cell is None:
                reading.missing[key] = _("“%(label)s”旁边没有填写的格子。") % {
                    "label": spec["label"]
                }
                continue
            answer = kind.from_word(cell.text, spec, context)
        if is_blank(answer):
            reading.empty.append(key)
        else:
            reading.answers[key] = answer
    return reading


def plain(text: str) -> str:
    """Return a label for comparing: without blanks, stars and colons."""
    return re.sub(r"[\s*:]+", "", unicodedata.normalize("NFKC", text))


def bare(text: str) -> str:
    """Return a label for comparing, also without what stands in brackets behind it."""
    return re.sub(r"(.)\(.*\)$", r"\1", plain(text))


def _places(tables: list[list[Row]], schema: Schema) -> dict[str, _Place]:
    """Return where each field's label stands: by bookmark, then by words that occur once."""
    by_mark, by_words = _signposts(tables)
    fields = [spec for spec in fields_of(schema) if kind_of(spec).answered]
    found = {
        spec["key"]: by_mark[name]
        for spec in fields
        if (name := bookmark_name(spec["key"])) in by_mark
    }
    for spec in fields:
        if spec["key"] in found:
            continue
        taken = set(found.values())
        label = spec["label"]
        named = by_words.get(plain(label)) or by_words.get(bare(label), [])
        free = [place for place in named if place not in taken]
        # A word that heads a column too is no label: a label has its answer beside it or below.
        if len(free) > 1 and not isinstance(kind_of(spec), Rows):
            free = [place for place in free if not _heads_column(tables, place)]
        if len(free) == 1:
            found[spec["key"]] = free[0]
    return found


def _signposts(tables: list[list[Row]]) -> tuple[dict[str, _Place], dict[str, list[_Place]]]:
    """Return where each bookmark stands, and where each first line of a cell does."""
    by_mark: dict[str, _Place] = {}
    by_words: dict[str, list[_Place]] = {}
    for number, table in enumerate(tables):
        for down, row in enumerate(table):
            for across, cell in enumerate(row):
                place = _Place(number, down, across)
                for words in {plain(cell.head), bare(cell.head)}:
                    by_words.setdefault(words, []).append(place)
                for name in cell.marks:
                    by_mark.setdefault(name, place)
    return by_mark, by_words


def _heads_column(tables: list[list[Row]], place: _Place) -> bool:
    row = tables[place.table][place.row]
    above = tables[place.table][place.row - 1] if place.row else []
    return len(above) == 1 and len(row) > 1


def _beside(tables: list[list[Row]], place: _Place, labels: set[_Place]) -> Cell | None:
    """Return the cell right of a label or, where it is the last of its row, the one below."""
    table = tables[place.table]
    row = table[place.row]
    right = _Place(place.table, place.row, place.cell + 1)
    if right.cell < len(row) and right not in labels:
        return row[right.cell]
    if place.row + 1 < len(table) and right.cell >= len(row):
        for across, cell in enumerate(table[place.row + 1]):
            below = _Place(place.table, place.row + 1, across)
            if cell.at == row[place.cell].at and below not in labels:
                return cell
    return None


def _rows_below(
    tables: list[list[Row]], place: _Place, spec: dict[str, Any], labels: set[_Place]
) -> list[dict[str, str]]:
    """Return the rows of a table below its caption, each {column: text}; totals are left out."""
    table = tables[place.table][place.row + 1 :]
    if not table:
        return []
    columns = spec["options"]["columns"]
    heads = {bare(cell.head): cell.at for cell in table[0]}
    heads |= {plain(cell.head): cell.at for cell in table[0]}
    at = {
        column["key"]: heads[words]
        for column in columns
        if (words := plain(column["label"])) in heads or (words := bare(column["label"])) in heads
    }
    body = table[1:]
    if not at:  # the heads were typed over or cut off: as they were printed
        at = {column["key"]: number for number, column in enumerate(columns)}
        body = table
    rows = []
    for down, row in enumerate(body, start=place.row + 1 + len(table) - len(body)):
        if any(_Place(place.table, down, across) in labels for across in range(len(row))):
            break
        is_total = row and TOTAL.fullmatch(plain(row[0].head))
        if not row or is_total or (len(row) == 1 and len(columns) > 1):
            continue
        texts = {cell.at: cell.text for cell in row}
        rows.append({key: texts.get(column, "") for key, column in at.items()})
    return rows
