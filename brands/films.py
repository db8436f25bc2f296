"""The films of stories."""

from collections.abc import Iterable
from typing import Any

from portal.cms.models import Document


def videos_in(story: Iterable[dict[str, Any]]) -> dict[int, Document]:
    """Return the films that raw blocks of stories show, by key (one query, none where there is no film)."""
    keys = {block["value"].get("file") for block in story if block["type"] == "video"} - {None}
    return Document.objects.in_bulk(keys) if keys else {}
