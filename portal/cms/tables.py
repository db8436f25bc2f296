"""Tables in the text of a page: each cell with its column's name, and what is named by its number linked to its page."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from wagtail import hooks
from wagtail.models import Page

FEW = 2  # columns, of which a phone shows all beside each other


class Cell(NamedTuple):
    """One cell of a row. `label`: the name of its column; `url`: the page of what it names; both may be ""."""

    text: str
    label: str
    url: str
    is_head: bool
    columns: int
    rows: int


class Table(NamedTuple):
    """A table to be shown. `as_cards`: a phone can show each row as a card."""

    caption: str
    head: list[Cell]
    rows: list[list[Cell]]
    as_cards: bool


def table_of(value: Mapping[str, Any], request: Any = None) -> Table:
    """Return the value of a table block as it is shown (one query for each kind of page that is looked up by a number).

    A row that holds the number of something public, such as a project's, leads to its page: by the cell with the page's title,
    or else by the number. Which numbers those are, others register: `hooks.register("pages_by_number")` takes texts and returns
    pages by text.
    """
    lines = [[_text(cell) for cell in line] for line in value.get("data") or []]
    merged = {(one["row"], one["col"]): one for one in value.get("mergeCells") or []}
    hidden = {(one["row"], one["col"]) for one in value.get("cell") or [] if one.get("hidden")}
    pages = _pages_named({text for line in lines for text in line})
    has_head = bool(value.get("first_row_is_table_header") and lines)
    labels = lines[0] if has_head else []
    leading = [_leading(line, pages, request) for line in lines]
    rows = [
        [
            Cell(
                text=text,
                label=labels[column] if column < len(labels) else "",
                url=address if column == place else "",
                is_head=column == 0 and bool(value.get("first_col_is_header")),
                columns=merged.get((row, column), {}).get("colspan", 1),
                rows=merged.get((row, column), {}).get("rowspan", 1),
            )
            for column, text in enumerate(line)
            if (row, column) not in hidden
        ]
        for row, (line, (place, address)) in enumerate(zip(lines, leading, strict=True))
    ]
    head = rows.pop(0) if has_head else []
    return Table(
        caption=value.get("table_caption") or "",
        head=head,
        rows=rows,
        as_cards=has_head and not merged and len(head) > FEW,
    )


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _pages_named(texts: Iterable[str]) -> dict[str, Page]:
    # What is no number at all costs no query.
    numbers = {text for text in texts if text.isascii() and "-" in text}
    named: dict[str, Page] = {}
    for find in hooks.get_hooks("pages_by_number") if numbers else ():
        named |= find(numbers)
    return named


def _leading(line: list[str], pages: Mapping[str, Page], request: Any) -> tuple[int, str]:
    """Return the column that leads to the row's page, and where; (-1, "") for a row without one."""
    number = next((column for column, text in enumerate(line) if text in pages), -1)
    if number < 0:
        return number, ""
    page = pages[line[number]]
    return line.index(page.title) if page.title in line else number, page.get_url(request) or ""
