"""The body as blocks: headings, numbered paragraphs with their lead, plain paragraphs, tables."""

from collections.abc import Sequence
from dataclasses import replace

from .document import Block, BlockKind, Line
from .shapes import ends_sentence, split_marker

_HEADING_LIMIT = 40
_LEAD_LIMIT = 20


def blocks_of(paragraphs: Sequence[Line]) -> tuple[Block, ...]:
    """Return one block for every paragraph, in order, with nothing added or left out."""
    blocks = [
        _block(paragraph, paragraphs[position + 1] if position + 1 < len(paragraphs) else None)
        for position, paragraph in enumerate(paragraphs)
    ]
    return tuple(_with_lead_like_its_neighbour(blocks))


def _block(paragraph: Line, following: Line | None) -> Block:
    if paragraph.rows:
        return Block(BlockKind.TABLE, rows=paragraph.rows)
    level, number, rest = split_marker(paragraph.text)
    if paragraph.outline is not None:
        return Block(BlockKind.HEADING, level or max(paragraph.outline, 1), number, text=rest)
    if not level:
        return Block(BlockKind.PARAGRAPH, text=paragraph.text)
    if _is_heading(level, rest, following):
        return Block(BlockKind.HEADING, level, number, text=rest)
    lead, text = _split_lead(rest)
    return Block(BlockKind.NUMBERED, level, number, lead, text)


def _is_heading(level: int, rest: str, following: Line | None) -> bool:
    """Say whether a numbered line is a heading: short, no full stop, and from 1. on with text below."""
    if not rest or len(rest) > _HEADING_LIMIT or ends_sentence(rest):
        return False
    has_text_below = (
        following is not None and not following.rows and not split_marker(following.text)[0]
    )
    return level <= 2 or (has_text_below and ends_sentence(following.text))


def _split_lead(text: str) -> tuple[str, str]:
    """Split off a short first sentence that more text follows."""
    sentence, stop, rest = text.partition("。")
    if stop and rest and len(sentence) < _LEAD_LIMIT:
        return sentence + stop, rest.strip()
    return "", text


def _with_lead_like_its_neighbour(blocks: Sequence[Block]):
    """Yield the blocks; a single short sentence is a lead where the paragraph before it has one."""
    led_level = 0
    for block in blocks:
        if block.kind is BlockKind.NUMBERED:
            sole = not block.lead and block.text.endswith("。") and block.text.count("。") == 1
            if sole and block.level == led_level and len(block.text) <= _LEAD_LIMIT:
                block = replace(block, lead=block.text, text="")
            led_level = block.level if block.lead else 0
        elif block.kind is BlockKind.HEADING:
            led_level = 0
        yield block
