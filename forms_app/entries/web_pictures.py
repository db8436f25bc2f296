"""A picture's copy for screens: small enough for a phone's network. The original is kept as it came in."""

from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image

LONGEST = 1600  # pixels of the longer side
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def web_copy(picture: IO[bytes]) -> ContentFile | None:
    """Return the picture scaled to LONGEST, named by its type; None where it is small enough as it is.

    Args:
        picture: a checked picture; read from its beginning, and left there.
    """
    picture.seek(0)
    with Image.open(picture) as image:
        kind = image.format
        if max(image.size) <= LONGEST or kind not in ENDINGS:
            picture.seek(0)
            return None
        image.thumbnail((LONGEST, LONGEST))
        copy = BytesIO()
        image.save(copy, kind, quality=82)
    picture.seek(0)
    return ContentFile(copy.getvalue(), name=f"web.{ENDINGS[kind]}")
