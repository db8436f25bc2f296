"""Page numbers that came into the text: dropped when certain, otherwise left and pointed out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .document import Line
from .shapes import LONE_NUMBER, ends_sentence, read_date

_LIMIT = 30
_WRITTEN_AS_PAGE = re.compile(
    r"[-—–－─]{1,2}\s*\d{1,3}\s*[-—–－─]{1,2}|第\s*\d{1,3}\s*页\s*[，,/]?\s*共\s*\d{1,3}\s*页"
)


def without_page_numbers(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Return (lines kept, page numbers dropped, lone numbers kept that may be page numbers).

    Certain are — 2 — and 第2页共5页 on a line of their own, and bare digits that stand at a page
    break, or on the last line behind something that is complete.
    """
    kept: list[Line] = []
    dropped: list[Line] = []
    doubtful: list[Line] = []
    page_opens = False
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        if _is_page_number(line, kept[-1] if kept else None, following):
            dropped.append(line)
            page_opens = page_opens or line.new_page
            continue
        if LONE_NUMBER.fullmatch(line.text):
            doubtful.append(line)
        kept.append(replace(line, new_page=line.new_page or (page_opens and bool(kept))))
        page_opens = False
    return kept, dropped, doubtful


def _is_page_number(line: Line, before: Line | None, following: Line | None) -> bool:
    if len(line.text) > _LIMIT:
        return False
    if _WRITTEN_AS_PAGE.fullmatch(line.text):
        return True
    if not LONE_NUMBER.fullmatch(line.text) or before is None:
        return False
    if following is not None:
        return line.new_page or following.new_page
    return line.new_page or ends_sentence(before.text) or _is_last_word(before.text)


def _is_last_word(text: str) -> bool:
    """Say whether an official document may end with this line: its date, or when it was printed."""
    return read_date(text.removesuffix("印发").split()[-1] if text.split() else "") is not None
