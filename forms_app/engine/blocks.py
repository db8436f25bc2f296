"""What the office composes a form of: sections of fields, rules between fields, words to warn of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .kinds import KINDS, field_blocks
from .kinds.designer import condition_blocks, field_code
from .rules import RULES
from .rules.base import message_block


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a form's body."""
    condition = condition_blocks()
    content: list[tuple[str, blocks.Block]] = [
        ("title", blocks.CharBlock(label=_("标题"), max_length=40)),
        ("help", blocks.TextBlock(label=_("说明"), required=False, rows=2)),
        ("fields", field_blocks(KINDS.values())),
    ]
    section = blocks.StructBlock(
        [*content, *condition],
        label=_("部分"),
        icon="folder-open-inverse",
        label_format="{title}",
        form_layout=blocks.BlockGroup(
            children=[name for name, _block in content],
            settings=[name for name, _block in condition],
        ),
    )
    return [("section", section)]


def rule_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of the rules between fields."""
    return [(code, rule.block()) for code, rule in RULES.items()]


def warning_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of the words to warn of."""
    return [
        (
            "words",
            blocks.StructBlock(
                [
                    ("field", field_code(_("在哪个栏目里找"))),
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
                label_format="{message}",
            ),
        )
    ]
