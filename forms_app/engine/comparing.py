"""What changed between two versions of a form, in words for the office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .kinds import kind_of
from .schema import Schema, fields_of

Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One thing that changed.

    Attributes:
        sort: added, removed, renamed (another code for the same question), retyped, changed, or form (what concerns
            sections, rules and reminders).
        label: of the field, as the newer version calls it where it has it.
        key: the field's code in the newer version; in the older one where it was removed.
        details: what changed, one line for each.
    """

    sort: str
    label: str
    key: str = ""
    details: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        """The sort in a word."""
        return {
            "added": _("新增"),
            "removed": _("不再填写"),
            "renamed": _("换了代码"),
            "retyped": _("换了类型"),
            "changed": _("有改动"),
            "form": _("整张表"),
        }[self.sort]


def renamed(old: Schema, new: Schema) -> dict[str, str]:
    """Return old code → new code of the questions that kept their label and kind under another code."""
    before = {one["key"]: one for one in fields_of(old)}
    after = {one["key"]: one for one in fields_of(new)}
    came = {(one["label"], one["kind"]): key for key, one in after.items() if key not in before}
    return {
        key: came[(one["label"], one["kind"])]
        for key, one in before.items()
        if key not in after and (one["label"], one["kind"]) in came
    }


def changes(old: Schema, new: Schema) -> list[Change]:
    """Return what changed from one schema to another, in the order of the newer form; removed fields last."""
    before = {one["key"]: one for one in fields_of(old)}
    after = {one["key"]: one for one in fields_of(new)}
    moved = {there: here for here, there in renamed(old, new).items()}
    found = [
        change for one in after.values() if (change := _change(one, before, moved)) is not None
    ]
    gone = [
        Change("removed", one["label"], key)
        for key, one in before.items()
        if key not in after and key not in moved.values()
    ]
    return [*found, *gone, *_form_changes(old, new)]


def _change(one: Spec, before: Mapping[str, Spec], moved: Mapping[str, str]) -> Change | None:
    key = one["key"]
    if key in moved:
        lines = [_("代码 %(old)s → %(new)s") % {"old": moved[key], "new": key}]
        return Change(
            "renamed", one["label"], key, [*lines, *_differences(before[moved[key]], one)]
        )
    if key not in before:
        must = [_("必填")] if one["required"] else []
        return Change("added", one["label"], key, [str(kind_of(one).label), *must])
    old = before[key]
    lines = list(_differences(old, one))
    if old["kind"] != one["kind"]:
        line = f"{kind_of(old).label} → {kind_of(one).label}"
        return Change("retyped", one["label"], key, [line, *lines])
    return Change("changed", one["label"], key, lines) if lines else None


def _differences(old: Spec, new: Spec) -> Iterator[str]:
    if old["label"] != new["label"]:
        yield _("名称“%(old)s” → “%(new)s”") % {"old": old["label"], "new": new["label"]}
    if old["required"] != new["required"]:
        yield _("选填 → 必填") if new["required"] else _("必填 → 选填")
    if old.get("help") != new.get("help"):
        yield _("改了填写说明")
    if old.get("public") != new.get("public"):
        yield _("改为可以公开") if new.get("public") else _("改为不公开")
    yield from _option_differences(old, new)


def _option_differences(old: Spec, new: Spec) -> Iterator[str]:
    labels = {name: block.label for name, block in kind_of(new).option_blocks()}
    was, now = old["options"], new["options"]
    for name in dict.fromkeys([*was, *now]):
        here, there = was.get(name), now.get(name)
        if here == there:
            continue
        if name == "columns":
            yield from _column_differences(here or [], there or [])
        elif name == "choices":
            yield from _choice_differences(here or [], there or [])
        elif name == "only_if":
            yield _("改了显示条件")
        else:
            label = labels.get(name) or _("其他设置")
            if isinstance(here, list | bool) or isinstance(there, list | bool):
                yield _("改了“%(label)s”") % {"label": label}
            else:
                yield _("%(label)s %(old)s → %(new)s") % {
                    "label": label,
                    "old": _("不限") if here is None else here,
                    "new": _("不限") if there is None else there,
                }


def _named(word: str, labels: list[str]) -> Iterator[str]:
    if labels:
        yield word % {"labels": "、".join(labels)}


def _column_differences(old: list[Spec], new: list[Spec]) -> Iterator[str]:
    before, after = ({one["key"]: one for one in side} for side in (old, new))
    yield from _named(
        _("加了列：%(labels)s"), [one["label"] for key, one in after.items() if key not in before]
    )
    yield from _named(
        _("去掉列：%(labels)s"), [one["label"] for key, one in before.items() if key not in after]
    )
    yield from _named(
        _("改了列：%(labels)s"),
        [one["label"] for key, one in after.items() if key in before and before[key] != one],
    )


def _choice_differences(old: list[Spec], new: list[Spec]) -> Iterator[str]:
    before, after = ({one["code"]: one["label"] for one in side} for side in (old, new))
    yield from _named(
        _("加了选项：%(labels)s"), [label for code, label in after.items() if code not in before]
    )
    yield from _named(
        _("去掉选项：%(labels)s"), [label for code, label in before.items() if code not in after]
    )
    yield from _named(
        _("改了选项的文字：%(labels)s"),
        [label for code, label in after.items() if before.get(code, label) != label],
    )


def _form_changes(old: Schema, new: Schema) -> Iterator[Change]:
    lines = []
    frames = [
        [(one["title"], one.get("help"), one.get("only_if")) for one in side["sections"]]
        for side in (old, new)
    ]
    if frames[0] != frames[1]:
        lines.append(_("改了各部分的标题、说明或显示条件"))
    order = [
        [one["key"] for one in fields_of(side) if one["key"] in both]
        for both in [
            {one["key"] for one in fields_of(old)} & {one["key"] for one in fields_of(new)}
        ]
        for side in (old, new)
    ]
    if order[0] != order[1]:
        lines.append(_("改了栏目的次序"))
    for name, word in (("rules", _("改了栏目之间的规则")), ("warnings", _("改了提醒的词"))):
        if old.get(name, []) != new.get(name, []):
            lines.append(word)
    if lines:
        yield Change("form", "", "", lines)
