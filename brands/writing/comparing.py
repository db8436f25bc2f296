"""Parts of a brand page as two people have them, prepared for reading side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.cms.models import Picture

from .content import BLOCK_LABELS, PART_LABELS, Block, Offered, PageContent, block_part, is_block

_JOINED = ("gallery", "activities", "press")


@dataclass(frozen=True)
class Part:
    """One part of a page, as one of the two has it.

    Attributes:
        shape: text, pictures, names, block, or blank where it says nothing, gone where the block was removed.
        value: str; list of Picture; list of str; Told.
    """

    key: str
    label: str
    shape: str
    value: Any


@dataclass(frozen=True)
class Told:
    """One block of a story to read.

    Attributes:
        kind: in words.
        text: what it says.
        picture: its picture, or None.
    """

    kind: str
    text: str
    picture: Picture | None


def can_join(part: str) -> bool:
    """Whether what two people made of a part can both be kept, one after the other."""
    return is_block(part) or part in _JOINED


def part_labels(mine: PageContent) -> dict[str, str]:
    """Return what the parts of a page are called, a block of the story by its place."""
    return {part: str(label) for part, label in PART_LABELS.items()} | {
        block_part(block.id): _("品牌故事第 %(place)d 段") % {"place": place}
        for place, block in enumerate(mine.story, 1)
    }


def labels_of(parts: Iterable[str], mine: PageContent) -> list[str]:
    """Return the names of some parts, as somebody finds them on his page, each once."""
    labels = part_labels(mine)
    return list(dict.fromkeys(labels.get(part, _("品牌故事里新的一段")) for part in parts))


def side_by_side(
    keys: Iterable[str], mine: PageContent, saved: PageContent, offered: Offered
) -> list[tuple[Part, Part]]:
    """Return parts as the two have them: (saved, mine)."""
    labels = part_labels(saved) | part_labels(mine)
    return [
        (_part(key, label, saved, offered), _part(key, label, mine, offered))
        for key, label in ((key, labels.get(key, _("品牌故事里新的一段"))) for key in keys)
    ]


def _part(key: str, label: str, content: PageContent, offered: Offered) -> Part:
    if is_block(key):
        block = next((one for one in content.story if block_part(one.id) == key), None)
        return (
            Part(key, label, "block", _told(block, offered))
            if block
            else Part(key, label, "gone", "")
        )
    said = getattr(content, key)
    if not said:
        return Part(key, label, "blank", "")
    if key in ("cover", "gallery"):
        keys = said if isinstance(said, list) else [said]
        return Part(key, label, "pictures", [offered.pictures[one] for one in keys])
    if key == "activities":
        return Part(key, label, "names", [offered.activities[one].name for one in said])
    if key == "press":
        return Part(key, label, "names", [offered.press[one].title for one in said])
    if key == "story":
        return Part(key, label, "names", [_begins(_told(block, offered)) for block in said])
    return Part(key, label, "text", said)


def _told(block: Block, offered: Offered) -> Told:
    film = offered.videos.get(block.video)
    return Told(
        kind=str(BLOCK_LABELS[block.kind]),
        text="\n".join(str(one) for one in (block.text, block.bv, block.url, film) if one),
        picture=offered.pictures.get(block.picture),
    )


def _begins(told: Told) -> str:
    """Return how a block begins, to tell it from the others in a list."""
    return f"{told.kind}：{Truncator(told.text).chars(24)}"
