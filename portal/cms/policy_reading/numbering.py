"""The numbers Word writes by itself before a paragraph: they are not part of its text."""

from collections import defaultdict

from docx.document import Document
from docx.oxml.ns import qn

_HAN = "零一二三四五六七八九"
_HAN_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
}


class Numbering:
    """Counts through one document; call `label` once for each paragraph, in reading order."""

    def __init__(self, document: Document):
        """Read the numbering definitions of `document` (a python-docx Document)."""
        self._levels: dict[tuple[str, int], tuple[int, str, str]] = {}
        self._abstract_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = document.styles.element
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._read(relation.target_part.element)

    def label(self, paragraph) -> str | None:
        """Return the number before a `w:p`, "" if it has none, None if it cannot be written out."""
        num_id, level = self._numbered(paragraph)
        abstract = self._abstract_of.get(num_id, "")
        definition = self._levels.get((abstract, level))
        if num_id in {"", "0"} or definition is None:
            return ""
        start, number_format, _text = definition
        if number_format in {"bullet", "none"}:
            return ""
        counters = self._counters[abstract]
        if restart := self._restarts.pop(num_id, None):
            counters.update({place: first - 1 for place, first in restart.items()})
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        return self._written(abstract, level, counters)

    def _read(self, root) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), _whole(level.get(qn("w:ilvl"))))
                self._levels[key] = (
                    _whole(_value(level, "w:start", "1")),
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                )
        for num in root.iter(qn("w:num")):
            num_id = num.get(qn("w:numId"))
            self._abstract_of[num_id] = _value(num, "w:abstractNumId", "")
            self._restarts[num_id] = {
                _whole(override.get(qn("w:ilvl"))): _whole(_value(override, "w:startOverride", "1"))
                for override in num.iter(qn("w:lvlOverride"))
                if override.find(qn("w:startOverride")) is not None
            }

    def _numbered(self, paragraph) -> tuple[str, int]:
        properties = paragraph.find(qn("w:pPr"))
        seen: set[str] = set()
        while properties is not None:
            num = properties.find(qn("w:numPr"))
            if num is not None:
                return _value(num, "w:numId", ""), _whole(_value(num, "w:ilvl", "0"))
            style_id = _value(properties, "w:pStyle", "") or _value(
                properties.getparent(), "w:basedOn", ""
            )
            if not style_id or style_id in seen:
                break
            seen.add(style_id)
            style = self._styles.get_by_id(style_id)
            properties = style.find(qn("w:pPr")) if style is not None else None
        return "", 0

    def _written(self, abstract: str, level: int, counters: dict[int, int]) -> str | None:
        text = self._levels[(abstract, level)][2]
        for place in range(level + 1):
            if f"%{place + 1}" not in text:
                continue
            start, number_format, _text = self._levels.get((abstract, place), (1, "decimal", ""))
            counted = _counted(counters.get(place, start), number_format)
            if counted is None:
                return None
            text = text.replace(f"%{place + 1}", counted)
        return text


def _counted(count: int, number_format: str) -> str | None:
    if number_format in _HAN_FORMATS:
        return _in_han(count)
    if number_format in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and count <= 20:
        return chr(ord("①") + count - 1)
    if number_format in {"lowerLetter", "upperLetter"} and count <= 26:
        return chr(ord("a" if number_format == "lowerLetter" else "A") + count - 1)
    return str(count) if number_format == "decimal" else None


def _in_han(count: int) -> str | None:
    if count >= 100:
        return None
    tens, units = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十"
    return head + (_HAN[units] if units or not tens else "")


def _value(element, tag: str, default: str) -> str:
    child = element.find(qn(tag))
    return default if child is None else child.get(qn("w:val"), default)


def _whole(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0
