"""What a clerk leaves to the system when he draws a form: codes, and names in the place of codes.

Works on the drawn values in place, before they are checked and saved.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

from . import sources
from .rules import RULES

LONGEST = 40  # characters of a code
DEFAULTS = Path(__file__).parent.parent / "defaults"
COLUMN_PARTS = ("total", "given_by")  # what a table says of one of its columns
YES_NO = {"是": "yes", "否": "no"}
# Between the terms of a formula; the name of a field may hold a hyphen, which has no blanks around it.
OPERATOR = re.compile(r"\s*([+＋−－]|(?<=\s)-(?=\s)|^-)\s*")
NAMES_CODE = re.compile(r".*（([a-z][a-z0-9_]*)）")


@cache
def usual_codes() -> Mapping[str, str]:
    """Return the codes that the shipped forms use, by label: the same question keeps its code through all forms."""
    codes: dict[str, str] = {}
    for path in sorted(DEFAULTS.glob("*.json")):
        for section in json.loads(path.read_text(encoding="utf-8"))["sections"]:
            for field in section["fields"]:
                codes.setdefault(field["label"], field["key"])
    return codes


def code_for(label: str, taken: Iterable[str] = ()) -> str:
    """Return a code for a label: that of the shipped forms, else its pinyin; with a number where it is taken.

    Args:
        taken: codes that are used already.
    """
    code = usual_codes().get(label.strip()) or _pinyin(label)
    taken = set(taken)
    number, found = 1, code
    while found in taken:
        number += 1
        found = f"{code[: LONGEST - 3]}_{number}"
    return found


def _pinyin(label: str) -> str:
    """Return a label in ASCII, its syllables joined and cut between two of them: "品牌口号" → "pinpaikouhao"."""
    syllables = [re.sub(r"[^a-z0-9]+", "_", part.lower()).strip("_") for part in lazy_pinyin(label)]
    code = ""
    for syllable in filter(None, syllables):
        if len(code) + len(syllable) > LONGEST - 4:
            break
        code += syllable
    return code if code[:1].isalpha() else f"f{code}"


def settle(body: Any, rules: Any, warnings: Any) -> None:
    """Fill in codes that were left empty and turn names into the codes they stand for.

    Args:
        body, rules, warnings: the StreamValues of a definition, changed in place. What names nothing stays as it is,
            and the checks tell it at its block.
    """
    fields = [child.value for section in body for child in section.value["fields"]]
    for one in fields:
        _settle_choices(one)
        _settle_columns(one)
    _fill(fields)
    names = _Names(fields)
    for section in body:
        names.settle_condition(section.value)
    for one in fields:
        names.settle_field(one)
    for rule in rules:
        names.settle_rule(RULES[rule.block_type], rule.value)
    for warning in warnings:
        warning.value["field"] = names.code(warning.value["field"])


def speak(body: Any, rules: Any, warnings: Any) -> None:
    """Put names in the place of codes, as a clerk reads and writes them; the inverse of `settle`.

    Args:
        body, rules, warnings: the StreamValues of a definition, changed in place. A code stays where its name would not
            lead back to it: names that occur twice, names with a sign of reckoning in them.
    """
    fields = [child.value for section in body for child in section.value["fields"]]
    names = _Names(fields)
    for section in body:
        names.speak_condition(section.value)
    for one in fields:
        names.speak_field(one)
    for rule in rules:
        names.speak_rule(RULES[rule.block_type], rule.value)
    for warning in warnings:
        warning.value["field"] = names.name(warning.value["field"])


def _fill(values: list[Any], *, part: str = "key") -> None:
    taken = {value[part] for value in values if value[part]}
    for value in values:
        if not value[part] and value["label"]:
            value[part] = code_for(value["label"], taken)
            taken.add(value[part])


def _settle_choices(value: Any) -> None:
    if value.get("choices"):
        _fill(list(value["choices"]), part="code")


def _settle_columns(value: Any) -> None:
    columns = [column.value for column in value.get("columns") or ()]
    for column in columns:
        _settle_choices(column)
    _fill(columns)
    for part in COLUMN_PARTS:
        if value.get(part):
            value[part] = _known(value[part], columns)


def _known(name: str, values: Iterable[Any]) -> str:
    """Return the code of the one that is called so; the name itself where none or several are."""
    name = (name or "").strip()
    values = list(values)
    if any(value["key"] == name for value in values):
        return name
    found = [value["key"] for value in values if (value["label"] or "").strip() == name]
    if len(found) == 1:
        return found[0]
    written = NAMES_CODE.fullmatch(name)
    return written[1] if written else name


class _Names:
    """The names of one form's fields."""

    def __init__(self, fields: list[Any]) -> None:
        self.fields = fields
        self.by_key = {value["key"]: value for value in fields}

    def code(self, name: str) -> str:
        return _known(name, self.fields)

    def column(self, table: str, name: str) -> str:
        held = self.by_key.get(table)
        return _known(name, [one.value for one in held.get("columns") or ()]) if held else name

    def answer(self, key: str, text: str) -> str:
        """Return the code of an answer that is written as people read it."""
        field = self.by_key.get(key) or {}
        choices = field.get("choices") or ()
        called = {(one["label"] or "").strip(): one["code"] for one in choices}
        text = (text or "").strip()
        return called.get(text, YES_NO.get(text, text))

    def settle_condition(self, value: Any) -> None:
        if value.get("only_if_field"):
            value["only_if_field"] = self.code(value["only_if_field"])
            value["only_if_equals"] = self.answer(
                value["only_if_field"], value.get("only_if_equals") or ""
            )

    def settle_field(self, value: Any) -> None:
        self.settle_condition(value)
        for part in ("prefill", "name"):
            if value.get(part):
                value[part] = sources.source_code(value[part])
        if value.get("formula"):
            value["formula"] = self.formula(value["formula"])

    def formula(self, text: str) -> str:
        parts = OPERATOR.split(text.strip())
        return " ".join(
            {"＋": "+", "−": "-", "－": "-"}.get(part, part) if number % 2 else self.term(part)
            for number, part in enumerate(parts)
            if part
        )

    def term(self, text: str) -> str:
        code = self.code(text)
        if code != text or "." not in text:
            return code
        table, _dot, column = text.partition(".")
        table = self.code(table)
        return f"{table}.{self.column(table, column)}"

    def settle_rule(self, rule: Any, value: Any) -> None:
        for part in rule.singles:
            value[part] = self.term(value[part])
        if rule.several:
            held = value[rule.several]
            for number, name in enumerate(held):
                held[number] = self.code(name)
        if "column" in value:
            value["column"] = self.column(value["field"], value["column"])
        if "equals" in value:
            value["equals"] = self.answer(value["other"], value["equals"])

    # --- and back ---

    def name(self, code: str) -> str:
        return _called(code, self.fields)

    def speak_condition(self, value: Any) -> None:
        code = value.get("only_if_field")
        if code:
            value["only_if_field"] = self.name(code)
            value["only_if_equals"] = self.say(code, value.get("only_if_equals") or "")

    def say(self, key: str, code: str) -> str:
        """Return the code of an answer as people read it."""
        field = self.by_key.get(key) or {}
        if "choices" in field:
            called = {one["code"]: one["label"] for one in field["choices"]}
        else:
            called = {code: word for word, code in YES_NO.items()}
        text = called.get(code, code)
        return text if self.answer(key, text) == code else code

    def speak_field(self, value: Any) -> None:
        self.speak_condition(value)
        columns = [one.value for one in value.get("columns") or ()]
        for part in COLUMN_PARTS:
            if value.get(part):
                value[part] = _called(value[part], columns)
        for part in ("prefill", "name"):
            if value.get(part):
                value[part] = dict(sources.offered_sources()).get(value[part], value[part])
        if value.get("formula"):
            parts = OPERATOR.split(value["formula"])
            spoken = " ".join(
                part if number % 2 else self.speak_term(part)
                for number, part in enumerate(parts)
                if part
            )
            if self.formula(spoken) == value["formula"]:
                value["formula"] = spoken

    def speak_term(self, text: str) -> str:
        table, _dot, column = text.partition(".")
        if not column:
            return self.name(text)
        held = self.by_key.get(table) or {}
        columns = [one.value for one in held.get("columns") or ()]
        return f"{self.name(table)}.{_called(column, columns)}"

    def speak_rule(self, rule: Any, value: Any) -> None:
        if "equals" in value:
            value["equals"] = self.say(value["other"], value["equals"])
        if "column" in value:
            held = self.by_key.get(value["field"]) or {}
            columns = [one.value for one in held.get("columns") or ()]
            value["column"] = _called(value["column"], columns)
        for part in rule.singles:
            spoken = self.speak_term(value[part])
            if self.term(spoken) == value[part]:
                value[part] = spoken
        if rule.several:
            held = value[rule.several]
            for number, code in enumerate(held):
                held[number] = self.name(code)


def _called(code: str, values: list[Any]) -> str:
    """Return what the one with a code is called; the code itself where the name would not lead back to it."""
    found = [(value["label"] or "").strip() for value in values if value["key"] == code]
    return found[0] if len(found) == 1 and _known(found[0], values) == code else code
