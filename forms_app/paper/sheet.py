"""A form as it lies on paper: boxes, tables and opinions, the same for Word and for the print page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from forms_app.signatures import signatures_of
from portal.dates import day, day_and_time
from portal.units.models import UnitKind

from ..engine.conditions import active_fields
from ..engine.context import FillingContext
from ..engine.kinds import CELLS, kind_of
from ..engine.kinds.rows import Rows
from ..engine.reading import is_blank
from ..engine.schema import Schema, fields_of
from ..models import (
    Conclusion,
    Decision,
    Entry,
    EntryStatus,
    EntryVersion,
    FormDefinition,
    FormKind,
    Outcome,
    SignOffLevel,
    VersionReason,
)
from .code import paper_code

DECISION_KNOWN = (EntryStatus.IN_NOTICE, EntryStatus.APPROVED, EntryStatus.REJECTED)
OFFICE = "office"
BLANK_ROWS = 4  # of an empty table that is to be filled in by hand


@dataclass(frozen=True)
class Box:
    """One answer: a label and what stands beside it. `hint` is printed only on a form to fill in."""

    key: str
    label: str
    text: str
    hint: str = ""
    narrow: bool = False
    right: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    label: str
    hint: str = ""
    right: bool = False
    weight: int = 2


@dataclass(frozen=True)
class Table:
    """An answer of rows. `total` is "" where nothing is added up."""

    key: str
    label: str
    columns: list[Column]
    rows: list[list[str]]
    hint: str = ""
    total: str = ""

    @property
    def shares(self) -> list[int]:
        """How wide each column is, in hundredths of the table, as in Word."""
        whole = sum(column.weight for column in self.columns)
        return [100 * column.weight // whole for column in self.columns]

    @property
    def aligned(self) -> list[list[dict[str, Any]]]:
        """The cells with where they stand, for the print page."""
        return [
            [
                {"text": text, "right": column.right}
                for text, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]


@dataclass(frozen=True)
class Note:
    """Words on the form that nobody answers."""

    text: str


Line = list[Box] | Table | Note  # boxes: one, or two that share a line


@dataclass(frozen=True)
class Part:
    """One section."""

    title: str
    help: str
    lines: list[Line]


@dataclass(frozen=True)
class Opinion:
    """One box for an opinion, a signature, a stamp and a date; filled in as far as it was given in the portal.

    `level` is chair, party or office.
    """

    label: str
    text: str = ""
    signer: str = ""
    day: str = ""
    level: str = ""


@dataclass(frozen=True)
class Sheet:
    """A form on paper.

    Attributes:
        head: small line above the title.
        foot: version, code and time, on every page.
        address: what the QR code says; "" for none.
        fill_in: whether it is to be filled in: hints are printed, empty tables have rows.
    """

    title: str
    head: str
    foot: str
    address: str
    parts: list[Part]
    opinions: list[Opinion] = field(default_factory=list)
    fill_in: bool = False


def sheet_of(
    entry: Entry,
    version: EntryVersion | None = None,
    *,
    fill_in: bool = False,
    blank: bool = False,
) -> Sheet:
    """Return an entry's form for paper, in Chinese whoever asks.

    Args:
        entry: with call, programme year, unit and form version joined.
        version: what was sent or approved; None for the answers as they stand.
        fill_in: as a form to go on with in Word: with hints and empty rows, without opinions.
        blank: with fixed rows and system values only, whatever has been filled in.
    """
    shown = version or entry
    schema = entry.schema if version is None else shown.form_version.schema
    answers = _untouched(schema, shown.answers) if blank else shown.answers
    with override("zh-hans"):
        return Sheet(
            title=title_of(entry.form_version.definition),
            head=f"{entry.call.programme_year}　{entry.unit}",
            foot=_("在 Word 里填写，再上传到系统") if fill_in else _foot(entry, version),
            address="" if fill_in else paper_code(entry, version).address,
            parts=parts_of(schema, answers, _context(entry), fill_in=fill_in),
            opinions=[] if fill_in else _opinions(entry, version),
            fill_in=fill_in,
        )


def printed_version(entry: Entry) -> EntryVersion | None:
    """Return the version that is printed where somebody asks for the entry as it stands: None for a draft."""
    if entry.is_editable:
        return None
    return entry.versions.select_related("form_version", "created_by").order_by("number").last()


def parts_of(
    schema: Schema, answers: Mapping[str, Any], context: FillingContext, *, fill_in: bool = False
) -> list[Part]:
    """Return a schema's sections for paper.

    Args:
        fill_in: fields that a condition leaves out are offered too; whoever has the paper may meet the condition.
    """
    asked = {one["key"] for one in active_fields(schema, answers)}
    parts = []
    for section in schema["sections"]:
        pieces = [
            _piece(spec, _held(spec, answers, context), context, fill_in=fill_in)
            for spec in section["fields"]
            if fill_in or spec["key"] in asked
        ]
        if pieces:
            lines = list(_in_lines(pieces))
            parts.append(Part(section["title"], section["help"] if fill_in else "", lines))
    return parts


def _held(spec: dict[str, Any], answers: Mapping[str, Any], context: FillingContext) -> Any:
    """Return an answer; a value of the system that was never saved is computed for the paper."""
    answer = answers.get(spec["key"])
    if spec["kind"] == "computed" and is_blank(answer):
        return kind_of(spec).value(spec, answers, context)
    return answer


def _untouched(schema: Schema, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what nobody types: values of the system, and rows that are fixed, without their open columns."""
    kept: dict[str, Any] = {}
    for spec in fields_of(schema):
        answer = answers.get(spec["key"])
        if is_blank(answer):
            continue
        if not kind_of(spec).answered:
            kept[spec["key"]] = answer
        elif spec["options"].get("fixed"):
            locked = {
                one["key"] for one in spec["options"]["columns"] if one["options"].get("locked")
            }
            kept[spec["key"]] = [
                {key: value for key, value in row.items() if key in locked} for row in answer
            ]
    return kept


def _context(entry: Entry) -> FillingContext:
    return FillingContext(
        unit=entry.unit,
        year=entry.call.programme_year.year,
        entry=entry,
        attachments=list(entry.attachments.all()),
    )


def _piece(
    spec: dict[str, Any], answer: Any, context: FillingContext, *, fill_in: bool
) -> Box | Table | Note:
    kind = kind_of(spec)
    if spec["kind"] == "static_text":
        return Note(spec["help"] or spec["label"])
    hint = _hint(spec) if fill_in else ""
    if isinstance(kind, Rows):
        return _table(kind, spec, answer, context, hint, fill_in=fill_in)
    text = kind.word_text(None if is_blank(answer) else answer, spec, context)
    narrow = kind.narrow_on_paper(spec)
    return Box(spec["key"], spec["label"], text, hint, narrow)


def _hint(spec: dict[str, Any]) -> str:
    kind = kind_of(spec)
    if not kind.answered:
        return _("系统填写")
    parts = [_("必填") if spec["required"] else "", kind.limits(spec)]
    if spec["kind"] != "declaration":
        parts.append(spec["help"])
    if example := spec["options"].get("example"):
        parts.append(_("例：%(example)s") % {"example": example})
    return "；".join(part for part in parts if part)


def _table(
    kind: Rows,
    spec: dict[str, Any],
    answer: Any,
    context: FillingContext,
    hint: str,
    *,
    fill_in: bool,
) -> Table:
    options = spec["options"]
    columns = [
        Column(
            one["label"],
            CELLS[one["kind"]].column_hint(one) if fill_in else "",
            right=CELLS[one["kind"]].align == "end",
            weight=CELLS[one["kind"]].weight_on_paper(one),
        )
        for one in options["columns"]
    ]
    rows = kind.word_rows(answer, spec, context)
    if fill_in and not options.get("fixed"):
        room = options.get("max_rows") or BLANK_ROWS
        wanted = min(room, max(len(rows) + 1, options.get("min_rows") or 0, BLANK_ROWS))
        rows += [[""] * len(columns) for _row in range(wanted - len(rows))]
    total = kind.total(answer or [], spec) if answer and not fill_in else ""
    return Table(spec["key"], spec["label"], columns, rows, hint, total)


def _in_lines(pieces: Iterable[Box | Table | Note]) -> Iterator[Line]:
    """Yield the lines of a section: two narrow boxes in a row share one."""
    held: Box | None = None
    for piece in pieces:
        if isinstance(piece, Box) and piece.narrow:
            if held is None:
                held = piece
                continue
            yield [held, piece]
            held = None
            continue
        if held is not None:
            yield [replace(held, narrow=False)]
            held = None
        yield [piece] if isinstance(piece, Box) else piece
    if held is not None:
        yield [replace(held, narrow=False)]


def title_of(definition: FormDefinition) -> str:
    """Return what stands above a form on paper."""
    name = definition.name
    return name if "一会一品" in name else f"“一会一品”{name}"


def _foot(entry: Entry, version: EntryVersion | None) -> str:
    if version is None:
        code = paper_code(entry, None).code[:12]
        return _("草稿，尚未报送　校验码 %(code)s") % {"code": code}
    return _("第 %(number)d 版（%(reason)s，%(at)s）　校验码 %(code)s") % {
        "number": version.number,
        "reason": version.get_reason_display(),
        "at": day_and_time(version.created_at),
        "code": version.digest[:12],
    }


# --- opinions -----------------------------------------------------------------------------------


def _opinions(entry: Entry, version: EntryVersion | None) -> list[Opinion]:
    """Return the boxes of the call's steps, with what was signed on the version that is printed."""
    given = _signed(entry, version)
    opinions = [
        given.get(level) or Opinion(_opinion_label(entry, level), level=level)
        for level in signatures_of(entry.call)
    ]
    return [*opinions, _office_opinion(entry, version)]


def _opinion_label(entry: Entry, level: SignOffLevel) -> str:
    if entry.unit.kind == UnitKind.ASSOCIATION:
        return _("会长意见") if level == SignOffLevel.CHAIR else _("挂靠单位意见")
    return str(SignOffLevel(level).label)


def _signed(entry: Entry, version: EntryVersion | None) -> dict[str, Opinion]:
    if version is None:
        return {}
    read = version
    if version.reason == VersionReason.APPROVED:
        # What was signed is what had been sent before.
        read = (
            entry.versions.filter(number__lt=version.number, reason=VersionReason.SUBMITTED)
            .order_by("number")
            .last()
        )
    signoffs = entry.signoffs.filter(version=read, conclusion=Conclusion.AGREE)
    return {
        one.level: Opinion(
            _opinion_label(entry, one.level),
            one.text or one.get_conclusion_display(),
            str(one.signer),
            day(one.signed_at),
            one.level,
        )
        for one in signoffs.select_related("signer")
    }


def _office_opinion(entry: Entry, version: EntryVersion | None) -> Opinion:
    label = _("校工会意见")
    latest = version is not None and not entry.versions.filter(number__gt=version.number).exists()
    decision = None
    if latest and entry.kind == FormKind.APPLICATION and entry.status in DECISION_KNOWN:
        decision = Decision.objects.filter(entry=entry, released_at__isnull=False).first()
    if decision is None:
        return Opinion(label, level=OFFICE)
    text = str(decision.get_outcome_display())
    if decision.outcome == Outcome.ESTABLISH:
        text = _("同意立项，批准经费 %(amount)s 元。") % {
            "amount": f"{decision.amount_granted:,.2f}"
        }
    return Opinion(label, text, day=day(decision.decided_at), level=OFFICE)


__all__ = [
    "Box",
    "Column",
    "Note",
    "Opinion",
    "Part",
    "Sheet",
    "Table",
    "parts_of",
    "printed_version",
    "sheet_of",
    "title_of",
]
