"""Scaled copies of pictures, read for many at once."""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from portal.cms.models import Picture, Rendition

THUMB = "fill-480x360"
TILE = "fill-960x720"  # of a gallery; THUMB is its half
CARD = "fill-960x600|format-jpeg"
LARGE = "max-1600x1200"
COVER = "width-1600"
PRINT = "max-2400x2400|format-jpeg"  # 20 cm at 300 dots an inch; handed out, never shown
AS_JPEG = "|format-jpeg"
HIGH, LOW = 0.42, 0.6  # shares of a picture's height


def scaled(picture: Picture | None, spec: str) -> Rendition | None:
    """Return a scaled copy, or None where there is no picture or its file cannot be read."""
    if picture is None:
        return None
    try:
        return picture.get_rendition(spec)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return None


def focus_of(picture: Picture | None) -> tuple[float, float] | None:
    """Return what must stay in sight when a picture is cut, as shares of its width and height; None where nobody said."""
    if picture is None or not picture.has_focal_point():
        return None
    return (picture.focal_point_x / picture.width, picture.focal_point_y / picture.height)


def height_of_focus(picture: Picture | None) -> str:
    """Return the class of a broad cut from a picture: "high" or "low" where what matters lies there, else nothing."""
    focus = focus_of(picture)
    if focus is None or HIGH <= focus[1] <= LOW:
        return ""
    return "high" if focus[1] < HIGH else "low"


def copies_of(spec: str) -> tuple[str, ...]:
    """Return the copies that a browser chooses from: whole and half size, each as WebP and in the format of `spec`.

    No AVIF: of our pictures it saves nothing over WebP and takes six times as long to make.
    """
    size = spec.removesuffix(AS_JPEG)
    half = re.sub(r"\d+", lambda side: str(int(side[0]) // 2), size)
    return (spec, spec.replace(size, half), f"{size}|format-webp", f"{half}|format-webp")


# Everything that a brand's own page asks for.
OF_A_PAGE = tuple(copy for spec in (LARGE, TILE, COVER, CARD) for copy in copies_of(spec))


def responsive(picture: Picture | None, spec: str) -> dict[str, Any] | None:
    """Return a picture as components/responsive.html takes it, or None where it cannot be shown.

    Args:
        picture: a picture whose `copies_of(spec)` are best prefetched.
        spec: the largest size, its format last: "fill-960x600|format-jpeg"; without a format, that of the file.
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
        "plain": _srcset(half, whole),
        "webp": _srcset(webp_half, webp),
    }


def _srcset(*copies: Rendition) -> str:
    return ", ".join(f"{copy.url} {copy.width}w" for copy in copies)


def pictures_by_key(keys: Iterable[int | None], *specs: str) -> dict[int, Picture]:
    """Return pictures with their scaled copies (two queries)."""
    wanted = {key for key in keys if key}
    return Picture.objects.prefetch_renditions(*specs).in_bulk(wanted) if wanted else {}


def tile(picture: Picture | None, caption: str = "") -> dict[str, Any] | None:
    """Return a picture of a public gallery: as `shot`, with the sizes for a tile (`shown`) and for the whole screen (`whole`)."""
    found = shot(picture, caption)
    return found and {
        **found,
        "shown": responsive(picture, TILE),
        "whole": responsive(picture, LARGE),
    }


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
