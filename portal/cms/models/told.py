"""What the API says of an article: its blocks, and the pictures and documents that they name by number only."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from rest_framework.fields import Field
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from .media import Document, Picture

THUMB, LARGE = "fill-480x360", "max-1600x1200"
_BETWEEN = "\0"  # texts, and is in none
LINKED_DOCUMENT = re.compile(r"<a\b(?=[^>]*linktype=\"document\")[^>]*\bid=\"(\d+)\"")


class Told(Field):
    """A value worked out from the whole page."""

    def __init__(self, value: Any, **kwargs: Any) -> None:
        """Take a function page → value that JSON can hold."""
        self.value = value
        super().__init__(read_only=True, source="*", **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Told":
        """Copy for one serializer (rest_framework copies declared fields)."""
        return Told(self.value)

    def to_representation(self, page: Any) -> Any:
        """Return the value."""
        return self.value(page)


def bodies_of(pages: Iterable[Page]) -> dict[int, list[dict[str, Any]]]:
    """Return the blocks of pages by the pages' keys, the links in their texts leading somewhere (one query for each kind of link)."""
    bodies = {page.pk: page.body.stream_block.get_api_representation(page.body) for page in pages}
    texts = [block for body in bodies.values() for block in body if block["type"] == "text"]
    # All texts as one: each by itself would ask the database.
    whole = _BETWEEN.join(block["value"].replace(_BETWEEN, "") for block in texts)
    for block, text in zip(texts, expand_db_html(whole).split(_BETWEEN), strict=bool(texts)):
        block["value"] = text
    return bodies


class Files(NamedTuple):
    """What a page shows, in the order in which it shows it."""

    pictures: list[Picture]
    documents: list[Document]


def files_shown_by(pages: Iterable[Page]) -> dict[int, Files]:
    """Return the files of pages by the pages' keys, a draft's own as well (three queries at most)."""
    keys = {page.pk: _keys_in(page) for page in pages}
    pictures = {key for of_page, _documents in keys.values() for key in of_page}
    documents = {key for _pictures, of_page in keys.values() for key in of_page}
    found = Picture.objects.prefetch_renditions(THUMB, LARGE).in_bulk(pictures) if pictures else {}
    files = Document.objects.in_bulk(documents) if documents else {}
    return {
        page: Files(
            [found[key] for key in of_pictures if key in found],
            [files[key] for key in of_documents if key in files],
        )
        for page, (of_pictures, of_documents) in keys.items()
    }


def _keys_in(page: Page) -> tuple[list[int], list[int]]:
    pictures, documents = [], []
    for block in [*page.body.raw_data, *page.attachments.raw_data]:
        kind, value = block["type"], block["value"]
        if kind == "picture":
            pictures.append(value.get("picture"))
        elif kind == "document":
            documents.append(value)
        elif kind == "text":
            documents += [int(key) for key in LINKED_DOCUMENT.findall(value)]
    return list(dict.fromkeys(pictures)), list(dict.fromkeys(documents))


def picture_said(picture: Picture) -> dict[str, Any] | None:
    """Return a picture with the addresses of its scaled copies, or None where its file cannot be read."""
    try:
        thumb, large = picture.get_rendition(THUMB), picture.get_rendition(LARGE)
    except SourceImageIOError:
        return None
    return {
        "id": picture.pk,
        "caption": picture.caption,
        "credit": picture.credit,
        "thumbnail": scaled_said(thumb),
        "large": scaled_said(large),
    }


def scaled_said(rendition: Any) -> dict[str, Any]:
    """Return the addresses and the size of a scaled copy."""
    return {
        "url": rendition.url,
        "full_url": rendition.full_url,
        "width": rendition.width,
        "height": rendition.height,
    }


def document_said(document: Document) -> dict[str, Any]:
    """Return a document with its address."""
    return {
        "id": document.pk,
        "title": document.title,
        "url": document.url,
        "full_url": f"{settings.BASE_URL}{document.url}",
        "type": document.content_type,
        "size": document.get_file_size(),
    }


def pictures_of(page: Any) -> list[dict[str, Any]]:
    """Return what the API says of the pictures in a page's body."""
    return [said for picture in page.api_files.pictures if (said := picture_said(picture))]


def documents_of(page: Any) -> list[dict[str, Any]]:
    """Return what the API says of the documents a page offers."""
    return [document_said(document) for document in page.api_files.documents]


def body_of(page: Any) -> list[dict[str, Any]]:
    """Return what the API says of a page's body."""
    return page.api_body
