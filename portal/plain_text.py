"""The one rule for the characters that nobody types and everybody pastes: PowerPoint's line break is a vertical tab.

No XML holds them (feeds, Word, Excel), and what is kept for ever cannot be mended later: they go on the way in, and again on
the way out for what was kept before.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

# Control characters but tab and line ends, the mark of byte order, halves of characters, and the two that are none.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff\ufffe\uffff]")


def without_control(text: str) -> str:
    """Return a text without the characters that no document holds; tabs and line ends stay."""
    return _CONTROL.sub("", text)


def tidy(text: str, *, lines: bool = False) -> str:
    """Return pasted text with plain line ends, without control characters and without blanks at its ends.

    Args:
        lines: keep line breaks; otherwise they become blanks.
    """
    text = without_control(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        text = text.replace("\n", " ")
    return text.strip()


def shortened(text: str, most: int = 60) -> str:
    """Return a text of at most `most` characters; what is cut off shows as "…"."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def named(names: Sequence[str], most: int = 3) -> str:
    """Return the first names of a list in one line; that there are more shows as "…"."""
    return "、".join(names[:most]) + ("…" if len(names) > most else "")


class PlainText:
    """For forms, named before `forms.Form`: no field of theirs gets a control character to read."""

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None if data is None else _plain(data), *args, **kwargs)


def _plain(data: Any) -> Any:
    if not isinstance(data, QueryDict):
        return {
            key: without_control(value) if isinstance(value, str) else value
            for key, value in data.items()
        }
    plain = QueryDict(mutable=True, encoding=data.encoding)
    for key, values in data.lists():
        plain.setlist(key, [without_control(value) for value in values])
    return plain
