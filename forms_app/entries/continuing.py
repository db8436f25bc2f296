"""Going on with an earlier project: what a new form takes over from it, and what is different since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_app.engine import sources
from forms_app.engine.display import Item, display
from forms_app.engine.kinds import kind_of
from forms_app.engine.reading import is_blank
from forms_app.engine.schema import Schema, fields_of
from forms_app.models import CallPage, Entry, EntryVersion, VersionReason
from forms_app.models.status import EntryStatus
from portal.lifecycle.door import Refused
from portal.units.models import Unit, User

from . import starting
from .differences import Piece, pieces

OFFERED = 8  # earlier forms; whoever looks for an older one finds it in the list of his entries


@dataclass(frozen=True)
class Change:
    """One field that is different: its label, and both texts in pieces."""

    label: str
    before: list[Piece]
    after: list[Piece]


def earlier_forms(units: Iterable[Unit], call: CallPage) -> list[Entry]:
    """Return the forms of some units that one in a call can start from, the newest first (one query)."""
    found = Entry.objects.filter(unit__in=units, kind=call.kind).exclude(call=call)
    return list(found.exclude(title="").with_parties().order_by("-pk")[:OFFERED])


def start_from(earlier: Entry, call: CallPage, *, actor: User) -> Entry:
    """Begin an entry in a call with what an earlier one of the same unit says.

    Files, dates, promises and what the system fills in are not taken over, nor fields that the new form does not have.
    Where the earlier one was established, the new one goes on with it.

    Args:
        earlier: an entry of the unit, in another call.

    Raises:
        Refused: as `starting.start`; a draft that is there already is not overwritten.
    """
    if Entry.objects.filter(call=call, unit=earlier.unit, status=EntryStatus.DRAFT).exists():
        raise Refused(_("这份通知下已经有一份草稿，不会被覆盖。请先打开那份草稿。"), code="guard")
    version = call.form.latest_version
    schema = version.schema if version else {"sections": []}
    went_on = earlier.status == EntryStatus.APPROVED
    answers = _taken_over(earlier, schema)
    if went_on:
        answers |= _going_on(earlier, schema)
    return starting.start(
        call,
        unit=earlier.unit,
        actor=actor,
        prefill=answers,
        continues=earlier if went_on else None,
    )


def changes_since(entry: Entry, *, impersonal: bool = False) -> list[Change]:
    """Return what is different from the project an entry goes on with, in the order of the form.

    Args:
        impersonal: leave out what says how to reach a person, a table's columns too, for experts.
    """
    if entry.continues is None:
        return []
    before = answers_of(entry.continues)
    fields = [
        {**spec, "options": {**spec["options"], "only_if": None}}
        for spec in map(_impersonal if impersonal else dict, fields_of(entry.form_version.schema))
        if spec
        and not kind_of(spec).holds_files
        and spec["kind"] != "declaration"
        and before.get(spec["key"]) != entry.answers.get(spec["key"])
    ]
    if not fields:
        return []
    part = {"sections": [{"key": "s", "title": "", "help": "", "fields": fields}]}
    pairs = zip(display(part, before)[0].items, display(part, entry.answers)[0].items, strict=True)
    texts = [(new.label, _text(old), _text(new)) for old, new in pairs]
    return [Change(label, *pieces(old, new)) for label, old, new in texts if old != new]


def answers_of(entry: Entry) -> dict[str, Any]:
    """Return what an entry says: as approved where it was, otherwise as it stands."""
    approved = EntryVersion.objects.filter(entry=entry, reason=VersionReason.APPROVED).last()
    return (approved or entry).answers


def _taken_over(earlier: Entry, schema: Schema) -> dict[str, Any]:
    said = answers_of(earlier)
    kinds = {spec["key"]: spec["kind"] for spec in fields_of(earlier.form_version.schema)}
    return {
        spec["key"]: _still_true(said[spec["key"]], spec)
        for spec in fields_of(schema)
        if _is_taken(spec)
        and kinds.get(spec["key"]) == spec["kind"]
        and not is_blank(said.get(spec["key"]))
    }


def _is_taken(spec: dict[str, Any]) -> bool:
    """Return whether a field begins with last year's answer: what is promised, dated and proven is asked anew each year."""
    return kind_of(spec).answered and kind_of(spec).carried_over


def _still_true(answer: Any, spec: dict[str, Any]) -> Any:
    """Return a table's rows without last year's days; other answers as they are."""
    if "columns" not in spec["options"]:
        return answer
    taken = {one["key"] for one in spec["options"]["columns"] if _is_taken(one)}
    return [{key: cell for key, cell in row.items() if key in taken} for row in answer]


def _impersonal(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a field without what says how to reach a person; {} where that is all it says."""
    if kind_of(spec).personal:
        return {}
    if "columns" not in spec["options"]:
        return spec
    columns = [one for one in spec["options"]["columns"] if not kind_of(one).personal]
    return {**spec, "options": {**spec["options"], "columns": columns}}


def _going_on(earlier: Entry, schema: Schema) -> dict[str, Any]:
    """Return the answers that say which project goes on."""
    answers = {}
    for spec in fields_of(schema):
        if spec["kind"] == "own_project" and (
            code := sources.code_of_entry("own_projects", earlier)
        ):
            answers[spec["key"]] = code
            if condition := spec["options"].get("only_if"):
                answers[condition["field"]] = condition["equals"]
    return answers


def _text(item: Item) -> str:
    if item.shape == "blank":
        return ""
    if item.shape == "list":
        return "、".join(item.value)
    if item.shape == "table":
        rows = (
            " · ".join(cell["text"] for cell in row if cell["text"]) for row in item.value["rows"]
        )
        return "\n".join(rows)
    return str(item.value)
