"""The blocks with which the office designs: one per kind, the same frame around each kind's own options."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import CellKind, Kind

KEY = r"^[a-z][a-z0-9_]{0,39}$"


def key_block() -> blocks.RegexBlock:
    """Return the input of a field's code."""
    return blocks.RegexBlock(
        regex=KEY,
        label=_("代码"),
        help_text=_(
            "小写字母开头，只用字母、数字、下划线，如 leader_name；同一张表里不能重复，发布后不要改"
        ),
        error_messages={
            "invalid": _("代码以小写字母开头，只用小写字母、数字和下划线，最多 40 个字符")
        },
    )


def field_block(kind: Kind) -> blocks.StructBlock:
    """Return the designer's block of one kind."""
    own = kind.option_blocks()
    children: list[tuple[str, blocks.Block]] = [
        ("label", blocks.CharBlock(label=_("名称"), max_length=60)),
        ("key", key_block()),
        ("help", blocks.TextBlock(label=_("填写说明"), required=False, rows=2)),
        *own,
    ]
    settings: list[tuple[str, blocks.Block]] = []
    if kind.answered:
        children.append(("required", blocks.BooleanBlock(label=_("必填"), required=False)))
        settings.append(
            (
                "prefill",
                blocks.CharBlock(
                    label=_("预填"),
                    required=False,
                    help_text=_("新建时从哪里带入内容，如 activities；不填则空白"),
                ),
            )
        )
    if isinstance(kind, CellKind) or kind.code == "long_text":
        settings.append(
            ("example", blocks.CharBlock(label=_("示例"), required=False, max_length=120))
        )
    if not kind.personal:
        settings.append(
            (
                "public",
                blocks.BooleanBlock(
                    label=_("可以公开"), required=False, help_text=_("立项后可以出现在品牌页上")
                ),
            )
        )
    settings += [
        (
            "only_if_field",
            blocks.CharBlock(
                label=_("只在这个字段"),
                required=False,
                help_text=_("填前面某个字段的代码；不填则总是显示"),
            ),
        ),
        (
            "only_if_equals",
            blocks.CharBlock(
                label=_("等于这个值时显示"),
                required=False,
                help_text=_("填选项的代码；是或否填 yes、no"),
            ),
        ),
    ]
    return blocks.StructBlock(
        [*children, *settings],
        label=kind.label,
        icon=kind.icon,
        label_format="{label}（{key}）",
        form_layout=blocks.BlockGroup(
            children=[name for name, _block in children],
            settings=[name for name, _block in settings],
        ),
    )


def column_block(kind: CellKind) -> blocks.StructBlock:
    """Return the designer's block of a table's column."""
    own = [(name, block) for name, block in kind.option_blocks() if name != "other"]
    return blocks.StructBlock(
        [
            ("label", blocks.CharBlock(label=_("列名"), max_length=30)),
            ("key", key_block()),
            *own,
            ("required", blocks.BooleanBlock(label=_("必填"), required=False)),
            (
                "locked",
                blocks.BooleanBlock(
                    label=_("只读"), required=False, help_text=_("由预填的内容决定，不能改")
                ),
            ),
        ],
        label=kind.label,
        icon=kind.icon,
        label_format="{label}（{key}）",
    )


def column_blocks(kinds: Iterable[CellKind]) -> blocks.StreamBlock:
    """Return the designer's list of a table's columns."""
    return blocks.StreamBlock(
        [(kind.code, column_block(kind)) for kind in kinds],
        label=_("列"),
        min_num=1,
        collapsed=True,
    )


def field_blocks(kinds: Iterable[Kind]) -> blocks.StreamBlock:
    """Return the designer's list of a section's fields."""
    return blocks.StreamBlock(
        [(kind.code, field_block(kind)) for kind in kinds],
        label=_("字段"),
        required=False,
        collapsed=True,
    )


def field_code(label: Any, help_text: Any = "") -> blocks.CharBlock:
    """Return an input for the code of another field."""
    return blocks.CharBlock(label=label, max_length=40, help_text=help_text)
