"""All answers of a call as a workbook: one row per entry, one sheet per table, with their types."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.worksheet.worksheet import Worksheet

from portal.workbooks import add_sheet, append, as_bytes, headings, new_book

from ..engine import sources
from ..engine.conditions import active_fields
from ..engine.kinds import CELLS, Labels, kind_of
from ..engine.reading import is_blank
from ..engine.schema import Schema, fields_of
from ..models import Entry

FRAME_WIDTHS = (6, 26, 30, 14, 20)


def answers_book(entries: Iterable[Entry], *, notes: Sequence[str] = ()) -> bytes:
    """Return the answers of entries as an .xlsx file.

    Args:
        entries: with unit and form version joined, attachments prefetched, in the order of the list; they may be written
            in different versions of a form: a column stands for a field's code, under the newest label.
        notes: sentences for a sheet of their own, e.g. what is not in it.

    One query per registered list that occurs in the answers, whatever the number of entries.
    """
    rows = list(entries)
    schemas = [
        one.schema
        for one in sorted(
            {entry.form_version for entry in rows},
            key=lambda version: (version.created_at, version.pk),
            reverse=True,
        )
    ]
    labels = _labels(rows)
    book = new_book()
    _main(add_sheet(book, _("全部内容")), rows, schemas, labels)
    for spec in _merged_fields(schemas):
        if "columns" in spec["options"]:
            _table(add_sheet(book, spec["label"]), rows, spec, labels)
    if notes:
        sheet = add_sheet(book, _("说明"))
        sheet.column_dimensions["A"].width = 90
        for note in notes:
            append(sheet, [note])
    return as_bytes(book)


def _main(
    sheet: Worksheet, rows: Sequence[Entry], schemas: Sequence[Schema], labels: Labels
) -> None:
    specs = [
        spec
        for spec in _merged_fields(schemas)
        if "columns" not in spec["options"] and spec["kind"] != "static_text"
    ]
    frame = [_("序号"), _("单位"), _("项目名称"), _("状态"), _("报送时间")]
    headings(
        sheet,
        [*frame, *(spec["label"] for spec in specs)],
        widths=[*FRAME_WIDTHS, *(40 if one["kind"] == "long_text" else 20 for one in specs)],
    )
    for number, entry in enumerate(rows, start=1):
        own = {
            spec["key"]: spec for spec in active_fields(entry.form_version.schema, entry.answers)
        }
        files = {one.pk: one for one in entry.attachments.all()}
        sent = timezone.localdate(entry.submitted_at) if entry.submitted_at else ""
        values = [number, str(entry.unit), str(entry), str(entry.get_status_display()), sent]
        for spec in specs:
            # The entry's own field: its kind and its choices are those it was written with.
            values.append(_value(own.get(spec["key"]), entry.answers, labels, files))
        append(sheet, values)
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = sheet.dimensions


def _table(sheet: Worksheet, rows: Sequence[Entry], spec: dict[str, Any], labels: Labels) -> None:
    columns = spec["options"]["columns"]
    headings(
        sheet,
        [_("序号"), _("单位"), _("项目名称"), *(column["label"] for column in columns)],
        widths=[6, 26, 30, *(20 for _column in columns)],
    )
    for number, entry in enumerate(rows, start=1):
        own = {one["key"]: one for one in active_fields(entry.form_version.schema, entry.answers)}
        field = own.get(spec["key"])
        if field is None or "columns" not in field["options"]:
            continue
        known = {column["key"]: column for column in field["options"]["columns"]}
        for answer in entry.answers.get(spec["key"]) or []:
            cells = [
                _cell(known.get(column["key"]), answer.get(column["key"]), labels)
                for column in columns
            ]
            append(sheet, [number, str(entry.unit), str(entry), *cells])


def _value(spec: dict[str, Any] | None, answers: Any, labels: Labels, files: Any) -> Any:
    answer = None if spec is None else answers.get(spec["key"])
    if is_blank(answer):
        return ""
    return kind_of(spec).excel_value(answer, spec, labels, files)


def _cell(column: dict[str, Any] | None, answer: Any, labels: Labels) -> Any:
    if column is None or is_blank(answer) or column["kind"] not in CELLS:
        return ""
    return CELLS[column["kind"]].excel_value(answer, column, labels, {})


def _merged_fields(schemas: Sequence[Schema]) -> list[dict[str, Any]]:
    """Return every field of the versions once, as the newest has it; what only older ones hold comes last."""
    found: dict[str, dict[str, Any]] = {}
    for schema in schemas:
        for spec in fields_of(schema):
            found.setdefault(spec["key"], spec)
    return list(found.values())


def _labels(rows: Iterable[Entry]) -> Labels:
    codes: dict[str, set[str]] = {}
    for entry in rows:
        for spec in fields_of(entry.form_version.schema):
            answer = entry.answers.get(spec["key"])
            if not is_blank(answer):
                for source, code in kind_of(spec).sources(answer, spec):
                    codes.setdefault(source, set()).add(code)
    return {source: sources.labels(source, found) for source, found in codes.items()}
