"""Files that arrive in pieces: a phone's network may go and come back, and the upload goes on where it stopped."""

import tempfile
from datetime import timedelta
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import Attachment, Entry, HalfUpload
from portal.cms.files.uploads import KINDS, MB, UploadRefused
from portal.lifecycle.door import Refused
from portal.units.models import User

from . import attaching, filling

PIECE = MB  # bytes; a phone sends one in a few seconds
AT_ONCE = 20  # unfinished files of one entry
KEPT_FOR = timedelta(days=3)


def begin(
    entry: Entry, *, field_key: str, name: str, size: int, stamp: str, actor: User
) -> HalfUpload:
    """Begin an upload, or find the one of the same file that stopped half-way.

    Args:
        field_key: a file field of the entry's form.
        name: the file's name on the person's machine.
        size: bytes.
        stamp: what tells the file apart from another of that name and size: its date, as the browser says it.

    Raises:
        KeyError: the form has no such file field.
        Refused: not this person's, or not editable now.
        UploadRefused: it would not be taken in any case: empty, too large, of another type, or the field is full.
    """
    if refusal := filling.why_not_fill(entry, actor):
        raise refusal
    _refuse_early(entry, field_key, name, size)
    name, stamp = name[-255:], stamp[:40]
    same = {"entry": entry, "field_key": field_key, "user": actor}
    found = HalfUpload.objects.filter(**same, name=name, size=size, stamp=stamp).first()
    if found:
        return found
    if HalfUpload.objects.filter(entry=entry).count() >= AT_ONCE:
        raise UploadRefused(_("没有传完的文件太多了，请先等它们传完。"))
    return HalfUpload.objects.create(
        **same, name=name, size=size, stamp=stamp, heard_at=timezone.now()
    )


def take(half: HalfUpload, *, at: int, piece: bytes, actor: User) -> HalfUpload:
    """Keep the next piece of a file. A piece that does not begin where the last one ended is left out: ask again.

    Args:
        at: the piece's place in the file, in bytes.
        piece: at most PIECE bytes.

    Returns:
        The upload as it stands; `received` says where to go on.

    Raises:
        Refused: somebody else's upload, or the entry is not editable now.
    """
    if half.user_id != actor.pk:
        raise Refused(_("这不是您上传的文件。"), code="forbidden")
    with transaction.atomic():
        locked = HalfUpload.objects.select_for_update(of=("self",)).get(pk=half.pk)
        fits = at == locked.received and 0 < len(piece) <= min(PIECE, locked.size - at)
        if fits:
            path = _path(locked, locked.pieces)
            storage = storages["private"]
            # A piece whose row was never written, because the server was killed between the two.
            storage.delete(path)
            storage.save(path, ContentFile(piece))
            locked.received += len(piece)
            locked.pieces += 1
            locked.heard_at = timezone.now()
            locked.save()
    return locked


def finish(half: HalfUpload, *, actor: User) -> Attachment:
    """Put a whole file together, check it and add it to its field.

    Raises:
        Refused: not this person's, or not editable now.
        UploadRefused: the file is not taken; the reason is for the person.

    Side effects: as `attaching.attach`; the pieces are gone, whether it was taken or not.
    """
    try:
        with tempfile.TemporaryFile() as whole:
            _put_together(half, whole)
            upload = File(whole, name=half.name)
            upload.size = half.size
            return attaching.attach(
                half.entry, field_key=half.field_key, upload=upload, actor=actor
            )
    finally:
        forget(half)


def forget(half: HalfUpload) -> None:
    """Remove an upload and its pieces."""
    for number in range(half.pieces + 1):
        storages["private"].delete(_path(half, number))
    half.delete()


def forget_old() -> int:
    """Remove the uploads nobody has gone on with for KEPT_FOR; return how many."""
    old = list(HalfUpload.objects.filter(heard_at__lt=timezone.now() - KEPT_FOR))
    for half in old:
        forget(half)
    return len(old)


def _refuse_early(entry: Entry, field_key: str, name: str, size: int) -> None:
    """Refuse what can be told before a byte has travelled; what the file really is shows when it is whole."""
    options = attaching.file_options(entry, field_key)
    limit = (options.get("max_mb") or 20) * MB
    if size <= 0:
        raise UploadRefused(
            _("这个文件是空的（0 字节）。可能是没有保存好，请打开确认内容后重新上传。")
        )
    if size > limit:
        raise UploadRefused(
            _("这个文件有 %(size)s，这里最多 %(limit)s。请压缩图片或分成几个文件后再上传。")
            % {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        )
    taken = options.get("types") or list(KINDS)
    endings = {ending for kind in taken for ending in KINDS[kind].endings}
    if name.rpartition(".")[2].lower() not in endings:
        raise UploadRefused(
            _("这里只能上传 %(wanted)s。")
            % {"wanted": "、".join(str(KINDS[kind].label) for kind in taken)}
        )
    most = options.get("max_files") or 1
    if entry.attachments.filter(field_key=field_key, removed_at=None).count() >= most:
        raise UploadRefused(_("这里最多 %(most)d 个文件，请先删去不要的再上传。") % {"most": most})


def _put_together(half: HalfUpload, whole: IO[bytes]) -> None:
    for number in range(half.pieces):
        with storages["private"].open(_path(half, number)) as piece:
            whole.write(piece.read())
    whole.seek(0)


def _path(half: HalfUpload, number: int) -> str:
    return f"pieces/{half.token}/{number}"
