"""A table of rows that people add and remove, with columns of simple kinds."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from .. import sources
from ..context import FillingContext
from ..reading import is_blank, is_raw
from .base import CellKind, Fault, Kind, Labels, Spec, unreadable, whole
from .designer import field_code
from .number import money_text

MOST_ROWS = 200  # no form needs more: whoever has more is told
MOST_READ = 1000  # rows, those that were dropped among them; a forged count stops here


class Rows(Kind):
    """A table. Answers are `[{column: value}, …]`; rows with nothing in them are left out."""

    code = "rows"
    label = gettext_lazy("表格（可增减行）")
    group = "table"
    order = 10
    icon = "table"
    template = "forms_app/form/kinds/rows.html"
    grouped = True
    joins = True

    def __init__(self, cells: Mapping[str, CellKind], column_blocks: Any) -> None:
        self.cells = cells
        self.column_blocks = column_blocks

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("columns", self.column_blocks()),
            ("min_rows", whole(gettext_lazy("最少几行"))),
            ("max_rows", whole(gettext_lazy("最多几行"), min_value=1)),
            (
                "total",
                field_code(
                    gettext_lazy("合计哪一列"),
                    gettext_lazy("写列名；不填则没有合计行"),
                    required=False,
                    column_of="columns",
                ),
            ),
            (
                "fixed",
                blocks.BooleanBlock(
                    label=gettext_lazy("行数固定"),
                    required=False,
                    help_text=gettext_lazy("行由预填的内容决定，填表人不能增减"),
                ),
            ),
            (
                "given_by",
                field_code(
                    gettext_lazy("只读的列按哪一列对应"),
                    gettext_lazy(
                        "写列名，如“科目”：填表人选了哪个科目，只读的列就填预填内容里这个科目的数；行数固定的不用填"
                    ),
                    required=False,
                    column_of="columns",
                ),
            ),
        ]

    def compiled(self, options: dict[str, Any]) -> dict[str, Any]:
        return {**options, "columns": options.get("columns", [])}

    # --- reading ---

    def read(self, data: Any, name: str, field: Spec, before: Any, context: FillingContext) -> Any:
        before = before or []
        rows: list[Any] = []
        for number in range(self.posted_rows(data, name, field, before)):
            old = before[number] if number < len(before) else {}
            if not data.get(f"{name}-{number}-DELETE"):
                rows.append(self.read_row(data, f"{name}-{number}", field, old, context))
        if field["options"].get("fixed"):
            return rows or None
        return self.with_given([row for row in rows if row], field, before) or None

    def with_given(self, rows: list[Any], field: Spec, given: list[Any]) -> list[Any]:
        """Return rows with their locked cells as the given rows hold them, wherever they stand.

        Rows belong together that say the same in the column `given_by`; a given row serves the first of them.
        """
        by = field["options"].get("given_by")
        if not by:
            return rows
        left, found = list(given), []
        for row in rows:
            own = {key: value for key, value in row.items() if key not in locked_columns(field)}
            match = next((one for one in left if by in own and one.get(by) == own[by]), None)
            if match is not None:
                left.remove(match)
            held = {**(match or {}), **own}
            keys = [one["key"] for one in field["options"]["columns"]]
            allowed = {*own, *locked_columns(field)}
            found.append({key: held[key] for key in keys if key in held and key in allowed})
        return found

    def posted_rows(self, data: Any, name: str, field: Spec, before: list[Any]) -> int:
        """Return how many rows to look for."""
        if field["options"].get("fixed"):
            return len(before)
        count = data.get(f"{name}-TOTAL_FORMS", "")
        return min(int(count), MOST_READ) if re.fullmatch("[0-9]{1,18}", count) else 0

    def read_row(
        self, data: Any, at: str, field: Spec, old: Mapping[str, Any], context: FillingContext
    ) -> dict[str, Any]:
        """Return one row's answers; locked columns keep what they were filled in with."""
        row = {}
        for column in field["options"]["columns"]:
            kind, key = self.cells[column["kind"]], column["key"]
            if column["options"].get("locked"):
                # Where rows come and go, `with_given` finds again what belongs to them.
                value = None if field["options"].get("given_by") else old.get(key)
            else:
                value = kind.read(data, f"{at}-{key}", column, old.get(key), context)
            if not is_blank(value):
                row[key] = value
        return row

    def taken_over(self, answer: Any, field: Spec, old: Spec, kind: Kind) -> Any:
        """Column by column; cells of columns that are gone are left out."""
        if not isinstance(kind, Rows):
            return None
        before = {one["key"]: one for one in old["options"]["columns"]}
        rows = []
        for row in answer:
            cells = {}
            for column in field["options"]["columns"]:
                key = column["key"]
                if key in before and not is_blank(row.get(key)):
                    was = before[key]
                    value = self.cells[column["kind"]].taken_over(
                        row[key], column, was, self.cells.get(was["kind"], self)
                    )
                    if not is_blank(value):
                        cells[key] = value
            rows.append(cells)
        return rows if field["options"].get("fixed") else [row for row in rows if row] or None

    # --- checking ---

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        most = field["options"].get("max_rows") or MOST_ROWS
        if len(answer) > most:
            yield Fault(
                _("最多 %(most)d 行，请删去 %(over)d 行")
                % {"most": most, "over": len(answer) - most}
            )
        for number, column, value in self.filled(answer, field):
            kind = self.cells[column["kind"]]
            for fault in kind.mistakes(value, column, files):
                yield in_cell(number, column, fault.message)

    def gaps(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        least = field["options"].get("min_rows")
        if least and len(answer) < least:
            yield Fault(
                _("还差 %(short)d 行，至少 %(least)d 行")
                % {"short": least - len(answer), "least": least}
            )
        for number, row in enumerate(answer):
            for column in field["options"]["columns"]:
                if column["required"] and is_blank(row.get(column["key"])):
                    kind = self.cells[column["kind"]]
                    yield in_cell(number, column, kind.missing(column), named=True)
        for number, column, value in self.filled(answer, field):
            for fault in self.cells[column["kind"]].gaps(value, column, files):
                yield in_cell(number, column, fault.message)

    def filled(self, answer: Any, field: Spec) -> Iterator[tuple[int, Spec, Any]]:
        """Yield (row, column, value) of every cell that holds something."""
        for number, row in enumerate(answer):
            for column in field["options"]["columns"]:
                if not is_blank(row.get(column["key"])):
                    yield number, column, row[column["key"]]

    def missing(self, field: Spec) -> str:
        return _("请至少填一行“%(label)s”") % {"label": field["label"]}

    # --- the inputs ---

    def widget(self, answer: Any, field: Spec, context: FillingContext) -> dict[str, Any]:
        options = field["options"]
        rows = list(answer or [])
        asked = context.added_row == field["key"]
        if not options.get("fixed"):
            wanted = max(1, options.get("min_rows") or 0, len(rows) + asked)
            rows += [{}] * (wanted - len(rows))
        most = options.get("max_rows") or MOST_ROWS
        return {
            "columns": [
                {"spec": column, "align": self.cells[column["kind"]].align}
                for column in options["columns"]
            ],
            "rows": [self.inputs(row, field) for row in rows],
            "blank": None if options.get("fixed") else self.inputs({}, field),
            "fixed": options.get("fixed", False),
            "most": most,
            "full": len(rows) >= most,
            "total": self.total(answer or [], field),
            "total_of": options.get("total"),
            "money": money_pattern(self.total_column(field)),
            "given": self.given(field, context),
        }

    def given(self, field: Spec, context: FillingContext) -> str:
        """Return the locked cells as they are shown, for the page's script: [[what `given_by` says, {column: text}], …]."""
        by = field["options"].get("given_by")
        rows = by and sources.prefill(field["options"].get("prefill", ""), context)
        locked = [one for one in field["options"]["columns"] if one["options"].get("locked")]
        shown = [
            [
                row.get(by),
                {
                    one["key"]: cell_text(self.cells[one["kind"]], row[one["key"]], one)
                    for one in locked
                    if one["key"] in row
                },
            ]
            for row in rows or ()
        ]
        return json.dumps(shown, ensure_ascii=False) if shown else ""

    def mark(self, shown: dict[str, Any], row: int | None, column: str, *, reason: str) -> None:
        for cell in shown["rows"][row] if row is not None else ():
            if cell["spec"]["key"] == column:
                cell["reasons"] = f"{cell.get('reasons', '')} {reason}".strip()

    def inputs(self, row: Mapping[str, Any], field: Spec) -> list[dict[str, Any]]:
        """Return the inputs of one row."""
        cells = []
        for column in field["options"]["columns"]:
            kind = self.cells[column["kind"]]
            value = row.get(column["key"])
            cells.append(
                {
                    "spec": column,
                    "limit": column["options"].get("max_characters"),
                    "locked": column["options"].get("locked", False),
                    "said": "" if is_blank(value) else cell_text(kind, value, column),
                    **kind.input(value, column["options"]),
                }
            )
        return cells

    def total(self, answer: Any, field: Spec) -> str:
        """Return the total of the column that has one, as it is shown; "" where none has."""
        column = self.total_column(field)
        if column is None:
            return ""
        total = column_sum(answer, column["key"])
        if column["kind"] == "money":
            return _("%(amount)s 元") % {"amount": money_text(total)}
        return f"{total:,}"

    def total_column(self, field: Spec) -> Spec | None:
        """Return the column that is added up, if any."""
        key = field["options"].get("total")
        return next((one for one in field["options"]["columns"] if one["key"] == key), None)

    # --- the display ---

    def shown(self, answer: Any, field: Spec, labels: Labels) -> tuple[str, Any]:
        columns = field["options"]["columns"]
        kinds = [self.cells[column["kind"]] for column in columns]
        return "table", {
            "columns": [
                {"label": column["label"], "align": kind.align}
                for column, kind in zip(columns, kinds, strict=True)
            ],
            "rows": [
                [
                    {
                        "label": column["label"],
                        "align": kind.align,
                        "text": ""
                        if is_blank(row.get(column["key"]))
                        else cell_text(kind, row[column["key"]], column),
                    }
                    for column, kind in zip(columns, kinds, strict=True)
                ]
                for row in answer
            ],
            "total": self.total(answer, field),
        }

    # --- paper ---

    writable_in_word = True

    def word_rows(self, answer: Any, field: Spec, context: FillingContext) -> list[list[str]]:
        """Return the texts of the table's cells, one list for each row."""
        return [
            [
                self.cells[column["kind"]].column_text(row.get(column["key"]), column, context)
                for column in field["options"]["columns"]
            ]
            for row in answer or []
        ]

    def from_word_rows(
        self, rows: list[dict[str, str]], field: Spec, before: Any, context: FillingContext
    ) -> Any:
        """Return the answer for a table's rows, each {column: text of its cell}; rows with nothing in them are left out.

        Where the rows are fixed they are those of `before`, found again by their locked columns, wherever they stand.
        """
        if field["options"].get("fixed"):
            return self.fixed_from_word(rows, field, before or [], context)
        read = [self.row_from_word(row, field, context) for row in rows[:MOST_READ]]
        return self.with_given([row for row in read if row], field, before or []) or None

    def row_from_word(
        self, row: Mapping[str, str], field: Spec, context: FillingContext
    ) -> dict[str, Any]:
        """Return the answers of one row."""
        found = {}
        for column in field["options"]["columns"]:
            kind = self.cells[column["kind"]]
            value = kind.from_word(row.get(column["key"], ""), column, context)
            if not is_blank(value):
                found[column["key"]] = value
        return found

    def fixed_from_word(
        self, rows: list[dict[str, str]], field: Spec, before: list[Any], context: FillingContext
    ) -> Any:
        """Return the fixed rows with what was written into their open columns."""
        keys = locked_columns(field)
        read = [self.row_from_word(row, field, context) for row in rows]
        answer = []
        for number, old in enumerate(before):
            fixed = {key: old[key] for key in keys if key in old}
            same = [row for row in read if fixed and {k: row.get(k) for k in fixed} == fixed]
            new = same[0] if same else read[number] if number < len(read) and not fixed else {}
            typed = {key: value for key, value in new.items() if key not in keys}
            answer.append({**old, **typed})
        return answer or None

    def limits(self, field: Spec) -> str:
        least, most = field["options"].get("min_rows"), field["options"].get("max_rows")
        if field["options"].get("fixed"):
            return _("行数固定")
        if least and most:
            return _("%(least)d–%(most)d 行") % {"least": least, "most": most}
        return _("最多 %(most)d 行") % {"most": most} if most else ""


def cell_text(kind: CellKind, value: Any, column: Spec) -> str:
    """Return how one cell is shown."""
    return unreadable(value) if is_raw(value) else kind.say(value, column["options"])


def locked_columns(field: Spec) -> set[str]:
    """Return the codes of the columns nobody types."""
    columns = field["options"]["columns"]
    return {one["key"] for one in columns if one["options"].get("locked")}


def money_pattern(spec: Spec | None) -> str:
    """Return how a script writes an amount of 元 ("{n} 元"); "" where figures are no money."""
    is_money = spec and "money" in (spec["kind"], spec["options"].get("format"))
    return _("%(amount)s 元") % {"amount": "{n}"} if is_money else ""


def column_sum(rows: Any, key: str) -> Decimal:
    """Return the sum of a column's readable numbers."""
    return sum(
        (Decimal(row[key]) for row in rows if not is_blank(row.get(key)) and not is_raw(row[key])),
        Decimal(0),
    )


def in_cell(number: int, column: Spec, message: str, *, named: bool = False) -> Fault:
    """Return a fault of one cell, saying where it is."""
    if named:
        text = _("第 %(row)d 行：%(message)s") % {"row": number + 1, "message": message}
    else:
        text = _("第 %(row)d 行“%(column)s”：%(message)s") % {
            "row": number + 1,
            "column": column["label"],
            "message": message,
        }
    return Fault(text, row=number, column=column["key"])


TABLES = (Rows,)
