"""How text and questions become the words of the index: Chinese by pairs of characters, Latin words and numbers whole.

书香校园2024 is kept as 书香 香校 校园 园2024 2024: a question of two characters or more is an AND of its pairs, one character or
the beginning of a word is a prefix. Everything is folded first: full width to half width, capitals to small letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.html import strip_tags

LONGEST_WORD = 64  # characters
# A tsvector of PostgreSQL holds 1 MB; far more pairs than any document of an office has.
MOST_PAIRS = 60_000
MOST_TERMS = 64  # of one question

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u312f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHUNK = re.compile(r"[^\W_]+")
_UNIT = re.compile(rf"[{HAN}]|[^{HAN}]+")
CHINESE = re.compile(f"[{HAN}]")
_RARE = re.compile("[\U00010000-\U0010ffff]")


class Term(NamedTuple):
    """A word of a question; a prefix stands for every word that begins with it."""

    word: str
    prefix: bool


def folded(text: str) -> str:
    """Return the text as it is compared: half width, small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def plain(value: Any) -> str:
    """Return the text of a search field's value: lists and tables joined, markup and line breaks gone."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return " ".join(filter(None, map(plain, value)))
    text = "" if value is None else str(value)
    return re.sub(r"\s+", " ", strip_tags(text) if "<" in text else text).strip()


def words_of_text(text: str) -> list[str]:
    """Return the words under which a text is kept, each once."""
    words: dict[str, None] = {}
    for units in _chunks(text):
        words.update((_kept(first + second), None) for first, second in pairwise(units))
        words.update((_kept(unit), None) for unit in units if not _is_han(unit))
        words[_kept(units[-1])] = None  # a character that ends a run begins no pair
        if len(words) > MOST_PAIRS:
            break
    return list(words)


def terms_of_question(question: str) -> list[Term]:
    """Return the words that a text must have to answer a question; none for a question without a letter or number."""
    terms: dict[Term, None] = {}
    for units in _chunks(question):
        if len(units) == 1:
            terms[Term(_kept(units[0]), True)] = None
            continue
        pairs = [first + second for first, second in pairwise(units)]
        terms.update((Term(_kept(pair), False), None) for pair in pairs[:-1])
        # A number at the end may be the beginning of a longer one: 第2 of 第25届.
        terms[Term(_kept(pairs[-1]), not _is_han(units[-1]))] = None
    return list(terms)[:MOST_TERMS]


def _chunks(text: str) -> Iterator[list[str]]:
    for chunk in _CHUNK.findall(folded(text)):
        yield _UNIT.findall(chunk)


def _is_han(unit: str) -> bool:
    return CHINESE.match(unit) is not None


def _kept(word: str) -> str:
    # SQLite's tokenizer knows the characters of Unicode 6.1; rarer ones of names are spelled with two of the private area.
    return _RARE.sub(_spell, word[:LONGEST_WORD]) if not word.isascii() else word[:LONGEST_WORD]


def _spell(found: re.Match[str]) -> str:
    number = ord(found[0]) - 0x10000
    return chr(0xE000 + (number >> 10)) + chr(0xE400 + (number & 0x3FF))
