"""A policy page from the official document as it exists."""

from dataclasses import dataclass

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from portal.units.models import User

from .files.media import store_document, store_text
from .models import Document, PolicyIndexPage, PolicyPage
from .policy_reading import Block, BlockKind, Note, NoteKind, ReadDocument, read_policy

DEEPEST_LEVEL = 5


@dataclass(frozen=True)
class ReadPolicy:
    """What came of a document: the draft and what the reader has to say about it."""

    page: PolicyPage
    notes: tuple[Note, ...]


@transaction.atomic
def policy_from_document(upload: File, *, actor: User) -> ReadPolicy:
    """Make an unpublished policy page from an uploaded .txt or .docx, the file kept as its original.

    Args:
        upload: the file as it came.
        actor: who uploads it; the author of the first revision.

    Raises:
        UnreadableDocument: the file cannot be read; `str()` says what to do.
        UploadRefused: the file is not kept, e.g. because it carries macros.

    Side effects: a document and a draft page; nothing becomes public.
    """
    read = read_policy(upload, upload.name or "")
    title = read.title or (upload.name or "").rpartition(".")[0]
    page = PolicyPage(
        title=title[:255],
        live=False,
        owner=actor,
        body=[_block(block) for block in read.body],
        attachment_notes="\n".join(read.attachment_notes),
        original=_keep(upload, title, actor),
        **_fields(read),
    )
    PolicyIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=actor, clean=False, log_action="wagtail.create")
    return ReadPolicy(page=page, notes=(*_there_already(page), *read.notes))


def has_report(page: PolicyPage) -> bool:
    """Return whether there is something to check against its original: a text, and the page was never public."""
    readable = page.original and page.original.filename.lower().endswith((".txt", ".docx"))
    return bool(readable) and page.first_published_at is None


def notes_on(page: PolicyPage) -> tuple[Note, ...]:
    """Return what the reader says about a draft's original. Read anew each time: nothing kept can go stale.

    Raises:
        UnreadableDocument: the original was exchanged for something that cannot be read.
    """
    with page.original.file.open("rb") as file:
        read = read_policy(file, page.original.filename)
    return (*_there_already(page), *read.notes)


def _there_already(page: PolicyPage) -> list[Note]:
    """Return a remark for each other page with the same number: the document may have been taken in before."""
    if not page.doc_number:
        return []
    others = PolicyPage.objects.filter(doc_number=page.doc_number).exclude(pk=page.pk)
    return [
        Note(
            NoteKind.ATTENTION,
            _(
                "文号%(number)s已经有一个页面：“%(title)s”（%(state)s）。如果是同一份文件，请删去这份草稿，改那一页。"
            )
            % {
                "number": page.doc_number,
                "title": other.title,
                "state": _("已公开") if other.live else _("草稿"),
            },
        )
        for other in others
    ]


def _keep(upload: File, title: str, actor: User) -> Document:
    title = title[:255]
    if (upload.name or "").lower().endswith(".docx"):
        return store_document(upload, title=title, actor=actor, allowed=frozenset({"docx"}))
    return store_text(upload, title=title, actor=actor)


def _fields(read: ReadDocument) -> dict[str, object]:
    """Return the fields as the page holds them; what is longer than a field takes is cut for the editor to see."""
    texts = ("issuer_mark", "doc_number", "addressees", "signer", "cc", "print_office")
    return {
        **{
            name: getattr(read, name)[: PolicyPage._meta.get_field(name).max_length]
            for name in texts
        },
        "written_on": read.written_on,
        "printed_on": read.printed_on,
    }


def _block(block: Block) -> tuple[str, object]:
    if block.kind == BlockKind.TABLE:
        rows = [list(row) for row in block.rows]
        return "table", {"data": rows, "first_row_is_table_header": False}
    is_heading = block.kind == BlockKind.HEADING
    return "paragraph", {
        "level": str(min(block.level, DEEPEST_LEVEL)),
        "number": block.number,
        "lead": block.text if is_heading else block.lead,
        "text": "" if is_heading else block.text,
    }
