"""The files of an entry: adding one to a field, taking it out. What is typed about it: `beside`."""

from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.engine.kinds import kind_of
from forms_app.engine.schema import fields_of
from forms_app.models import Attachment, Entry
from forms_app.models.call import SCAN
from forms_app.paper import scans
from portal.cms.files import uploads
from portal.units.models import User

from .filling import lock_to_fill
from .web_pictures import web_copy


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
    return [field for field in fields_of(entry.form_version.schema) if kind_of(field).holds_files]


def _bind(entry: Entry, field_key: str) -> None:
    ids = list(
        entry.attachments.filter(field_key=field_key, removed_at=None).values_list("pk", flat=True)
    )
    answers = {key: answer for key, answer in entry.answers.items() if key != field_key}
    entry.answers = {**answers, field_key: ids} if ids else answers
    entry.save(update_fields=["answers"])
