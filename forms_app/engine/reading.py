"""What people type, made neat: line ends, full-width digits, invisible characters. Lengths as people count them."""

import unicodedata
from typing import Any

from portal.plain_text import tidy

_JOINER = "\u200d"
_SKIN = ("\U0001f3fb", "\U0001f3ff")
_FLAG = ("\U0001f1e6", "\U0001f1ff")
MOST_MARKS = 3
MOST_JOINS = 4


def narrow(text: str) -> str:
    """Return text with full-width digits and signs as their ordinary forms (１２ → 12), for numbers, dates and codes."""
    # Some signs fall apart into a blank and an accent: what begins with a blank is made neat again.
    return tidy(unicodedata.normalize("NFKC", tidy(text)))


def length(text: str) -> int:
    """Return the number of characters as people count them; a line break is one.

    An accent put on its letter, a skin colour, a flag of two letters and a family joined into one picture count as the
    one sign they look like. Only so much hides in one sign: beyond three marks, or five pictures joined, each counts, and a
    joiner between anything but pictures too: a limit in characters is also one of the space they take. `js/char-counter.js`
    follows the same rules, and a test holds both to the same count.
    """
    count = marks = joins = flags = 0
    picture = joined = False
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        if _FLAG[0] <= sign <= _FLAG[1]:
            flags += 1
            count += flags % 2  # two of them are one flag
            picture = joined = False
            continue
        flags = 0
        if sign == _JOINER:
            joins += 1
            joined = picture and joins <= MOST_JOINS
            count += not joined
        elif _SKIN[0] <= sign <= _SKIN[1] or unicodedata.category(sign) in ("Mn", "Me", "Mc"):
            marks += 1  # stands on the sign before
            count += marks > MOST_MARKS
        else:
            picture = unicodedata.category(sign) == "So"
            if not (joined and picture):
                count, joins = count + 1, 0
            marks, joined = 0, False
    return count


def raw(text: str) -> dict[str, str]:
    """Return the answer for something that cannot be read as its kind: what was typed, kept."""
    return {"raw": text}


def is_raw(answer: Any) -> bool:
    """Return whether the answer is kept as it was typed because it could not be read."""
    return isinstance(answer, dict) and "raw" in answer


def is_blank(answer: Any) -> bool:
    """Return whether there is no answer. `False` and 0 are answers."""
    return answer is None or answer in ("", [], {})
