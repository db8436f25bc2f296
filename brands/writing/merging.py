"""Two people's work on one brand page brought together: part by part, the story block by block.

Answers are those of `PageContent.answers`: each block is a part of its own, and `story` names them in order.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from portal import merging
from portal.merging import Merge

from .content import PART_LABELS, block_part, is_block


def merge(*, mine: Mapping[str, Any], saved: Mapping[str, Any], seen: str | None) -> Merge:
    """Bring together what one person typed and what was saved meanwhile, as `portal.merging.merge` says.

    Blocks that only one of the two has added, changed or removed need no question, nor does their order unless both have
    moved the same ones.

    Args:
        mine, saved: his answers, and those that are kept now.
        seen: `merging.fingerprint` of what his page showed before he typed, or None.
    """
    blocks = [part for part in {**saved, **mine} if is_block(part)]
    parts = [*(part for part in PART_LABELS if part != "story"), *blocks, "story"]
    found = merging.merge(parts, mine=mine, saved=saved, seen=seen)
    taken, conflicts = list(found.taken), list(found.conflicts)
    ours, theirs = mine.get("story", []), saved.get("story", [])
    if "story" in conflicts and _moved_alike(ours, theirs):
        conflicts.remove("story")
    if "story" in taken and set(ours) != set(theirs):
        taken.remove("story")  # the blocks that came or went say it
    return Merge(
        ordered(found.answers, found.answers.get("story", []), theirs, ours), taken, conflicts
    )


def ordered(answers: Mapping[str, Any], *orders: Iterable[str]) -> dict[str, Any]:
    """Return answers whose story names each of their blocks once.

    Args:
        orders: of blocks' ids, the one that counts first; a block that it does not name stands as in the next one.
    """
    first, *others = (list(order) for order in orders)
    for other in others:
        for place, key in enumerate(other):
            if key not in first:
                before = [one for one in other[:place] if one in first]
                at = first.index(before[-1]) + 1 if before else 0
                while at < len(first) and first[at] not in other:
                    at += 1
                first.insert(at, key)
    story = [key for key in first if answers.get(block_part(key))]
    rest = {part: said for part, said in answers.items() if part != "story"}
    return {**rest, "story": story} if story else rest


def both(saved: Any, mine: Any) -> list[Any] | Any:
    """Return both answers to a part as one; two blocks are left beside each other, for `with_choice`."""
    return [saved, mine] if isinstance(saved, dict) else merging.joined(saved, mine)


def with_choice(
    mine: Mapping[str, Any], taken: Mapping[str, Any], *orders: Iterable[str]
) -> dict[str, Any]:
    """Return somebody's answers with what he chose in their place.

    Args:
        taken: part → answer, None where it says nothing; `both` of a block stand one after the other.
        orders: in which blocks stand that his own order does not name.
    """
    answers = {part: said for part, said in {**mine, **taken}.items() if said}
    all_orders = [answers.get("story", []), mine.get("story", []), *orders]
    for part, said in taken.items():
        if is_block(part) and isinstance(said, list):
            theirs, ours = said
            twin = str(uuid.uuid4())
            answers[part], answers[block_part(twin)] = theirs, ours
            all_orders.append([part.removeprefix(block_part("")), twin])
    return ordered(answers, *all_orders)


def _moved_alike(ours: list[str], theirs: list[str]) -> bool:
    """Whether the blocks that both have stand in the same order."""
    common = set(ours) & set(theirs)
    return [key for key in ours if key in common] == [key for key in theirs if key in common]
