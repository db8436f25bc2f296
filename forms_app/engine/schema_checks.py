"""What is wrong with a form as it is drawn: said to the office before a unit ever sees it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .kinds import KINDS
from .kinds.designer import KEY
from .kinds.system import terms
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
NUMERIC = ("integer", "money", "percentage", "computed")
RANGES = (
    ("min_characters", "max_characters"),
    ("min", "max"),
    ("min_files", "max_files"),
    ("min_rows", "max_rows"),
)


def faults(schema: Schema, *, kind: str) -> list[str]:
    """Return what is wrong with a schema, in words for the office; [] where it can be published.

    Args:
        kind: FormKind, which says what fields there must be.
    """
    fields = fields_of(schema)
    if not fields:
        return [_("表单里还没有字段")]
    return [
        *_doubled(fields),
        *_needed(fields, kind),
        *(message for field in fields for message in _field_faults(field)),
        *_conditions(fields),
        *_formulas(fields),
        *(
            message
            for rule in schema.get("rules", [])
            for message in RULE_CHECKS[rule["kind"]](rule, {one["key"]: one for one in fields})
        ),
        *_warnings(schema, {one["key"] for one in fields}),
    ]


def _doubled(fields: list[Field]) -> Iterator[str]:
    counts = Counter(field["key"] for field in fields)
    for key, count in counts.items():
        if count > 1:
            labels = "”“".join(field["label"] for field in fields if field["key"] == key)
            yield _("“%(labels)s”用了同一个代码 %(key)s，请改掉其中一个") % {
                "labels": labels,
                "key": key,
            }


def _needed(fields: list[Field], kind: str) -> Iterator[str]:
    kinds = {field["key"]: field["kind"] for field in fields}
    for key, allowed in NEEDED.get(kind, {}).items():
        if kinds.get(key) not in allowed:
            yield _("这种表单必须有代码为 %(key)s 的“%(kind)s”字段") % {
                "key": key,
                "kind": KINDS[allowed[0]].label,
            }
    for field in fields:
        limit = field["options"].get("max_characters")
        is_title = field["key"] == "title" and field["kind"] == "text"
        if is_title and (not limit or limit > TITLE_LIMIT):
            yield _("“%(label)s”最多字数要填，并且不超过 %(limit)d") % {
                "label": field["label"],
                "limit": TITLE_LIMIT,
            }


def _field_faults(field: Field) -> Iterator[str]:
    """Yield what is wrong within one field."""
    label, options = field["label"], field["options"]
    if not re.fullmatch(KEY, field["key"]):
        yield _("“%(label)s”的代码 %(key)s 要以小写字母开头，只用小写字母、数字和下划线") % {
            "label": label,
            "key": field["key"],
        }
    if field["kind"] not in KINDS:
        yield _("“%(label)s”的类型已经没有了，请删去重建") % {"label": label}
        return
    yield from _ranges(field)
    yield from _choices(field)
    if field["kind"] == "rows":
        yield from _columns(field)
    if field["public"] and KINDS[field["kind"]].personal:
        yield _("“%(label)s”是个人联系方式，不能公开") % {"label": label}
    if field["kind"] == "computed" and not options.get("source"):
        yield _("“%(label)s”没有写明来自哪里") % {"label": label}


def _ranges(field: Field) -> Iterator[str]:
    for low, high in RANGES:
        least, most = field["options"].get(low), field["options"].get(high)
        if least is not None and most is not None and Decimal(least) > Decimal(most):
            yield _("“%(label)s”的下限 %(least)s 大于上限 %(most)s") % {
                "label": field["label"],
                "least": least,
                "most": most,
            }


def _choices(field: Field) -> Iterator[str]:
    codes = Counter(choice["code"] for choice in field["options"].get("choices", []))
    if field["kind"] in ("choice", "choices") and not codes:
        yield _("“%(label)s”还没有选项") % {"label": field["label"]}
    for code, count in codes.items():
        if count > 1:
            yield _("“%(label)s”有两个选项用了同一个代码 %(code)s") % {
                "label": field["label"],
                "code": code,
            }


def _columns(field: Field) -> Iterator[str]:
    columns = field["options"].get("columns", [])
    if not columns:
        yield _("表格“%(label)s”还没有列") % {"label": field["label"]}
    for key, count in Counter(column["key"] for column in columns).items():
        if count > 1:
            yield _("表格“%(label)s”有两列用了同一个代码 %(key)s") % {
                "label": field["label"],
                "key": key,
            }
    for column in columns:
        for message in (*_ranges(column), *_choices(column)):
            yield _("表格“%(label)s”：%(message)s") % {"label": field["label"], "message": message}
    total = field["options"].get("total")
    if total and total not in _numeric_columns(field):
        yield _("表格“%(label)s”没有可以合计的列 %(column)s") % {
            "label": field["label"],
            "column": total,
        }


def _numeric_columns(field: Field) -> set[str]:
    return {
        column["key"] for column in field["options"].get("columns", []) if column["kind"] in NUMERIC
    }


def _conditions(fields: list[Field]) -> Iterator[str]:
    seen: set[str] = set()
    for field in fields:
        condition = field["options"].get("only_if")
        if condition and condition["field"] not in seen:
            yield _("“%(label)s”的显示条件要用排在它前面的字段，没有找到 %(key)s") % {
                "label": field["label"],
                "key": condition["field"],
            }
        seen.add(field["key"])


def _formulas(fields: list[Field]) -> Iterator[str]:
    by_key = {field["key"]: field for field in fields}
    for field in fields:
        if field["options"].get("source") != "formula":
            continue
        try:
            found = terms(field["options"].get("formula", ""))
        except ValueError:
            found = []
        if not found:
            yield _("“%(label)s”的算式看不懂，请写成 a + b - c 的样子") % {"label": field["label"]}
        for _sign, key, column in found:
            if not _is_number(by_key.get(key), column):
                yield _("“%(label)s”的算式里，%(term)s 不是数字字段") % {
                    "label": field["label"],
                    "term": f"{key}.{column}" if column else key,
                }


def _is_number(field: Field | None, column: str) -> bool:
    if field is None:
        return False
    return column in _numeric_columns(field) if column else field["kind"] in NUMERIC


# --- rules --------------------------------------------------------------------------------------

Fields = Mapping[str, Field]


def _unknown(rule: Mapping[str, Any], keys: list[str], fields: Fields) -> Iterator[str]:
    for key in keys:
        if key not in fields:
            yield _("规则“%(message)s”用到的字段 %(key)s 不存在") % {
                "message": rule["message"],
                "key": key,
            }


def _check_after(rule: Mapping[str, Any], fields: Fields) -> Iterator[str]:
    keys = [rule["field"], rule["other"]]
    yield from _unknown(rule, keys, fields)
    for key in keys:
        if key in fields and fields[key]["kind"] != "date":
            yield _("规则“%(message)s”：%(label)s 不是日期") % {
                "message": rule["message"],
                "label": fields[key]["label"],
            }


def _check_sum(rule: Mapping[str, Any], fields: Fields) -> Iterator[str]:
    yield from _unknown(rule, [rule["field"], *rule["fields"]], fields)
    if rule["field"] in fields and not _is_number(fields[rule["field"]], rule["column"]):
        yield _("规则“%(message)s”：表格里没有可以合计的列 %(column)s") % {
            "message": rule["message"],
            "column": rule["column"],
        }
    for key in rule["fields"]:
        if key in fields and not _is_number(fields[key], ""):
            yield _("规则“%(message)s”：%(label)s 不是数字") % {
                "message": rule["message"],
                "label": fields[key]["label"],
            }


def _check_required(rule: Mapping[str, Any], fields: Fields) -> Iterator[str]:
    yield from _unknown(rule, [rule["field"], rule["other"]], fields)


RULE_CHECKS: dict[str, Callable[[Mapping[str, Any], Fields], Iterator[str]]] = {
    "after": _check_after,
    "sum_equals": _check_sum,
    "required_if": _check_required,
}


def _warnings(schema: Schema, keys: set[str]) -> Iterator[str]:
    for warning in schema.get("warnings", []):
        if warning["field"] not in keys:
            yield _("提醒“%(message)s”用到的字段 %(key)s 不存在") % {
                "message": warning["message"],
                "key": warning["field"],
            }
