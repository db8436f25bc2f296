"""What a report is made of: figures and tables of typed cells, before they become a page, a workbook or a print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format

from forms_app.engine.kinds.number import money_text

from ..measures import of_items

TENTH = Decimal("0.1")
SLIM = 3  # columns


class Kind(StrEnum):
    """What the cells of a column hold: text, numbers of projects (kept on one line), whole numbers, 元, points, per cent, days."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    MONEY = "money"
    SCORE = "score"
    SHARE = "share"
    DAY = "day"


FIGURES = (Kind.COUNT, Kind.MONEY, Kind.SCORE, Kind.SHARE)


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        width: in the workbook, in characters.
        is_title: whether it names the row; on a phone it heads the row's card.
    """

    label: str
    kind: Kind = Kind.TEXT
    width: int = 14
    is_title: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether its cells line up at the right."""
        return self.kind in FIGURES


@dataclass(frozen=True)
class Cell:
    """A value with more to it than its words.

    Attributes:
        url: where the page leads from it.
        tone: "act" (somebody must do something), "good", "stopped" or nothing.
    """

    value: Any
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Shown:
    """A cell as page and print show it."""

    text: str
    column: Column
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under typed columns.

    Attributes:
        rows: plain values or `Cell`s, one for each column; None is an empty cell.
        totals: the last row, or None.
        note: how the figures were counted, in a sentence, or "".
        empty: what is said in the place of no rows.
        wide: whether paper takes it across.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    totals: Sequence[Any] | None = None
    note: str = ""
    empty: str = ""
    wide: bool = False

    @property
    def is_slim(self) -> bool:
        """Whether it has too few columns to fill a page."""
        return len(self.columns) <= SLIM

    @property
    def shown_rows(self) -> list[list[Shown]]:
        """The rows in words."""
        return [self._shown(row) for row in self.rows]

    @property
    def shown_totals(self) -> list[Shown]:
        """The totals in words; empty without any."""
        return self._shown(self.totals) if self.totals else []

    def _shown(self, row: Sequence[Any]) -> list[Shown]:
        return [
            Shown(say(value_of(cell), column.kind), column, *_beside(cell))
            for cell, column in zip(row, self.columns, strict=True)
        ]


@dataclass(frozen=True)
class Figure:
    """A large figure: what it counts, how much of what unit; `tone` as of a cell."""

    label: str
    value: Any
    unit: str = ""
    kind: Kind = Kind.COUNT
    tone: str = ""

    @property
    def text(self) -> str:
        """The value in words; a dash where nothing can be said."""
        return say(self.value, self.kind) or "—"


def items(label: str, count: int, *, tone: str = "") -> Figure:
    """Return the figure of so many entries or projects."""
    return Figure(label, count, of_items(count), tone=tone)


@dataclass(frozen=True)
class Report:
    """One report.

    Attributes:
        code: its part of the address.
        lede: what it is about, in a sentence.
        figures: the sums that stand above the tables, and on the overview.
        words: sentences that are worth more than a table (who is missing).
    """

    code: str
    title: str
    lede: str
    figures: Sequence[Figure]
    tables: Sequence[Table]
    words: Sequence[str] = field(default_factory=tuple)


def value_of(cell: Any) -> Any:
    """Return the bare value of a cell."""
    return cell.value if isinstance(cell, Cell) else cell


def _beside(cell: Any) -> tuple[str, str]:
    return (cell.url, cell.tone) if isinstance(cell, Cell) else ("", "")


def say(value: Any, kind: Kind) -> str:
    """Return a value in words, as its column writes it; "" for None."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if kind == Kind.MONEY:
        return money_text(value)
    if kind == Kind.SCORE:
        return f"{value:.2f}"
    if kind == Kind.SHARE:
        return f"{value:.1f}"
    if kind == Kind.COUNT:
        return f"{value:,}"
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value)


def share(part: int, whole: int) -> Decimal | None:
    """Return a part in per cent to one decimal; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """Return the sum in 元 of those that are known."""
    return sum((one for one in amounts if one is not None), Decimal(0))
