"""Two texts compared for Wagtail's comparison of versions, so that a changed character of a Chinese sentence is seen.

Wagtail takes all that stands between two punctuation marks for one word: of a clause of thirty characters in which one was
changed it would show thirty as deleted and thirty as added.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from wagtail.admin.compare import TextDiff

from ..search_backend.words import HAN

_PIECES = re.compile(r"[^\W_]+|.", re.DOTALL)
_SIGNS = re.compile(rf"[{HAN}]|[0-9]+|[^\W\d_{HAN}]+|.", re.DOTALL)
LEAST_KEPT = 2  # characters that stay between two changes; fewer would be a riddle to read

Change = tuple[str, str]


def differences(before: str | None, after: str | None) -> TextDiff:
    """Return what was deleted from a text, added to it and kept, in the place of `wagtail.admin.compare.diff_text`."""
    changes: list[Change] = []
    for kind, old, new in _compared(_PIECES.findall(before or ""), _PIECES.findall(after or "")):
        if kind == "replace":
            changes += _within(old, new)
        else:
            changes += [("equal", old)] if kind == "equal" else _both(old, new)
    return TextDiff(list(_joined(changes)))


def _compared(before: list[str], after: list[str]) -> Iterator[tuple[str, str, str]]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield kind, "".join(before[a:b]), "".join(after[c:d])


def _both(old: str, new: str) -> list[Change]:
    return [one for one in (("deletion", old), ("addition", new)) if one[1]]


def _within(before: str, after: str) -> list[Change]:
    """Return the changes inside a clause, sign by sign; as a whole where next to nothing of it was kept."""
    steps = list(_compared(_SIGNS.findall(before), _SIGNS.findall(after)))
    kept = sum(len(old) for kind, old, _new in steps if kind == "equal")
    if kept < min(len(before), len(after)) / 3:
        return _both(before, after)
    changes: list[Change] = []
    old, new = "", ""
    for place, (kind, gone, come) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        if kind == "equal" and not (inside and len(gone) < LEAST_KEPT):
            changes += [*_both(old, new), ("equal", gone)]
            old, new = "", ""
        else:
            old, new = old + gone, new + come
    return [*changes, *_both(old, new)]


def _joined(changes: list[Change]) -> Iterator[Change]:
    """Yield the changes, those of one kind that follow each other as one."""
    kind, text = "", ""
    for next_kind, more in changes:
        if next_kind != kind:
            if text:
                yield kind, text
            kind, text = next_kind, ""
        text += more
    if text:
        yield kind, text
