"""Two people in one form: what each of them changed, told apart by a fingerprint of what his page showed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_BLANK = "-"
_UNKNOWN = "?"
_NOTHING: tuple[Any, ...] = ("", [], {})


@dataclass(frozen=True)
class Merge:
    """What became of two sets of answers.

    Attributes:
        answers: the outcome; at a conflict it holds what was saved.
        taken: fields in which only the others had changed something, against what the page showed.
        conflicts: fields that both changed, in the order of the form.
    """

    answers: dict[str, Any]
    taken: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def fingerprint(answers: Mapping[str, Any]) -> str:
    """Return what a form carries to say which answers it showed: a short hash for each field, "title:3f2a… goals:…"."""
    return " ".join(f"{key}:{digest(answers[key])}" for key in sorted(answers))


def merge(
    keys: Iterable[str], *, mine: Mapping[str, Any], saved: Mapping[str, Any], seen: str | None
) -> Merge:
    """Bring together what one person typed and what was saved meanwhile.

    Args:
        keys: the fields people type in, in the order of the form; all others stay as saved.
        mine: his answers.
        saved: what is saved now.
        seen: `fingerprint` of what his page showed before he typed; None where that is not known: then every difference
            is a conflict.
    """
    known = read(seen)
    answers = dict(saved)
    taken, conflicts = [], []
    for key in keys:
        if digest(mine.get(key)) == digest(saved.get(key)):
            continue
        base = known.get(key, _BLANK) if known is not None else None
        if base == digest(mine.get(key)):
            taken.append(key)
        elif base == digest(saved.get(key)):
            _put(answers, key, mine.get(key))
        else:
            conflicts.append(key)
    return Merge(answers, taken, conflicts)


def still_seen(mine: Mapping[str, Any], conflicts: Iterable[str], before: str | None) -> str:
    """Return the fingerprint a page goes on with after its answers were taken.

    It is that of what the page shows; fields in conflict keep what stood before, so that they stay in conflict until
    somebody chooses.
    """
    known = read(before) or {}
    hashes = {key: digest(answer) for key, answer in mine.items()}
    for key in conflicts:
        hashes[key] = known.get(key, _BLANK if before is not None else _UNKNOWN)
    return " ".join(f"{key}:{hashes[key]}" for key in sorted(hashes))


def having_seen(before: str, shown: Mapping[str, Any]) -> str:
    """Return the fingerprint of somebody who has been shown some answers since; None among them: nothing was answered."""
    hashes = {**(read(before) or {}), **{key: digest(answer) for key, answer in shown.items()}}
    return " ".join(f"{key}:{hashes[key]}" for key in sorted(hashes))


def joined(saved: Any, mine: Any) -> Any:
    """Return both answers: all that was saved, then what is only in mine (list items, or the text below)."""
    if isinstance(saved, list) and isinstance(mine, list):
        return [*saved, *(one for one in mine if one not in saved)]
    if isinstance(saved, str) and isinstance(mine, str):
        return f"{saved}\n{mine}"
    return saved or mine


def read(seen: str | None) -> dict[str, str] | None:
    """Return the hashes of a fingerprint by field, or None where there is none."""
    if seen is None:
        return None
    return dict(pair.split(":", 1) for pair in seen.split() if ":" in pair)


def digest(answer: Any) -> str:
    """Return the short hash of one answer; whatever way nothing was answered (absent, "", no choice, no row), it is the same."""
    if answer is None or answer in _NOTHING:
        return _BLANK
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _put(answers: dict[str, Any], key: str, answer: Any) -> None:
    if answer is None:
        answers.pop(key, None)
    else:
        answers[key] = answer
