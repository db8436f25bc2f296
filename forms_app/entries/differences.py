"""What changed between two texts, for reading them side by side."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Han characters one by one, other letters and figures as words, so that 12 → 120 is one change.
_WORDS = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9.,]+|\s+|.", re.DOTALL)
_SHORTEST_MATCH = 2  # a single equal character between changes is chance, and reads as noise


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether only this side has it."""

    text: str
    changed: bool


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts cut into what they share and what each has alone."""
    left, right = _WORDS.findall(before), _WORDS.findall(after)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        shared = tag == "equal" and (b - a >= _SHORTEST_MATCH or a == 0 or b == len(left))
        for side, text in zip(sides, ("".join(left[a:b]), "".join(right[c:d])), strict=True):
            if not text:
                continue
            if side and side[-1].changed is not shared:
                side[-1] = Piece(side[-1].text + text, not shared)
            else:
                side.append(Piece(text, not shared))
    return sides
