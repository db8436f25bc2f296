"""Filling in an entry: who may now, by which form, and what is still missing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from forms_app.engine import checking
from forms_app.engine.checking import Problem
from forms_app.engine.conditions import active_fields
from forms_app.engine.context import FillingContext, no_address
from forms_app.engine.kinds import kind_of
from forms_app.engine.reading import is_blank
from forms_app.engine.schema import Schema, fields_of
from forms_app.models import Attachment, Entry
from forms_app.models.call import SCAN
from forms_app.paper import scans
from forms_app.permissions import may_fill
from portal.lifecycle.door import Refused
from portal.units.models import User


@dataclass(frozen=True)
class Progress:
    """How far an entry is filled in.

    Attributes:
        percent: 0 to 100; 100 only where nothing is left to mend.
        problems: what is missing or wrong.
    """

    percent: int
    problems: list[Problem]


@dataclass(frozen=True)
class SectionLeft:
    """What is missing or wrong in one section: (field key, label, what to do) for each; no words where a field is only empty."""

    key: str
    title: str
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Left:
    """What is still to do in a form, section by section; sections without anything are left out."""

    sections: list[SectionLeft]

    @property
    def count(self) -> int:
        """How many things are to do: as many as the page tells that looks the form through before it is sent."""
        return sum(len(section.fields) for section in self.sections)


def problems(entry: Entry) -> list[Problem]:
    """Return what keeps the entry from being sent, in the order of the form."""
    return checking.problems(entry.schema, entry.answers, entry.attachments.all())


def warnings(entry: Entry) -> list[Problem]:
    """Return what the school union may ask about; it keeps nothing from being sent."""
    return [
        *checking.warnings(entry.form_version.schema, entry.answers),
        *(Problem(SCAN, remark.text) for remark in scans.remarks(entry)),
    ]


def progress(entry: Entry) -> Progress:
    """Return how far the entry is filled in: the share of required fields without a problem."""
    found = problems(entry)
    required = {
        field["key"] for field in active_fields(entry.schema, entry.answers) if field["required"]
    }
    open_keys = {problem.field_key for problem in found}
    counted = required | open_keys
    if not found:
        return Progress(100, [])
    return Progress(min(99, 100 * (len(counted) - len(open_keys)) // len(counted)), found)


def left_of(schema: Schema, answers: dict[str, Any], attachments: Iterable[Attachment]) -> Left:
    """Return what is still to do before a form can be sent; asks no database.

    Args:
        schema: the entry's.
    """
    found: dict[str, list[str]] = {}
    for problem in checking.problems(schema, answers, attachments):
        words = "" if is_blank(answers.get(problem.field_key)) else problem.message
        found.setdefault(problem.field_key, []).append(words)
    sections = [
        SectionLeft(
            section["key"],
            section["title"],
            [
                (field["key"], field["label"], words)
                for field in section["fields"]
                for words in found.get(field["key"], ())
            ],
        )
        for section in schema["sections"]
    ]
    return Left([section for section in sections if section.fields])


def context_of(
    entry: Entry,
    *,
    file_url: Callable[[Attachment], str] = no_address,
    only_to_save: bool = False,
) -> FillingContext:
    """Return what the form engine has to know about an entry (one query, for its files).

    Where a stamped scan is shown, what is to be said about it costs one more.

    Args:
        only_to_save: nothing is shown: what is saved already is not looked up again, nor files where no field has any.
    """
    has_files = any(
        kind_of(field).holds_files and entry.answers.get(field["key"])
        for field in fields_of(entry.form_version.schema)
    )
    return replace(
        context_without_files(entry),
        attachments=list(entry.attachments.filter(removed_at=None))
        if has_files or not only_to_save
        else [],
        trusts_saved=only_to_save,
        file_url=file_url,
        about_file=partial(scans.remark_on, entry),
        begun=bool(entry.saved_at),
    )


def context_without_files(entry: Entry) -> FillingContext:
    """Return what the values of the system are computed from."""
    return FillingContext(unit=entry.unit, year=entry.call.programme_year.year, entry=entry)


def why_not_fill(entry: Entry, actor: User) -> Refused | None:
    """Return why the person cannot fill the entry in now, or None where he can."""
    if not may_fill(actor, entry):
        return Refused(_("只有本单位经办人或工会主席可以填写。"), code="forbidden")
    if not entry.is_editable:
        return Refused(
            _("现在的状态是“%(state)s”，不能修改。") % {"state": entry.get_status_display()},
            code="wrong_state",
        )
    return None


def lock_to_fill(entry: Entry, actor: User) -> Entry:
    """Return the entry's row, locked for a change of its form; inside a transaction.

    Raises:
        Refused: not this person's, or not editable now.
    """
    locked = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("unit", "form_version", "call__programme_year", "saved_by")
        .get(pk=entry.pk)
    )
    if refusal := why_not_fill(locked, actor):
        raise refusal
    return locked
