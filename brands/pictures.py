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


def copies_of(spec: str) -> tuple[str, ...]:
    """Return the copies that a browser chooses from: whole and half size, each as WebP and as JPEG (`spec` itself).

    No AVIF: of our pictures it saves nothing over WebP and takes six times as long to make.
    """
    fill = spec.removesuffix("|format-jpeg")
    width, height = (int(side) // 2 for side in fill.removeprefix("fill-").split("x"))
    half = f"fill-{width}x{height}"
    return (spec, f"{half}|format-jpeg", f"{fill}|format-webp", f"{half}|format-webp")


def responsive(picture: Picture | None, spec: str) -> dict[str, Any] | None:
    """Return a picture as components/responsive.html takes it, or None where it cannot be shown.

    Args:
        picture: a picture whose `copies_of(spec)` are best prefetched.
        spec: the largest size, "fill-…|format-jpeg".
    """
    copies = [scaled(picture, one) for one in copies_of(spec)]
    if not all(copies):
        return None
    whole, half, webp, webp_half = copies
    return {
        "url": whole.url,
        "width": whole.width,
        "height": whole.height,
        "alt": whole.alt,
        "jpeg": _srcset(half, whole),
        "webp": _srcset(webp_half, webp),
    }


def _srcset(*copies: Rendition) -> str:
    return ", ".join(f"{copy.url} {copy.width}w" for copy in copies)


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
