"""Scaled copies of pictures, read for many at once."""

from collections.abc import Iterable
from typing import Any

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from portal.cms.models import Picture, Rendition

THUMB = "fill-480x360"
CARD = "fill-960x600|format-jpeg"
LARGE = "max-1600x1200"
COVER = "width-1600"


def scaled(picture: Picture | None, spec: str) -> Rendition | None:
    """Return a scaled copy, or None where there is no picture or its file cannot be read."""
    if picture is None:
        return None
    try:
        return picture.get_rendition(spec)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None


def pictures_by_key(keys: Iterable[int | None], *specs: str) -> dict[int, Picture]:
    """Return pictures with their scaled copies (two queries)."""
    wanted = {key for key in keys if key}
    return Picture.objects.prefetch_renditions(*specs).in_bulk(wanted) if wanted else {}


def shot(picture: Picture | None, caption: str = "") -> dict[str, Any] | None:
    """Return a picture as components/gallery.html takes it, or None where it cannot be shown."""
    thumb, full = scaled(picture, THUMB), scaled(picture, LARGE)
    if picture is None or thumb is None or full is None:
        return None
    caption = caption or picture.caption
    return {
        "thumb": thumb,
        "large": full,
        "full_url": full.url,
        "alt": caption or picture.title,
        "caption": caption,
        "credit": picture.credit,
        "may_pass_on": picture.portrait_consent,
    }
