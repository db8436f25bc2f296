"""Parts of a brand page as two people have them, prepared for reading side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.cms.models import Picture

from .page_content import BLOCK_LABELS, PART_LABELS, Block, Offered, PageContent

# Parts of which both can be kept, one after the other.
JOINED = ("story", "gallery", "activities", "press")


@dataclass(frozen=True)
class Part:
    """One part of a page, as one of the two has it.

    Attributes:
        shape: text, pictures, names, story, or blank where it says nothing.
        value: str; list of Picture; list of str; list of Told.
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
        differs: whether the other's story has no such block.
    """

    kind: str
    text: str
    picture: Picture | None
    differs: bool


def side_by_side(
    keys: Iterable[str], mine: PageContent, saved: PageContent, offered: Offered
) -> list[tuple[Part, Part]]:
    """Return parts as the two have them: (saved, mine)."""
    return [(_part(key, saved, mine, offered), _part(key, mine, saved, offered)) for key in keys]


def _part(key: str, content: PageContent, other: PageContent, offered: Offered) -> Part:
    label, said = str(PART_LABELS[key]), getattr(content, key)
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
        return Part(
            key, label, "story", [_told(block, block not in other.story, offered) for block in said]
        )
    return Part(key, label, "text", said)


def _told(block: Block, differs: bool, offered: Offered) -> Told:
    film = offered.videos.get(block.video)
    return Told(
        kind=str(BLOCK_LABELS[block.kind]),
        text="\n".join(str(one) for one in (block.text, block.bv, block.url, film) if one),
        picture=offered.pictures.get(block.picture),
        differs=differs,
    )
