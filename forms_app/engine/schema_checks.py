"""What is wrong with a form as it is drawn: said to the office before a unit ever sees it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .kinds import KINDS
from .kinds.designer import KEY
from .kinds.system import terms
from .rules import RULES
from .rules.base import can_be_condition, columns_of, is_number, never_met, numeric_columns
from .schema import Schema, fields_of

Field = dict[str, Any]
# Columns of the entry, and what projects and brand pages are made of.
NEEDED = {
    "application": {
        "title": ("text",),
        "category": ("category",),
        "amount_requested": ("money",),
    },
    "summary": {
        "title": ("text", "computed"),
        "category": ("category", "computed"),
        "public_intro": ("long_text",),
    },
}
TITLE_LIMIT = 30  # Entry.title holds no more
RANGES = (
    ("min_characters", "max_characters"),
    ("min", "max"),
    ("min_choices", "max_choices"),
    ("min_files", "max_files"),
    ("min_rows", "max_rows"),
)


@dataclass(frozen=True)
class Flaw:
    """One thing to mend in a drawing.

    Attributes:
        message: what is wrong, in words for the office.
        of: the field, column, section, rule or warning of the schema it is about; None where it is the whole form.
        part: the input of its block that has to be changed.
    """

    message: str
    of: Any = None
    part: str = "label"


def faults(schema: Schema, *, kind: str) -> list[str]:
    """Return what is wrong with a schema, in words for the office; [] where it can be published.

    Args:
        kind: FormKind, which says what fields there must be.
    """
    return [flaw.message for flaw in flaws(schema, kind=kind)]


def flaws(schema: Schema, *, kind: str) -> list[Flaw]:
    """Return what is wrong with a schema and where; [] where it can be published.

    Args:
        kind: FormKind, which says what fields there must be.
    """
    fields = fields_of(schema)
    if not fields:
        return [Flaw(_("表单里还没有栏目"))]
    return [
        *_doubled(fields),
        *(flaw for section in schema["sections"] for flaw in _same_names(section)),
        *_needed(fields, kind),
        *(
            flaw
            for section in schema["sections"]
            for field in section["fields"]
            for flaw in _field_flaws(field, section["title"])
        ),
        *_conditions(schema),
        *_formulas(fields),
        *_rules(schema, {one["key"]: one for one in fields}),
        *_warnings(schema, {one["key"] for one in fields}),
    ]


def _doubled(fields: list[Field]) -> Iterator[Flaw]:
    by_key: dict[str, list[Field]] = {}
    for field in fields:
        by_key.setdefault(field["key"], []).append(field)
    for key, same in by_key.items():
        if key and len(same) > 1:
            labels = "”“".join(field["label"] for field in same)
            message = _("“%(labels)s”用了同一个代码 %(key)s，请改掉其中一个") % {
                "labels": labels,
                "key": key,
            }
            yield Flaw(message, same[-1], "key")


def _same_names(section: Field) -> Iterator[Flaw]:
    # The same name in another section is told apart by the section's title.
    for label, same in _repeated(section["fields"]):
        message = _("“%(section)s”里有两个栏目都叫“%(label)s”，填的人分不清，请改掉其中一个") % {
            "section": section["title"],
            "label": label,
        }
        yield Flaw(message, same[-1])


def _repeated(named: Iterable[Field]) -> Iterator[tuple[str, list[Field]]]:
    """Return each label that stands at more than one of them, with those it stands at."""
    by_label: dict[str, list[Field]] = {}
    for one in named:
        by_label.setdefault(one["label"].strip(), []).append(one)
    return ((label, same) for label, same in by_label.items() if label and len(same) > 1)


def _needed(fields: list[Field], kind: str) -> Iterator[Flaw]:
    kinds = {field["key"]: field["kind"] for field in fields}
    for key, allowed in NEEDED.get(kind, {}).items():
        if kinds.get(key) not in allowed:
            yield Flaw(
                _("这种表单必须有代码为 %(key)s 的“%(kind)s”栏目")
                % {"key": key, "kind": KINDS[allowed[0]].label}
            )
    for field in fields:
        limit = field["options"].get("max_characters")
        is_title = field["key"] == "title" and field["kind"] == "text"
        if is_title and (not limit or limit > TITLE_LIMIT):
            message = _("“%(label)s”最多字数要填，并且不超过 %(limit)d") % {
                "label": field["label"],
                "limit": TITLE_LIMIT,
            }
            yield Flaw(message, field, "max_characters")


def _field_flaws(field: Field, section: str) -> Iterator[Flaw]:
    """Yield what is wrong within one field of the section with this title."""
    label, options = field["label"], field["options"]
    if not label and field["kind"] in KINDS:
        message = _("“%(section)s”里有一个“%(kind)s”栏目还没有名称") % {
            "section": section,
            "kind": KINDS[field["kind"]].label,
        }
        yield Flaw(message, field)
        return
    yield from _code(field)
    if field["kind"] not in KINDS:
        yield Flaw(_("“%(label)s”的类型已经没有了，请删去重建") % {"label": label}, field)
        return
    yield from _ranges(field)
    yield from _choices(field)
    if "columns" in options or field["kind"] == "rows":
        yield from _columns(field)
    if field["public"] and KINDS[field["kind"]].personal:
        yield Flaw(_("“%(label)s”是个人联系方式，不能公开") % {"label": label}, field, "public")
    if field["kind"] == "computed" and not options.get("source"):
        yield Flaw(_("“%(label)s”没有写明来自哪里") % {"label": label}, field, "source")


def _code(one: Field) -> Iterator[Flaw]:
    if not re.fullmatch(KEY, one["key"]):
        message = _("“%(label)s”的代码 %(key)s 要以小写字母开头，只用小写字母、数字和下划线") % {
            "label": one["label"],
            "key": one["key"],
        }
        yield Flaw(message, one, "key")


def _ranges(field: Field) -> Iterator[Flaw]:
    for low, high in RANGES:
        least, most = field["options"].get(low), field["options"].get(high)
        if least is not None and most is not None and Decimal(least) > Decimal(most):
            message = _("“%(label)s”的下限 %(least)s 大于上限 %(most)s") % {
                "label": field["label"],
                "least": least,
                "most": most,
            }
            yield Flaw(message, field, high)


def _choices(field: Field) -> Iterator[Flaw]:
    choices = field["options"].get("choices", [])
    codes = Counter(choice["code"] for choice in choices if choice["label"])
    if field["kind"] in ("choice", "choices") and not choices:
        yield Flaw(_("“%(label)s”还没有选项") % {"label": field["label"]}, field, "choices")
    elif not all(choice["label"] for choice in choices):
        message = _("“%(label)s”有一个选项还没有文字") % {"label": field["label"]}
        yield Flaw(message, field, "choices")
    for code, count in codes.items():
        if count > 1:
            message = _("“%(label)s”有两个选项用了同一个代码 %(code)s") % {
                "label": field["label"],
                "code": code,
            }
            yield Flaw(message, field, "choices")
    for choice, _same in _repeated(choices):
        message = _("“%(label)s”有两个选项都是“%(choice)s”") % {
            "label": field["label"],
            "choice": choice,
        }
        yield Flaw(message, field, "choices")


def _columns(field: Field) -> Iterator[Flaw]:
    columns = columns_of(field)
    if not columns:
        yield Flaw(_("表格“%(label)s”还没有列") % {"label": field["label"]}, field, "columns")
    seen: set[str] = set()
    named = [column for column in columns if column["label"]]
    for column in columns:
        if column not in named:
            message = _("表格“%(label)s”有一列还没有列名") % {"label": field["label"]}
            yield Flaw(message, column)
    for column in named:
        if column["key"] in seen:
            message = _("表格“%(label)s”有两列用了同一个代码 %(key)s") % {
                "label": field["label"],
                "key": column["key"],
            }
            yield Flaw(message, column, "key")
        seen.add(column["key"])
    for name, same in _repeated(named):
        message = _("表格“%(label)s”有两列都叫“%(column)s”") % {
            "label": field["label"],
            "column": name,
        }
        yield Flaw(message, same[-1])
    for column in named:
        for flaw in (*_code(column), *_ranges(column), *_choices(column)):
            message = _("表格“%(label)s”：%(message)s") % {
                "label": field["label"],
                "message": flaw.message,
            }
            yield Flaw(message, column, flaw.part)
    total = field["options"].get("total")
    if total and total not in numeric_columns(field):
        message = _("表格“%(label)s”没有可以合计的列 %(column)s") % {
            "label": field["label"],
            "column": total,
        }
        yield Flaw(message, field, "total")
    yield from _locked(field, named)


def _locked(field: Field, columns: list[Field]) -> Iterator[Flaw]:
    """Yield what keeps a table from knowing whose locked cells are whose."""
    options = field["options"]
    locked = [one for one in columns if one["options"].get("locked")]
    by = options.get("given_by")
    if by and by not in {one["key"] for one in columns if one not in locked}:
        message = _("表格“%(label)s”：只读的列要按一个可以填的列对应，没有找到 %(column)s") % {
            "label": field["label"],
            "column": by,
        }
        yield Flaw(message, field, "given_by")
    elif by and not options.get("prefill"):
        message = _("表格“%(label)s”没有预填，只读的列没有内容可填") % {"label": field["label"]}
        yield Flaw(message, field, "prefill")
    elif locked and not by and not options.get("fixed"):
        message = _(
            "表格“%(label)s”有只读的列“%(column)s”：请勾选“行数固定”，或写明只读的列按哪一列对应"
        ) % {"label": field["label"], "column": locked[0]["label"]}
        yield Flaw(message, field, "given_by")


def _conditions(schema: Schema) -> Iterator[Flaw]:
    seen: dict[str, Field] = {}

    def look(one: Field, held: Field, label: str) -> Iterator[Flaw]:
        condition = held.get("only_if")
        if not condition:
            return
        named = seen.get(condition["field"])
        if named is None:
            message = _("“%(label)s”的显示条件要用排在它前面的栏目，没有找到 %(key)s") % {
                "label": label,
                "key": condition["field"],
            }
            yield Flaw(message, one, "only_if_field")
        elif never := never_met(named, condition["equals"]):
            part = "only_if_equals" if can_be_condition(named) else "only_if_field"
            yield Flaw(
                _("“%(label)s”的显示条件：%(fault)s") % {"label": label, "fault": never}, one, part
            )

    for section in schema["sections"]:
        yield from look(section, section, section["title"])
        for field in section["fields"]:
            yield from look(field, field["options"], field["label"])
            seen[field["key"]] = field


def _formulas(fields: list[Field]) -> Iterator[Flaw]:
    by_key = {field["key"]: field for field in fields}
    for field in fields:
        if field["options"].get("source") != "formula":
            continue
        try:
            found = terms(field["options"].get("formula", ""))
        except ValueError:
            found = []
        if not found:
            message = _("“%(label)s”的算式看不懂，请写成 a + b - c 的样子") % {
                "label": field["label"]
            }
            yield Flaw(message, field, "formula")
        for _sign, key, column in found:
            if not is_number(by_key.get(key), column):
                message = _("“%(label)s”的算式里，%(term)s 不是数字栏目") % {
                    "label": field["label"],
                    "term": f"{key}.{column}" if column else key,
                }
                yield Flaw(message, field, "formula")


def _rules(schema: Schema, fields: dict[str, Field]) -> Iterable[Flaw]:
    for rule in schema.get("rules", []):
        for part, message in RULES[rule["kind"]].faults(rule, fields):
            yield Flaw(message, rule, part)


def _warnings(schema: Schema, keys: set[str]) -> Iterator[Flaw]:
    for warning in schema.get("warnings", []):
        if warning["field"] not in keys:
            message = _("提醒“%(message)s”用到的栏目 %(key)s 不存在") % {
                "message": warning["message"],
                "key": warning["field"],
            }
            yield Flaw(message, warning, "field")
