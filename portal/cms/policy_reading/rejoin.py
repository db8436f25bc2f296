"""Put sentences together again that a page or line break has cut; change nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .document import Line
from .shapes import (
    ATTACHMENT,
    CC,
    LABEL,
    LONE_NUMBER,
    ends_sentence,
    is_office,
    join_text,
    read_date,
    split_marker,
)

# A printed line of an official document holds 28 characters (GB/T 9704), the first of a paragraph
# 26, fewer where punctuation is spaced: a shorter line without a full stop may be a heading.
_FULL_LINE = 24
_NUMBERED_LINE = 40
_NAME_LIMIT = 20
_OPEN_ENDS = ("，", "、", ",", "（", "(", "“", "‘", "《", "〔", "—")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))


@dataclass(frozen=True)
class Seam:
    """Where two lines became one: their numbers and the words on both sides."""

    before: int
    after: int
    words: str


def rejoin(lines: Sequence[Line]) -> tuple[list[Line], list[Seam]]:
    """Return the paragraphs that `lines` were, and one `Seam` for every joint made.

    A line that ends a sentence, or is a heading, a number, an office, a date or a table is
    never joined to the next one.
    """
    paragraphs: list[Line] = []
    seams: list[Seam] = []
    last_number = 0
    for line in lines:
        if paragraphs and _continues(paragraphs[-1], line):
            before = paragraphs.pop()
            seams.append(Seam(last_number, line.number, f"{before.text[-8:]}｜{line.text[:8]}"))
            paragraphs.append(replace(before, text=join_text(before.text, line.text)))
        else:
            paragraphs.append(line)
        last_number = line.number
    return paragraphs, seams


def _continues(before: Line, line: Line) -> bool:
    if _stands_alone(before) or _stands_alone(line):
        return False
    if ends_sentence(before.text) or split_marker(line.text)[0]:
        return False
    if before.text.endswith(_OPEN_ENDS) or _closes_what_was_opened(before.text, line.text):
        return True
    return not line.indented and _is_cut_prose(before.text) and _goes_on(line.text)


def _stands_alone(line: Line) -> bool:
    return bool(
        line.rows
        or line.outline is not None
        or ATTACHMENT.match(line.text)
        or CC.match(line.text)
        or LONE_NUMBER.fullmatch(line.text)
        or is_office(line.text)
        and len(line.text) < _NAME_LIMIT
        or read_date(line.text)
    )


def _closes_what_was_opened(before: str, after: str) -> bool:
    """Say whether a quotation, bracket or book title opened in one line is closed in the next."""
    for opening, closing in _PAIRS:
        closed_at = after.find(closing)
        opened_again = after.find(opening)
        if before.rfind(opening) > before.rfind(closing) and closed_at >= 0:
            return opened_again < 0 or closed_at < opened_again
    return False


def _is_cut_prose(text: str) -> bool:
    """Say whether the line is running text that stops in the middle of a sentence."""
    if LABEL.match(text) and len(text) < 2 * _FULL_LINE:
        return False
    enough = _NUMBERED_LINE if split_marker(text)[0] else _FULL_LINE
    return "。" in text or (len(text) >= enough and any(mark in text for mark in "，、；："))


def _goes_on(text: str) -> bool:
    """Say whether the line reads like the rest of a sentence, not like a heading or a name."""
    if LABEL.match(text) and not ends_sentence(text):
        return False
    return any(mark in text for mark in "，。；、！？") or len(text) >= _NAME_LIMIT
