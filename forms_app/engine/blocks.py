"""What the office composes a form of: sections of fields, rules between fields, words to warn of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kinds import KINDS, field_blocks
from .kinds.designer import field_code


def message_block() -> blocks.CharBlock:
    """Return the input of what the person reads who fills in."""
    return blocks.CharBlock(label=_("提示语"), max_length=120)


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a form's body."""
    section = blocks.StructBlock(
        [
            ("title", blocks.CharBlock(label=_("标题"), max_length=40)),
            ("help", blocks.TextBlock(label=_("说明"), required=False, rows=2)),
            ("fields", field_blocks(KINDS.values())),
        ],
        label=_("部分"),
        icon="folder-open-inverse",
        label_format="{title}",
    )
    return [("section", section)]


def rule_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of the rules between fields."""
    return [
        (
            "after",
            blocks.StructBlock(
                [
                    ("field", field_code(_("这个日期的代码"))),
                    ("other", field_code(_("必须晚于这个日期的代码"))),
                    ("message", message_block()),
                ],
                label=_("日期先后"),
                icon="date",
            ),
        ),
        (
            "sum_equals",
            blocks.StructBlock(
                [
                    ("field", field_code(_("表格的代码"))),
                    ("column", field_code(_("合计哪一列"))),
                    (
                        "fields",
                        blocks.ListBlock(
                            field_code(_("金额的代码")), label=_("必须等于这些金额之和"), min_num=1
                        ),
                    ),
                    ("message", message_block()),
                ],
                label=_("合计相等"),
                icon="decimal",
            ),
        ),
        (
            "required_if",
            blocks.StructBlock(
                [
                    ("field", field_code(_("这个字段必填"))),
                    ("other", field_code(_("当这个字段"))),
                    ("equals", blocks.CharBlock(label=_("等于"), max_length=40)),
                    ("message", message_block()),
                ],
                label=_("有条件必填"),
                icon="help",
            ),
        ),
    ]


def warning_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of the words to warn of."""
    return [
        (
            "words",
            blocks.StructBlock(
                [
                    ("field", field_code(_("在哪个字段里找"))),
                    (
                        "words",
                        blocks.ListBlock(
                            blocks.CharBlock(label=_("词"), max_length=20), label=_("词"), min_num=1
                        ),
                    ),
                    ("message", message_block()),
                ],
                label=_("出现这些词时提醒"),
                icon="warning",
            ),
        )
    ]
