"""Pictures and documents: keeping them, and who may fetch one.

The public fetches a file only while a live page shows it; who else may is asked in `access`.
"""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
)
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    ReferenceIndex,
    get_default_page_content_type,
)

from portal.units.models import Unit, User

from ..models import Document, Picture, unrestricted
from .uploads import KINDS, MB, PICTURES, CheckedFile, check

PICTURE_BYTES = 10 * MB  # domain, section 4: photos of at most 10 MB
DOCUMENT_BYTES = 20 * MB  # domain, section 3: files of at most 20 MB
VIDEO_BYTES = 200 * MB  # domain, section 4: films of at most 200 MB
DOCUMENTS = frozenset({"pdf", "docx", "xlsx", "pptx", "jpg", "png"})
VIDEOS = frozenset({"mp4"})


def is_public(file: Picture | Document) -> bool:
    """Return whether a live page shows the file now, be it for some readers only (two queries)."""
    return _live_pages_with(file).exists()


def is_shown_to(request: HttpRequest, file: Picture | Document) -> bool:
    """Return whether a live page that the reader may open shows the file (two queries where everybody may)."""
    pages = _live_pages_with(file)
    return unrestricted(pages).exists() or any(_lets_in(page, request) for page in pages)


def collection_lets_in(request: HttpRequest, file: Picture | Document) -> bool:
    """Return whether the file's collection is open to the reader: to all, or by password, by signing in, by group (two queries)."""
    return _lets_in(file.collection, request)


def _lets_in(place: Page | Collection, request: HttpRequest) -> bool:
    return all(limit.accept_request(request) for limit in place.get_view_restrictions())


def _live_pages_with(file: Picture | Document) -> QuerySet[Page]:
    pages = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(file),
        to_object_id=str(file.pk),
        base_content_type=get_default_page_content_type(),
    ).values_list("object_id", flat=True)
    return Page.objects.filter(pk__in=[int(pk) for pk in pages], live=True)


def closed_collections() -> QuerySet[Collection]:
    """Return the collections that stand under a view restriction, their own or one from above."""
    asked = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = CollectionViewRestriction.objects.annotate(asked=asked)
    return Collection.objects.order_by().filter(
        Exists(restricted.filter(asked__startswith=F("collection__path")))
    )


def shown(model: type[Picture] | type[Document], kind: type[Page] = Page) -> QuerySet:
    """Return a subquery of the keys of the pictures or documents that live, unrestricted pages of a kind show to everybody."""
    pages = unrestricted(kind.objects.live()).annotate(key=Cast("pk", CharField()))
    closed = model.objects.order_by().filter(collection__in=closed_collections().values("pk"))
    return (
        ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(model),
            base_content_type=get_default_page_content_type(),
            object_id__in=pages.order_by().values("key"),
        )
        .annotate(file_key=Cast("to_object_id", BigIntegerField()))
        .exclude(file_key__in=closed.values("pk"))
        .values("file_key")
    )


def check_picture(upload: File) -> CheckedFile:
    """Return what may be kept of an uploaded picture: location data gone, upright, a harmless name.

    Raises:
        UploadRefused: not a picture, too large, or unreadable; `str()` says what to do.
    """
    return check(upload, allowed=PICTURES, max_bytes=PICTURE_BYTES)


def store_picture(
    checked: CheckedFile,
    *,
    title: str,
    actor: User,
    unit: Unit | None = None,
    caption: str = "",
    credit: str = "",
    taken_on: date | None = None,
    consent: bool = False,
) -> Picture:
    """Keep an uploaded picture; it stays private until a live page shows it.

    Args:
        checked: what `check_picture` gave; that takes its time, so it is done before anything is locked.
        title: what the picture is called in the CMS.
        actor: who uploads it.
        unit: the unit it belongs to.
        caption, credit, taken_on: what is said beside it.
        consent: whether the people shown agreed.
    """
    return _keep(
        Picture(
            title=title,
            unit=unit,
            caption=caption,
            credit=credit,
            taken_on=taken_on,
            portrait_consent=consent,
        ),
        checked.file,
        actor,
    )


def check_document(upload: File) -> CheckedFile:
    """Return what may be kept of a file that readers download, or of a film that a page shows.

    Raises:
        UploadRefused: of another kind, too large for its kind, or empty.
    """
    if (upload.name or "").lower().endswith(KINDS["mp4"].endings):
        return check_film(upload)
    return check(upload, allowed=DOCUMENTS, max_bytes=DOCUMENT_BYTES)


def check_film(upload: File) -> CheckedFile:
    """Return what may be kept of an uploaded film: what it tells of the place blanked.

    Raises:
        UploadRefused: not an MP4, too large, or empty.
    """
    return check(upload, allowed=VIDEOS, max_bytes=VIDEO_BYTES)


def store_film(checked: CheckedFile, *, title: str, actor: User, unit: Unit) -> Document:
    """Keep a unit's film as a document; it stays private until a live page shows it.

    Args:
        checked: what `check_film` gave; that takes its time, so it is done before anything is locked.
    """
    return _keep(Document(title=title, unit=unit), checked.file, actor)


def store_document(upload: File, *, title: str, actor: User, **checks: Any) -> Document:
    """Check an uploaded file and keep it as a document; it stays private until a live page offers it.

    Args:
        upload: the file as it came.
        title: what readers see.
        actor: who uploads it.
        checks: `allowed` kinds and `max_bytes`, where they are others than DOCUMENTS and DOCUMENT_BYTES.

    Raises:
        UploadRefused: not of an allowed kind, too large or empty.
    """
    return _keep(
        Document(title=title),
        check(upload, **{"allowed": DOCUMENTS, "max_bytes": DOCUMENT_BYTES, **checks}).file,
        actor,
    )


def store_text(upload: File, *, title: str, actor: User) -> Document:
    """Keep a plain text that has been read as such already; `uploads` knows no kind for it, text has no mark of its own.

    Args:
        upload: the file as it came.
        title: what readers see.
        actor: who uploads it.
    """
    return _keep(Document(title=title), File(upload, name=f"{title[:70]}.txt"), actor)


def _keep(file: Any, content: File, actor: User) -> Any:
    file.uploaded_by_user = actor
    file.file = content
    if isinstance(file, Picture):
        file._set_image_file_metadata()
    else:
        file._set_document_file_metadata()
    file.save()
    return file
