"""The end of an official document: attachment notes, signature, date, and the imprint below."""

import re
from collections.abc import Sequence

from .document import Found, Line
from .shapes import ATTACHMENT, CC, DATE, LABEL, ends_sentence, is_office, read_date, split_marker

_PRINTED = re.compile(rf"(?P<office>.*?)\s*(?P<date>{DATE})\s*印\s*发")
_SIGNED = re.compile(rf"(?P<signer>.*\S)\s+(?P<date>{DATE})")
# Longer lines are body text; the limit also keeps the patterns quick on a line of blanks.
_LINE_LIMIT = 120
_SIGNER_LIMIT = 30
_CC_LINES = 6
_NOTES_LINES = 40
_NOTES_OPENING = re.compile(r"附\s*件\s*[：:]\s*")
_ITEM = re.compile(r"(?P<number>\d{1,2})\s*(?:、|[.．](?!\d))\s*(?P<text>.*)")
_SINGLE_NOTE = re.compile(r"附\s*件\s*(?P<number>\d{1,2})\s*[：:.．、\s]\s*(?P<text>.+)")
_NEXT_ON_LINE = re.compile(r"\s+(?=\d{1,2}(?:、|[.．](?!\d)))")


def find_tail(lines: Sequence[Line], start: int) -> list[Found]:
    """Return what the lines from `start` on say below the body; what is not clear is left out."""
    imprint = _imprint(lines, start)
    imprint_starts = min(
        (place for item in imprint for place in item.positions), default=len(lines)
    )
    signature = _signature(lines, start, imprint_starts)
    body_ends = min(
        (place for item in signature for place in item.positions), default=imprint_starts
    )
    notes = _attachment_notes(lines, start, body_ends, has_signature=bool(signature))
    if notes is None and signature:
        below = max(place for item in signature for place in item.positions) + 1
        notes = _attachment_notes(lines, below, imprint_starts, has_signature=False)
    return imprint + signature + ([notes] if notes else [])


def _imprint(lines: Sequence[Line], start: int) -> list[Found]:
    found = []
    printed = next(
        (item for item in reversed(range(start, len(lines))) if _printed(lines[item])), None
    )
    below_cc = len(lines)
    if printed is not None:
        office, printed_on = _printed(lines[printed])
        found.append(Found("printed_on", printed_on, (printed,)))
        below_cc = printed
        if office:
            found.append(Found("print_office", office, (printed,)))
        elif printed > start and is_office(lines[printed - 1].text):
            below_cc = printed - 1
            found.append(Found("print_office", lines[below_cc].text, (below_cc,)))
    cc = _cc(lines, start, below_cc, runs_to_end=printed is not None)
    return found + ([cc] if cc else [])


def _printed(line: Line):
    match = len(line.text) <= _LINE_LIMIT and _PRINTED.fullmatch(line.text)
    if not match or not (match["office"] == "" or is_office(match["office"])):
        return None
    printed_on = read_date(match["date"])
    return (match["office"], printed_on) if printed_on else None


def _cc(lines: Sequence[Line], start: int, end: int, *, runs_to_end: bool) -> Found | None:
    opening = next(
        (item for item in reversed(range(start, end)) if CC.match(lines[item].text)), None
    )
    if opening is None:
        return None
    last = opening
    while last + 1 < end and not lines[last].text.endswith("。"):
        runs_on = runs_to_end or lines[last].text.endswith(("，", "、", ","))
        following = lines[last + 1]
        if not runs_on or following.rows or read_date(following.text) or last - opening > _CC_LINES:
            break
        last += 1
    text = "".join(lines[place].text for place in range(opening, last + 1))
    return Found("cc", CC.sub("", text, count=1), tuple(range(opening, last + 1)))


def _signature(lines: Sequence[Line], start: int, end: int) -> list[Found]:
    """Find the first signature with its date; a date alone counts where the document closes."""
    for position in range(start, end):
        text = lines[position].text
        if len(text) > _LINE_LIMIT:
            continue
        closes = _closes_document(lines, position + 1, end)
        if match := _SIGNED.fullmatch(text):
            written_on = read_date(match["date"])
            if written_on and is_office(match["signer"]):
                signers = [*_signers_above(lines, start, position), position]
                names = " ".join([lines[place].text for place in signers[:-1]] + [match["signer"]])
                return [
                    Found("signer", names, tuple(signers)),
                    Found("written_on", written_on, (position,)),
                ]
        if not (written_on := read_date(text)):
            continue
        date = Found("written_on", written_on, (position,))
        signers = _signers_above(lines, start, position)
        if not signers and closes and position > start and _may_sign(lines[position - 1]):
            signers = [position - 1]
        if signers:
            return [
                Found("signer", " ".join(lines[place].text for place in signers), tuple(signers)),
                date,
            ]
        if closes and position > start and ends_sentence(lines[position - 1].text):
            return [date]
    return []


def _signers_above(lines: Sequence[Line], start: int, position: int) -> list[int]:
    first = position
    while first > start and not lines[first - 1].rows and is_office(lines[first - 1].text):
        first -= 1
    return list(range(first, position))


def _may_sign(line: Line) -> bool:
    return (
        0 < len(line.text) <= _SIGNER_LIMIT
        and not re.search("[，。；：！？,;:!?、]", line.text)
        and not split_marker(line.text)[0]
        and not ATTACHMENT.match(line.text)
        and not any(character.isdecimal() for character in line.text)
    )


def _closes_document(lines: Sequence[Line], position: int, end: int) -> bool:
    if position >= end:
        return True
    following = lines[position]
    return bool(
        following.rows or following.text.startswith(("（", "(")) or ATTACHMENT.match(following.text)
    )


def _attachment_notes(
    lines: Sequence[Line], start: int, end: int, *, has_signature: bool
) -> Found | None:
    """Find 附件：1. … up to `end`; they count only where nothing else stands between."""
    for position in reversed(range(max(start, end - _NOTES_LINES), end)):
        if len(lines[position].text) > _LINE_LIMIT:
            return None
        single = _SINGLE_NOTE.fullmatch(lines[position].text)
        if _NOTES_OPENING.match(lines[position].text) or (single and int(single["number"]) == 1):
            last = next(
                (place for place in range(position + 1, end) if _is_no_note(lines[place])), end
            )
            items = _items(lines[position:last], runs_on=has_signature)
            return Found("attachment_notes", items, tuple(range(position, last))) if items else None
    return None


def _is_no_note(line: Line) -> bool:
    """Say whether a line below the attachments is about something else: a sentence, or 联系人：…"""
    is_note = _ITEM.fullmatch(line.text) or _SINGLE_NOTE.fullmatch(line.text)
    return not is_note and bool(LABEL.match(line.text) or ends_sentence(line.text))


def _items(lines: Sequence[Line], *, runs_on: bool) -> tuple[str, ...] | None:
    """Return the names of the attachments, None unless they are one, or counted from 1 on."""
    numbers: list[int] = []
    names: list[str] = []
    for position, line in enumerate(lines):
        for piece in _NEXT_ON_LINE.split(_NOTES_OPENING.sub("", line.text, count=1)):
            match = _ITEM.fullmatch(piece) or _SINGLE_NOTE.fullmatch(piece)
            if match:
                numbers.append(int(match["number"]))
                names.append(match["text"].strip())
            elif position == 0 and piece:
                names.append(piece)
            elif piece and runs_on and names and not line.rows and not split_marker(piece)[0]:
                names[-1] += piece
            elif piece or line.rows:
                return None
    counted = numbers == list(range(1, len(names) + 1))
    return (
        tuple(names)
        if names and all(names) and (counted or (not numbers and len(names) == 1))
        else None
    )
