"""Choices on paper: boxes beside labels, and what people do to them with a pen or a keyboard."""

import re
from collections.abc import Iterable, Sequence

BOX, TICK = "☐", "☑"
TIED = "\u00a0"  # no line ends between a box and its label
MARKS = frozenset("☑☒✓✔√■●◉✅▣⊠")
BOXES = frozenset("☐□○◯▢")
OTHER = "其他"
_ROOM = "＿＿＿＿＿＿"
_GAP = "　"  # between two choices; wide, so that they read as apart


def boxes(choices: Iterable[tuple[str, str]], chosen: Iterable[str]) -> str:
    """Return all choices in a line, those chosen (by code) ticked."""
    taken = set(chosen)
    return _GAP.join(f"{TICK if code in taken else BOX}{TIED}{label}" for code, label in choices)


def is_marked(text: str) -> bool:
    """Return whether a mark that means yes stands anywhere in a text."""
    return not MARKS.isdisjoint(text)


def ticked(text: str, labels: Sequence[str]) -> list[str] | None:
    """Return the labels that are ticked in a text.

    A mark may stand before its label or, where no box stands before the first one, behind it. Without any box or mark
    the labels that were left standing count: some people delete what does not apply.

    Returns:
        The labels in their order; [] where nothing is ticked, None where the text names none of them.
    """
    if not labels:
        return None
    pattern = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    if not any(sign in MARKS or sign in BOXES for sign in text):
        return [place.group() for place in places]
    starts = [0, *(place.end() for place in places)]
    ends = [*(place.start() for place in places), len(text)]
    pieces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    before = any(sign in MARKS or sign in BOXES for sign in pieces[0])
    beside = pieces[:-1] if before else pieces[1:]
    return [place.group() for place, piece in zip(places, beside, strict=True) if is_marked(piece)]


def without_boxes(text: str) -> str:
    """Return a text without boxes, marks, blanks and lines to write on."""
    return "".join(sign for sign in text if sign not in MARKS | BOXES and sign not in "＿_").strip()


def marked_labels(text: str, labels: Sequence[str]) -> list[str]:
    """Return the labels with a mark beside them; labels that merely stand there do not count."""
    return (ticked(text, labels) or []) if is_marked(text) else []


def with_other(line: str, other: str | None) -> str:
    """Return a line of choices with room for something else, ticked where that was written (None: it was not)."""
    mark = BOX if other is None else TICK
    return f"{line}{_GAP}{mark}{TIED}{OTHER}：{other or _ROOM}"


def apart_from_other(text: str) -> tuple[str, str]:
    """Return a line of choices without its "其他：…", and what was written there; "" for nothing."""
    head, *rest = re.split(rf"{OTHER}\s*[：:]", text, maxsplit=1)
    if not rest:
        return text, ""
    said = without_boxes(rest[0])
    # The box of "other" belongs to what was written, not to the choice before it.
    head = head.rstrip()
    while head and (head[-1] in MARKS or head[-1] in BOXES or head[-1].isspace()):
        head = head[:-1]
    return head, said
