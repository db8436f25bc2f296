"""How the pieces of an official document look on a line: numbers, dates, offices, ends."""

import datetime
import re

_HAN_NUMBER = "一二三四五六七八九十百"
_MARKERS = [
    (level, re.compile(pattern))
    for level, pattern in (
        (1, rf"[{_HAN_NUMBER}]{{1,4}}[、．.]"),
        (1, rf"第[{_HAN_NUMBER}]{{1,5}}章(?=\s|$)"),
        (2, rf"第[{_HAN_NUMBER}]{{1,5}}节(?=\s|$)"),
        (2, rf"[（(][{_HAN_NUMBER}]{{1,4}}[）)]"),
        (3, rf"第[{_HAN_NUMBER}]{{1,5}}条(?=\s|$)"),
        (3, r"\d{1,2}(?:、|[.．](?!\d))"),
        (4, r"[（(]\d{1,2}[）)]|\d{1,2}[）)]"),
        (5, "[①-⑳]"),
    )
]
_CLOSERS = "”’\"'）)》」』】"
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
DATE = (
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[〇○零一二三四五六七八九]{4}\s*年\s*[一二三四五六七八九十]{1,3}\s*月\s*[一二三四五六七八九十]{1,3}\s*日"
    r"|\d{4}([-./])\d{1,2}\1\d{1,2})"
)
_DATE_LINE = re.compile(DATE)
_OFFICE = re.compile(
    r"[^，。；：！？,;:!?“”《》]*[会委部处院室心学校局厅馆组社团所科司办](?:\s*（[^）]*）)?"
)
_OFFICE_LIMIT = 40
LABEL = re.compile(r"[^，。；！？：:]{1,10}[：:]")
ATTACHMENT = re.compile(r"附\s*件\s*(?:[\d一二三四五六七八九十]{1,3}\s*)?(?:[：:]|$)")
CC = re.compile(r"抄\s*送\s*[：:]\s*")
LONE_NUMBER = re.compile(r"\d{1,3}")


def split_marker(text: str) -> tuple[int, str, str]:
    """Return (level, number, rest) of a line that starts with a number such as 一、 or （1）.

    Without one the level is 0, the number empty, and the rest the whole line.
    """
    for level, pattern in _MARKERS:
        if match := pattern.match(text):
            return level, match.group(), text[match.end() :].strip()
    return 0, "", text


def ends_sentence(text: str) -> bool:
    """Say whether a paragraph may end here: 。！？；：… also behind a closing quote or bracket."""
    return text.rstrip(_CLOSERS + " ").endswith(tuple("。！？；：…!?;:"))


def is_office(text: str) -> bool:
    """Say whether the line is nothing but the name of an office, at most 40 characters."""
    return (
        len(text) <= _OFFICE_LIMIT
        and bool(_OFFICE.fullmatch(text))
        and not split_marker(text)[0]
        and not ATTACHMENT.match(text)
    )


def read_date(text: str) -> datetime.date | None:
    """Read a line that is one full date, in digits or 二〇二四年三月二十日; None if it is not."""
    if not _DATE_LINE.fullmatch(text):
        return None
    year, month, day = (_whole(part) for part in re.findall(r"[^\s年月日./-]+", text))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _whole(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if "十" not in written:
        return int("".join(_DIGITS[digit] for digit in written))
    tens, units = written.split("十", 1)
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(units, "0"))


def join_text(first: str, second: str) -> str:
    """Put two pieces of one sentence together; only two Latin words need a space between."""
    latin = (
        first[-1:].isascii()
        and first[-1:].isalpha()
        and second[:1].isascii()
        and second[:1].isalpha()
    )
    return f"{first} {second}" if latin else first + second
