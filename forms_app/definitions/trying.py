"""Trying a form out: it behaves like the real one and leaves nothing behind.

Files are checked as they are for an entry, and only what they are called and how large they are travels in the page.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from forms_app.engine.checking import Problem
from forms_app.engine.kinds import kind_of
from forms_app.engine.schema import Schema, fields_of
from portal.cms.files import uploads

SALT = "forms_app.trying"


@dataclass
class TriedFile:
    """Stands in for an Attachment while a form is tried out; it has no content."""

    pk: int
    field_key: str
    name: str
    size: int
    details: dict[str, Any] = field(default_factory=dict)
    removed_at: datetime | None = None


def packed(files: Iterable[TriedFile]) -> str:
    """Return files as the page carries them."""
    return signing.dumps([asdict(one) for one in files], salt=SALT, compress=True)


def unpacked(text: str) -> list[TriedFile]:
    """Return the files that the page carried; none where it was tampered with."""
    try:
        return [TriedFile(**one) for one in signing.loads(text, salt=SALT)]
    except signing.BadSignature:
        return []


def take(
    schema: Schema, held: list[TriedFile], sent: Any, *, remove: str
) -> tuple[list[TriedFile], list[Problem]]:
    """Return the files after a post, and what was refused.

    Args:
        held: those of before.
        sent: the posted files (a MultiValueDict); each is checked by content, type, size and number, then forgotten.
        remove: the number of the one whose "移除" was pressed, or "".
    """
    files = [one for one in held if str(one.pk) != remove]
    wrong = []
    for spec in fields_of(schema):
        if not kind_of(spec).holds_files:
            continue
        options = spec["options"]
        for upload in sent.getlist(f"f-{spec['key']}"):
            try:
                checked = uploads.check(
                    upload,
                    allowed=set(options.get("types") or uploads.KINDS),
                    max_bytes=(options.get("max_mb") or 20) * uploads.MB,
                )
                most = options.get("max_files") or 1
                if sum(one.field_key == spec["key"] for one in files) >= most:
                    raise uploads.UploadRefused(
                        _("这里最多 %(most)d 个文件，请先删去不要的再上传。") % {"most": most}
                    )
            except uploads.UploadRefused as refusal:
                wrong.append(Problem(spec["key"], f"{upload.name}：{refusal}"))
            else:
                number = max((one.pk for one in files), default=0) + 1
                files.append(TriedFile(number, spec["key"], checked.name, checked.size))
    return files, wrong
