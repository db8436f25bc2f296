"""The head of an official document: issuer mark, document number, title, addressees."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .document import Found, Line
from .shapes import ATTACHMENT, CC, ends_sentence, is_office, join_text, read_date, split_marker

_WITHIN = 15
_TITLE_LINES = 5
_TITLE_LINE_LIMIT = 60
_ADDRESSEES_LIMIT = 200
_MARK = re.compile(r"[^，。；：！？,;:!?]{2,40}文\s*件")
_OPEN, _CLOSE = r"[〔［\[【（(﹝〈{]", r"[〕］\]】）)﹞〉}]"
_NUMBER = re.compile(
    rf"(?P<word>[^\s\d，。；：！？,;:!?]{{1,20}}?)\s*{_OPEN}\s*(?P<year>\d{{4}})\s*{_CLOSE}\s*(?P<ordinal>第?)\s*(?P<count>\d{{1,5}})\s*号"
)
_UNCLEAR_NUMBER = re.compile(
    r"[^\s\d，。；：！？,;:!?]{2,20}[^，。；：！？,;:!?]{0,6}\d{2,4}[^，。；：！？,;:!?]{0,6}\d{1,5}\s*号"
)
_NUMBER_LABEL = re.compile(r"(?:发文字号|文\s*号)\s*[：:]\s*")
_SIGNATORY = "签发人"
_KIND = re.compile(
    r".*(?:决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|办法|规定|细则|规则|章程"
    r"|条例|制度|计划|要点|总结|规划|指南|名单|倡议书)(?:\s*[（(][^）)]{1,12}[）)])?"
)
_PROSE_OPENING = re.compile(r"为|根据|按照|经|现|在|自")
_LEADS_ON = re.compile(r".*(?:如下|以下|下列|下述)[^：:]{0,6}[：:]")


def find_head(lines: Sequence[Line]) -> list[Found]:
    """Return what the first lines say; a field whose line is not clear is not among them."""
    end = _body_start(lines)
    found = []
    number = _number(lines, end)
    mark = _mark(lines, number.positions[0] if number else min(end, 3))
    found += [item for item in (mark, number) if item]
    start = max((position + 1 for item in found for position in item.positions), default=0)
    while start < end and lines[start].text.startswith(_SIGNATORY):
        start += 1
    addressees = _addressees(lines, start, end)
    title = _title(
        lines, start, addressees.positions[0] if addressees else end, bool(found), bool(addressees)
    )
    if title:
        found.append(title)
    if addressees and (title or number):
        found.append(addressees)
    return found


def with_signatory_apart(lines: Sequence[Line]) -> list[Line]:
    """Part the number from who signs off: a document to a higher office has both on one line."""
    parted: list[Line] = []
    for position, line in enumerate(lines):
        number, signatory, name = line.text.partition(_SIGNATORY)
        if position < _WITHIN and signatory and _NUMBER.fullmatch(number.rstrip()):
            parted.append(replace(line, text=number.rstrip()))
            line = replace(line, text=signatory + name, new_page=False, indented=False)
        parted.append(line)
    return parted


def _body_start(lines: Sequence[Line]) -> int:
    for position, line in enumerate(lines[:_WITHIN]):
        numbered = split_marker(line.text)[0] and line.outline != 0
        sentence = ends_sentence(line.text) and not line.text.endswith(("：", ":"))
        if line.rows or numbered or sentence or ATTACHMENT.match(line.text) or CC.match(line.text):
            return position
    return min(len(lines), _WITHIN)


def _number(lines: Sequence[Line], end: int) -> Found | None:
    for position, line in enumerate(lines[:end]):
        text = _NUMBER_LABEL.sub("", line.text, count=1)
        if match := _NUMBER.fullmatch(text):
            number = (
                f"{match['word']}〔{int(match['year'])}〕{match['ordinal']}{int(match['count'])}号"
            )
            return Found("doc_number", number, (position,))
        below_mark = position > 0 and _MARK.fullmatch(lines[position - 1].text)
        if _UNCLEAR_NUMBER.fullmatch(text) and (below_mark or text != line.text):
            return Found("doc_number", text, (position,))
    return None


def _mark(lines: Sequence[Line], end: int) -> Found | None:
    for position, line in enumerate(lines[:end]):
        if _MARK.fullmatch(line.text):
            start = position
            while start and is_office(lines[start - 1].text):
                start -= 1
            positions = tuple(range(start, position + 1))
            return Found(
                "issuer_mark", " ".join(lines[place].text for place in positions), positions
            )
    number_is_below = 0 < end < len(lines) and _NUMBER.fullmatch(lines[end].text)
    if number_is_below and is_office(lines[end - 1].text):
        return Found("issuer_mark", lines[end - 1].text, (end - 1,))
    return None


def _addressees(lines: Sequence[Line], start: int, end: int) -> Found | None:
    """Find the line that ends with a colon below the title, with lines above that run on into it."""
    for position in range(start + 1, end):
        line = lines[position]
        if not line.text.endswith(("：", ":")):
            continue
        first = position
        while first > start + 1 and lines[first - 1].text.endswith(("，", "、")):
            first -= 1
        text = "".join(lines[place].text for place in range(first, position + 1))[:-1].rstrip()
        unclear = (
            _PROSE_OPENING.match(text)
            or _LEADS_ON.match(line.text)
            or re.search("[。；！？：]", text)
        )
        if unclear or len(text) > _ADDRESSEES_LIMIT:
            return None
        return Found("addressees", text, tuple(range(first, position + 1)))
    return None


def _title(
    lines: Sequence[Line], start: int, end: int, below_number: bool, above_addressees: bool
) -> Found | None:
    """Find the title between the number and the addressees, or up to the line that names its kind."""
    candidates = []
    for position in range(start, min(end, start + _TITLE_LINES)):
        if not _may_be_title(lines[position]):
            break
        candidates.append(position)
    last = next((place for place in candidates if _KIND.fullmatch(lines[place].text)), None)
    styled = [place for place in candidates if lines[place].outline == 0]
    if below_number and above_addressees and len(candidates) == end - start:
        positions = candidates
    elif last is not None and (below_number or above_addressees or len(lines[last].text) <= 40):
        positions = [place for place in candidates if place <= last]
        if last + 1 in candidates and re.fullmatch(r"[（(][^\d]{1,12}[）)]", lines[last + 1].text):
            positions.append(last + 1)
    else:
        positions = styled or (candidates[:1] if below_number else [])
    if not positions:
        return None
    text = ""
    for position in positions:
        text = join_text(text, lines[position].text)
    return Found("title", text, tuple(positions))


def _may_be_title(line: Line) -> bool:
    return (
        len(line.text) <= _TITLE_LINE_LIMIT
        and not re.search("[。；！？：;:]", line.text)
        and not _PROSE_OPENING.match(line.text)
        and not re.match(r"[（(].*\d", line.text)
        and not read_date(line.text)
    )
