"""Moving open drafts to a newer version of their form: what it would change for whom, the act, what is kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_app.engine import checking
from forms_app.engine.carrying import MARK, carry, kept_version
from forms_app.engine.comparing import Change, changes, renamed
from forms_app.engine.context import FillingContext
from forms_app.engine.display import Item, display
from forms_app.engine.forms import prefilled, with_computed
from forms_app.engine.schema import Schema, fields_of
from forms_app.models import Entry, FormDefinition, FormVersion
from forms_app.models.columns import take_columns
from forms_app.models.status import EDITABLE
from portal.lifecycle.door import Refused, carry_out
from portal.units.models import User

NAMED = 3  # so many fields are named in the message to the unit


@dataclass(frozen=True)
class Move:
    """What moving one entry would mean.

    Attributes:
        kept: the labels of answers that would no longer be asked for, or not as they stand.
        more: how many things there would be to fill in or mend that are none now.
    """

    entry: Entry
    kept: list[str]
    more: int


@dataclass(frozen=True)
class Group:
    """The entries that are written in one older version, with what changes for all of them."""

    version: FormVersion
    changes: list[Change]
    moves: list[Move]


def plan(definition: FormDefinition) -> list[Group]:
    """Return what moving the open drafts of a form to its latest version would change, and for whom.

    Returns:
        One group for each older version that drafts or returned entries are written in; [] where there is none.
        Four queries, whatever the number of entries.
    """
    target = definition.latest_version
    if target is None:
        return []
    schemas = schemas_of(definition)
    entries = open_entries(definition, target)
    groups = []
    for number in sorted({entry.form_version.number for entry in entries}, reverse=True):
        same = [entry for entry in entries if entry.form_version.number == number]
        groups.append(
            Group(
                same[0].form_version,
                changes(schemas[number], target.schema),
                [_move(entry, schemas, target) for entry in same],
            )
        )
    return groups


def open_entries(definition: FormDefinition, target: FormVersion) -> list[Entry]:
    """Return the drafts and returned entries of a form that are not written in a version, by unit."""
    found = (
        Entry.objects.filter(form_version__definition=definition, status__in=EDITABLE)
        .exclude(form_version=target)
        .with_parties()
        .select_related("form_version", "created_by")
        .prefetch_related("attachments")
    )
    return list(found.order_by("unit__order", "unit__name", "pk"))


def schemas_of(definition: FormDefinition) -> dict[int, Schema]:
    """Return the schemas of all versions of a form, by number."""
    return dict(definition.versions.values_list("number", "schema"))


def _move(entry: Entry, schemas: dict[int, Schema], target: FormVersion) -> Move:
    after = carry(entry.answers, schemas, start=entry.form_version.number, end=target.number)
    files = list(entry.attachments.all())
    more = len(checking.problems(target.schema, after, files)) - len(
        checking.problems(entry.form_version.schema, entry.answers, files)
    )
    labels = labels_of(schemas)
    new = [name for name in after if MARK in name and name not in entry.answers]
    return Move(entry, [labels.get(name, name) for name in new], max(0, more))


def labels_of(schemas: dict[int, Schema]) -> dict[str, str]:
    """Return how kept answers are called, by the name they are kept under."""
    return {
        f"{field['key']}{MARK}{number}": field["label"]
        for number, schema in schemas.items()
        for field in fields_of(schema)
    }


def move(entries: Iterable[Entry], *, to: FormVersion, actor: User) -> tuple[int, Counter[str]]:
    """Move drafts and returned entries to another version of their form.

    Args:
        entries: those to move; each is moved (or refused) by itself.
        to: a version of the same form.
        actor: the office.

    Returns:
        How many were moved, and the reasons of those that were not.

    Side effects: for each entry, its answers and files as the version holds them, an EntryEvent, a message to the
        unit's officer and chair.
    """
    moved, refused = 0, Counter()
    for entry in entries:
        try:
            carry_out(
                entry,
                "move_form",
                actor=actor,
                comment=in_words(entry.form_version, to),
                to_version=to,
            )
            moved += 1
        except Refused as refusal:
            refused[str(refusal)] += 1
    return moved, refused


@translation.override(settings.LANGUAGE_CODE)  # it is kept with the event, and content is Chinese
def in_words(old: FormVersion, new: FormVersion) -> str:
    """Return what a unit is told of a newer version, in a sentence or two."""
    found = changes(old.schema, new.schema)
    parts = []
    for sort, word in (("added", _("新增%(labels)s")), ("removed", _("不再填写%(labels)s"))):
        labels = [f"“{one.label}”" for one in found if one.sort == sort]
        if labels:
            more = _("等 %(count)d 项") % {"count": len(labels)} if len(labels) > NAMED else ""
            parts.append(word % {"labels": "、".join(labels[:NAMED]) + more})
    other = sum(one.sort not in ("added", "removed") for one in found)
    if other:
        parts.append(
            ngettext("另有 %(count)d 处改动", "另有 %(count)d 处改动", other) % {"count": other}
        )
    return _("从第%(old)d版换到第%(new)d版，%(changes)s。") % {
        "old": old.number,
        "new": new.number,
        "changes": "，".join(parts) or _("填写的内容没有变化"),
    }


def leads_elsewhere(entry: Entry, *, actor: User, to_version: FormVersion, **_details: Any) -> Any:
    """Guard: the version belongs to the entry's form and is another than its own."""
    if to_version.definition_id != entry.form_version.definition_id:
        return _("这个版本属于另一份表单。")
    if to_version.pk == entry.form_version_id:
        return _("已经是这一版。")
    return None


def on_move(
    entry: Entry, *, actor: User, at: datetime, to_version: FormVersion, **_details: Any
) -> None:
    """Effect: the answers as the other version holds them, what it fills in beforehand and computes, the files of renamed fields.

    `save_count` goes on, so that whoever has the older form open is shown the difference when he saves.
    """
    schemas = schemas_of(to_version.definition)
    start, end = entry.form_version.number, to_version.number
    for old, new in renamed(schemas[start], schemas[end]).items():
        entry.attachments.filter(field_key=old).update(field_key=new)
        entry.field_comments.filter(field_key=old).update(field_key=new)
    answers = carry(entry.answers, schemas, start=start, end=end)
    known = {field["key"] for field in fields_of(schemas[start])}
    context = FillingContext(unit=entry.unit, year=entry.call.programme_year.year, entry=entry)
    given = prefilled(schemas[end], context)
    begun = {key: value for key, value in given.items() if key not in known}
    entry.answers = with_computed(schemas[end], {**begun, **answers}, context)
    entry.form_version = to_version
    entry.save_count += 1
    take_columns(entry, entry.answers)


def no_longer_asked(entry: Entry) -> list[Item]:
    """Return the answers that the entry's form does not ask for any more, as they are read.

    No query where there is none; otherwise one, one more where files are among them, and those of `display`.
    """
    kept = sorted((name for name in entry.answers if MARK in name), key=kept_version, reverse=True)
    if not kept:
        return []
    versions = FormVersion.objects.filter(
        definition=entry.form_version.definition_id,
        number__in={kept_version(name) for name in kept},
    )
    schemas = dict(versions.order_by().values_list("number", "schema"))
    attachments = (
        list(entry.attachments.all()) if any(_is_files(entry, name) for name in kept) else []
    )
    items: list[Item] = []
    for name in kept:
        key, number = name.partition(MARK)[0], kept_version(name)
        fields = [
            {**field, "options": {**field["options"], "only_if": None}}
            for field in fields_of(schemas.get(number, {"sections": []}))
            if field["key"] == key
        ]
        part = {"sections": [{"key": "s", "title": "", "help": "", "fields": fields}]}
        for section in display(part, {key: entry.answers[name]}, attachments):
            items.extend(section.items)
    return items


def _is_files(entry: Entry, name: str) -> bool:
    """Return whether a kept answer may be a list of attachment ids."""
    answer = entry.answers[name]
    return isinstance(answer, list) and all(isinstance(one, int) for one in answer)
