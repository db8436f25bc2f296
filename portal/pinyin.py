"""Chinese names by their pinyin, as people type them: in full (shuxiang) or by the initials (sx)."""

import re

from pypinyin import Style, lazy_pinyin

LONGEST = 12  # syllables that somebody types before he sees what he looks for
LONGEST_ADDRESS = 60  # characters
_HAN = re.compile(r"[\u3400-\u9fff]+")
# Two characters at a time: a long title is cut between them.
_RUNS = re.compile(r"[\u3400-\u9fff]{1,2}|[0-9A-Za-z]+")


def initials(name: str) -> str:
    """Return the initials of a name's pinyin, e.g. "zs" for 张三."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def sort_key(name: str) -> str:
    """Return what a name is sorted by: its pinyin, syllable by syllable, e.g. "zhang san" for 张三."""
    return " ".join(lazy_pinyin(name)).lower()


def address_of(title: str) -> str:
    """Return a title as a part of an address: "guanyushenbao-2027" for 关于申报2027; "" where it holds no letter or number."""
    address = ""
    for run in _RUNS.findall(title):
        part = "".join(lazy_pinyin(run)).lower()
        if len(address) + len(part) >= LONGEST_ADDRESS:
            break
        address = f"{address}-{part}" if address else part
    return address


def is_found_by(name: str, typed: str) -> bool:
    """Return whether what was typed begins a part of the name's pinyin, in full or as initials, across dots and blanks."""
    typed = typed.lower()
    return any(spelled.startswith(typed) for spelled in spellings("".join(_HAN.findall(name))))


def spellings(text: str) -> list[str]:
    """Return the pinyin of every Chinese word in a text, from each of its characters on, in full and as initials.

    A prefix of one of them is what somebody types who means a word in the middle: 校园书香 is found by "shux" and by "sx".
    """
    spelled = []
    for run in _HAN.findall(text):
        syllables = [syllable.lower() for syllable in lazy_pinyin(run)]
        for begin in range(len(syllables)):
            part = syllables[begin : begin + LONGEST]
            spelled += ["".join(part), "".join(syllable[:1] for syllable in part)]
    return spelled
