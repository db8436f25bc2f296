"""Filling in an entry: starting it, saving it, its files, and what is still missing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.cms import uploads
from portal.dates import day_and_time
from portal.lifecycle.door import Refused
from portal.units.models import Post, Unit, User
from portal.units.permissions import holds_post

from .columns import take_columns
from .engine import checking
from .engine.checking import Problem
from .engine.conditions import active_fields
from .engine.context import FillingContext, no_address
from .engine.forms import prefilled
from .engine.reading import is_blank
from .engine.schema import Schema, fields_of
from .models import Attachment, CallPage, Entry, FormKind
from .models.call import SCAN
from .models.status import EntryStatus
from .paper import scans
from .permissions import may_fill
from .web_pictures import web_copy

# Answers that stand in columns of the entry as well.
COLUMNS = ("title", "category", "partner_units")
NO_LONGER_COUNTED = (EntryStatus.WITHDRAWN, EntryStatus.REJECTED)


class Stale(Exception):
    """Somebody saved the entry after this person opened it.

    Attributes:
        current: the entry as it stands now.
        mine: the answers that were about to be saved.
    """

    def __init__(self, current: Entry, mine: dict[str, Any]) -> None:
        super().__init__("the entry was saved meanwhile")
        self.current = current
        self.mine = mine

    @property
    def keys(self) -> list[str]:
        """The fields in which the two differ."""
        both = {**self.current.answers, **self.mine}
        return [key for key in both if self.current.answers.get(key) != self.mine.get(key)]


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
    """What is missing or wrong in one section: (field key, label, what to do) for each field; no words where it is only empty."""

    key: str
    title: str
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Left:
    """What is still to do in a form, section by section; sections without anything are left out."""

    sections: list[SectionLeft]

    @property
    def count(self) -> int:
        """In how many fields something is to do."""
        return sum(len(section.fields) for section in self.sections)


def start(
    call: CallPage,
    *,
    unit: Unit,
    actor: User,
    prefill: dict[str, Any] | None = None,
    continues: Entry | None = None,
) -> Entry:
    """Begin an entry of a unit in a call. A draft of an application that is there already is returned instead.

    Args:
        call: the call.
        unit: the unit that hands in.
        actor: the unit's officer or chair.
        prefill: neutral answers to begin with.
        continues: the entry of an earlier year whose project goes on.

    Returns:
        The draft; two clicks at once give the same one.

    Raises:
        Refused: not this person's unit, unit not admitted, call not open, form not published, or limit reached.
    """
    if not holds_post(actor, unit, Post.OFFICER, Post.CHAIR):
        raise Refused(_("只有本单位经办人或工会主席可以开始填写。"), code="forbidden")
    with transaction.atomic():
        # The unit's row is what two clicks at once wait for.
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        entries = Entry.objects.filter(call=call, unit=unit)
        if call.kind == FormKind.APPLICATION:
            existing = entries.filter(status=EntryStatus.DRAFT).order_by("pk").first()
            if existing:
                return existing
        if reason := why_not_start(
            call, unit, counted=entries.exclude(status__in=NO_LONGER_COUNTED).count()
        ):
            raise Refused(reason, code="guard")
        version = call.form.latest_version
        if version is None:
            raise Refused(_("这份通知的表单还没有发布，请联系校工会。"), code="guard")
        entry = Entry(
            call=call,
            kind=call.kind,
            unit=unit,
            form_version=version,
            created_by=actor,
            continues=continues,
        )
        entry.save()
        entry.answers = {**prefilled(version.schema, context_of(entry)), **(prefill or {})}
        take_columns(entry, entry.answers)
        entry.save()
        return entry


def why_not_start(call: CallPage, unit: Unit, *, counted: int) -> str | None:
    """Return why a unit cannot begin an entry in a call now, or None where it can.

    Args:
        counted: how many of the unit's entries in the call count against its limit.
    """
    now = timezone.now()
    if not call.live:
        return _("这份通知已经撤下，不能填写，请联系校工会。")
    if not call.admits(unit):
        return _("这份通知不面向%(kind)s。") % {"kind": unit.get_kind_display()}
    if now < call.opens_at:
        return _("申报尚未开始，%(at)s 起可以填写。") % {"at": day_and_time(call.opens_at)}
    deadline = call.deadline_for(unit)
    if now > deadline:
        return _("申报已于 %(at)s 截止。确有原因的，请联系校工会延期。") % {
            "at": day_and_time(deadline)
        }
    if call.kind == FormKind.APPLICATION and counted >= call.limit_per_unit:
        return _("每个单位限报 %(limit)d 项，本单位已经报送过了。") % {"limit": call.limit_per_unit}
    return None


def save(entry: Entry, *, answers: dict[str, Any], actor: User, expected_save_count: int) -> Entry:
    """Keep what has been filled in so far, also what is incomplete or cannot be read.

    Args:
        entry: the entry, possibly stale.
        answers: neutral answers, all of them.
        actor: the unit's officer or chair.
        expected_save_count: `save_count` of the entry that the person saw; saving the same answers twice is no conflict.

    Returns:
        The entry as saved.

    Raises:
        Refused: not this person's, or not editable now.
        Stale: somebody else's save came in between; nothing was changed.
    """
    with transaction.atomic():
        locked = lock_to_fill(entry, actor)
        if locked.answers == answers and locked.saved_at:
            return locked
        if locked.save_count != expected_save_count:
            raise Stale(locked, answers)
        before, locked.answers = locked.answers, answers
        if any(before.get(key) != answers.get(key) for key in COLUMNS):
            take_columns(locked, answers)
        stamp(locked, actor, timezone.now())
    return locked


def attach(
    entry: Entry,
    *,
    field_key: str,
    upload: File,
    actor: User,
    details: dict[str, Any] | None = None,
) -> Attachment:
    """Add a file to a field of an entry.

    Args:
        field_key: a file field of the entry's form; its options say which types and sizes are taken.
        upload: the file as it came.
        details: caption, credit, taken_on and consent of a picture.

    Raises:
        Refused: not this person's, or not editable now.
        UploadRefused: the file is not taken; the reason is for the person.

    Side effects: a private file, an Attachment, its id in the field's answer. `save_count` stays: a save from a page
    opened before does not lose the file.
    """
    options = file_options(entry, field_key)
    checked = uploads.check(
        upload,
        allowed=set(options.get("types") or uploads.KINDS),
        max_bytes=(options.get("max_mb") or 20) * uploads.MB,
    )
    details = details or {}
    if field_key == SCAN:
        details = {**details, "paper": scans.printed_code(checked.file, checked.content_type)}
    with transaction.atomic():
        locked = lock_to_fill(entry, actor)
        held = locked.attachments.filter(field_key=field_key, removed_at=None)
        if same := held.filter(sha256=checked.sha256).first():
            return same
        most = options.get("max_files") or 1
        if held.count() >= most:
            raise uploads.UploadRefused(
                _("这里最多 %(most)d 个文件，请先删去不要的再上传。") % {"most": most}
            )
        attachment = Attachment(
            entry=locked,
            field_key=field_key,
            name=checked.name,
            size=checked.size,
            content_type=checked.content_type,
            sha256=checked.sha256,
            details=details,
            uploaded_by=actor,
        )
        if checked.kind in uploads.PICTURES and (copy := web_copy(checked.file)):
            attachment.web.save(copy.name, copy, save=False)
        attachment.file.save(checked.name, checked.file, save=False)
        attachment.save()
        _bind(locked, field_key)
    return attachment


def describe(attachment: Attachment, *, details: dict[str, Any], actor: User) -> Attachment:
    """Keep what was typed about a picture: caption, credit, taken_on, consent.

    Raises:
        Refused: not this person's, or not editable now.
    """
    if attachment.details == details:
        return attachment
    with transaction.atomic():
        lock_to_fill(attachment.entry, actor)
        attachment.details = details
        attachment.save(update_fields=["details"])
    return attachment


def detach(attachment: Attachment, *, actor: User) -> None:
    """Take a file out of its field. The row and the file stay for the versions that were sent with it.

    Raises:
        Refused: not this person's, or not editable now.
    """
    with transaction.atomic():
        locked = lock_to_fill(attachment.entry, actor)
        attachment.removed_at = attachment.removed_at or timezone.now()
        attachment.save(update_fields=["removed_at"])
        _bind(locked, attachment.field_key)


def problems(entry: Entry) -> list[Problem]:
    """Return what keeps the entry from being sent, in the order of the form."""
    return checking.problems(schema_of(entry), entry.answers, entry.attachments.all())


def schema_of(entry: Entry) -> Schema:
    """Return the schema the entry is filled in by: its version's, with the stamped scan required where the call says so."""
    schema = entry.form_version.schema
    if not entry.call.needs_scan:
        return schema
    return {
        **schema,
        "sections": [
            {
                **section,
                "fields": [
                    {**field, "required": True} if field["key"] == SCAN else field
                    for field in section["fields"]
                ],
            }
            for section in schema["sections"]
        ],
    }


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
        field["key"]
        for field in active_fields(schema_of(entry), entry.answers)
        if field["required"]
    }
    open_keys = {problem.field_key for problem in found}
    counted = required | open_keys
    if not found:
        return Progress(100, [])
    return Progress(min(99, 100 * (len(counted) - len(open_keys)) // len(counted)), found)


def left_of(schema: Schema, answers: dict[str, Any], attachments: Iterable[Attachment]) -> Left:
    """Return what is still to do before a form can be sent; asks no database.

    Args:
        schema: `schema_of` the entry.
    """
    first: dict[str, str] = {}
    for problem in checking.problems(schema, answers, attachments):
        words = "" if is_blank(answers.get(problem.field_key)) else problem.message
        first.setdefault(problem.field_key, words)
    sections = [
        SectionLeft(
            section["key"],
            section["title"],
            [
                (field["key"], field["label"], first[field["key"]])
                for field in section["fields"]
                if field["key"] in first
            ],
        )
        for section in schema["sections"]
    ]
    return Left([section for section in sections if section.fields])


def file_options(entry: Entry, field_key: str) -> dict[str, Any]:
    """Return the options of a file field of the entry's form.

    Raises:
        KeyError: the form has no such field.
    """
    for field in file_fields(entry):
        if field["key"] == field_key:
            return field["options"]
    raise KeyError(field_key)


def file_fields(entry: Entry) -> list[dict[str, Any]]:
    """Return the fields of the entry's form that hold files."""
    return [
        field
        for field in fields_of(entry.form_version.schema)
        if field["kind"] in {"file", "pictures"}
    ]


def context_of(
    entry: Entry, *, file_url: Callable[[Attachment], str] = no_address
) -> FillingContext:
    """Return what the form engine has to know about an entry (one query, for its files).

    Where a stamped scan is shown, what is to be said about it costs one more.
    """
    return FillingContext(
        unit=entry.unit,
        year=entry.call.programme_year.year,
        entry=entry,
        attachments=list(entry.attachments.filter(removed_at=None)),
        file_url=file_url,
        about_file=partial(scans.remark_on, entry),
        begun=bool(entry.saved_at),
    )


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
        .select_related("unit", "form_version", "call", "saved_by")
        .get(pk=entry.pk)
    )
    if refusal := why_not_fill(locked, actor):
        raise refusal
    return locked


def stamp(entry: Entry, actor: User, at: datetime) -> None:
    """Count and sign a save of the entry, and write it."""
    entry.save_count += 1
    entry.saved_at = at
    entry.saved_by = actor
    entry.save()


def _bind(entry: Entry, field_key: str) -> None:
    ids = list(
        entry.attachments.filter(field_key=field_key, removed_at=None).values_list("pk", flat=True)
    )
    answers = {key: answer for key, answer in entry.answers.items() if key != field_key}
    entry.answers = {**answers, field_key: ids} if ids else answers
    entry.save(update_fields=["answers"])
