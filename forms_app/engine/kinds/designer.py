"""The blocks with which the office designs: one per kind, the same frame around each kind's own options."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import GROUPS, CellKind, Kind

KEY = r"^[a-z][a-z0-9_]{0,39}$"


def key_block() -> blocks.RegexBlock:
    """Return the input of a field's code; left empty, it is taken from the name when the form is saved."""
    return blocks.RegexBlock(
        regex=KEY,
        label=_("代码"),
        required=False,
        help_text=_(
            "不用填，保存时按名称自动取。发布后不要改：往年的内容、Word 和 Excel 都靠它对上"
        ),
        error_messages={
            "invalid": _("代码以小写字母开头，只用小写字母、数字和下划线，最多 40 个字符")
        },
    )


def condition_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the inputs of the condition under which a field or a section is asked."""
    return [
        (
            "only_if_field",
            field_code(
                _("只在这个栏目"),
                _("写前面某个栏目的名称，如“项目性质”；不填则总是显示"),
                required=False,
            ),
        ),
        (
            "only_if_equals",
            blocks.CharBlock(
                label=_("等于这个值时显示"),
                required=False,
                max_length=60,
                help_text=_("写选项的文字，如“延续提升”；是或否写“是”“否”"),
            ),
        ),
    ]


def field_block(kind: Kind) -> blocks.StructBlock:
    """Return the designer's block of one kind."""
    own = kind.option_blocks()
    children: list[tuple[str, blocks.Block]] = [
        ("label", blocks.CharBlock(label=_("名称"), max_length=60)),
        ("help", blocks.TextBlock(label=_("填写说明"), required=False, rows=2)),
        *own,
    ]
    settings: list[tuple[str, blocks.Block]] = []
    if kind.answered:
        children.append(("required", blocks.BooleanBlock(label=_("必填"), required=False)))
        settings += [
            (
                "needed_at_once",
                blocks.BooleanBlock(
                    label=_("保存草稿时就提醒"),
                    required=False,
                    help_text=_(
                        "必填的一般到报送时才检查；勾选后，保存草稿时没填也会提醒（不影响保存）"
                    ),
                ),
            ),
            (
                "prefill",
                source_name(
                    _("预填"), _("新建时从哪里带入内容，如“活动记录”；不填则空白"), required=False
                ),
            ),
        ]
    if isinstance(kind, CellKind) or kind.code == "long_text":
        children.append(
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
    settings += [*condition_blocks(), ("key", key_block())]
    return _framed(kind, children, settings)


def _framed(
    kind: Kind,
    children: list[tuple[str, blocks.Block]],
    settings: list[tuple[str, blocks.Block]],
) -> blocks.StructBlock:
    """Return the block of a kind; what is seldom needed stands behind the cog."""
    return blocks.StructBlock(
        [*children, *settings],
        label=kind.label,
        icon=kind.icon,
        group=GROUPS[kind.group],
        label_format="{label}",
        form_layout=blocks.BlockGroup(
            children=[name for name, _block in children],
            settings=[name for name, _block in settings],
        ),
    )


def column_block(kind: CellKind) -> blocks.StructBlock:
    """Return the designer's block of a table's column."""
    children: list[tuple[str, blocks.Block]] = [
        ("label", blocks.CharBlock(label=_("列名"), max_length=30)),
        *((name, block) for name, block in kind.option_blocks() if name != "other"),
        ("required", blocks.BooleanBlock(label=_("必填"), required=False)),
    ]
    settings: list[tuple[str, blocks.Block]] = [
        (
            "locked",
            blocks.BooleanBlock(
                label=_("只读"), required=False, help_text=_("由预填的内容决定，不能改")
            ),
        ),
        ("key", key_block()),
    ]
    return _framed(kind, children, settings)


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
        label=_("栏目"),
        required=False,
        collapsed=True,
    )


def field_code(
    label: Any, help_text: Any = "", *, required: bool = True, column_of: str = ""
) -> blocks.CharBlock:
    """Return an input that names another field: by its name or its code; saved as the code.

    Args:
        column_of: the neighbouring input that names the table, where this one names a column of it.
    """
    hook = {"data-form-names": "columns" if column_of else "fields"}
    return hooked(label, help_text, required=required, hook=hook)


def day_code(label: Any) -> blocks.CharBlock:
    """Return an input that names a day: a field, or a table's column as "table.column"."""
    return hooked(
        label,
        _("写日期栏目的名称；表格的一列写作“表格.列”，如 进度安排.结束，逐行比较"),
        required=True,
        hook={"data-form-names": "days"},
    )


def source_name(label: Any, help_text: Any = "", *, required: bool = True) -> blocks.CharBlock:
    """Return an input that names a registered source of values, by what it is called or its code."""
    return hooked(label, help_text, required=required, hook={"data-form-names": "sources"})


def hooked(label: Any, help_text: Any, *, required: bool, hook: dict[str, str]) -> blocks.CharBlock:
    """Return a line of text to which `js/admin/form-designer.js` adds suggestions."""
    block = blocks.CharBlock(label=label, help_text=help_text, required=required, max_length=80)
    block.field.widget.attrs.update(hook)
    return block
