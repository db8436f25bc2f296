"""Two people in one form: what each of them changed, told apart by a fingerprint of what his page showed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms_app.engine.reading import is_raw
from forms_app.engine.schema import Schema, fields_of
from forms_app.models import Entry

_BLANK = "-"
# Kinds of which both answers can be kept, one after the other.
_JOINED = ("rows", "long_text", "choices", "units", "registered_many")
_BY_SYSTEM = ("computed", "file", "pictures")


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
    return " ".join(f"{key}:{_hash(answers[key])}" for key in sorted(answers))


def words_fingerprint(shown: Mapping[int, Mapping[str, Any]]) -> str:
    """Return the same for the words beside pictures: attachment's key → caption, credit, taken_on, consent, as a page shows them."""
    return " ".join(
        f"{_beside(key, name)}:{_hash(words or None)}"
        for key in sorted(shown)
        for name, words in sorted(shown[key].items())
    )


def words_changed(key: int, typed: Mapping[str, Any], seen: str | None) -> dict[str, Any]:
    """Return what somebody changed of the words beside a picture, against what his page showed before he typed.

    What both changed is as the later one typed it.

    Args:
        key: the attachment's.
        typed: the words on his page.
        seen: what the page says that it showed; None where that is not known: then all of them count as changed.
    """
    known = _read(seen)
    if known is None:
        return dict(typed)
    return {
        name: words
        for name, words in typed.items()
        if known.get(_beside(key, name), _BLANK) != _hash(words or None)
    }


def digest_of(entry: Entry) -> str:
    """Return what stands for all that an entry holds now: its answers, its form, its files and the words beside them (one query)."""
    files = entry.attachments.filter(removed_at=None).order_by("pk")
    details = list(files.values_list("pk", "details"))
    return _hash([entry.form_version_id, entry.answers, details])


def merge(
    schema: Schema, *, mine: Mapping[str, Any], saved: Mapping[str, Any], seen: str | None
) -> Merge:
    """Bring together what one person typed and what was saved meanwhile.

    Args:
        schema: the form's schema, for the order of the fields and what only the system sets.
        mine: his answers.
        saved: the entry's answers now.
        seen: `fingerprint` of what his page showed before he typed; None where that is not known: then every difference
            is a conflict.
    """
    fields = list(fields_of(schema))
    asked = {spec["key"] for spec in fields}
    # What no field of the form asks, such as answers to an older form, stays with both.
    beside = {key: mine[key] for key in mine if key not in asked}
    by_people = [spec["key"] for spec in fields if spec["kind"] not in _BY_SYSTEM]
    return merge_fields(by_people, mine=mine, saved={**saved, **beside}, seen=seen)


def merge_fields(
    keys: Iterable[str], *, mine: Mapping[str, Any], saved: Mapping[str, Any], seen: str | None
) -> Merge:
    """Do the same for some fields; the outcome holds everything else as it was saved.

    Args:
        keys: the fields, in the order in which conflicts are named.
        mine, saved, seen: as of `merge`.
    """
    seen_hashes = _read(seen)
    answers = dict(saved)
    taken, conflicts = [], []
    for key in keys:
        if mine.get(key) == saved.get(key):
            continue
        base = seen_hashes.get(key, _BLANK) if seen_hashes is not None else None
        if base == _hash(mine.get(key)):
            taken.append(key)
        elif base == _hash(saved.get(key)):
            _put(answers, key, mine.get(key))
        else:
            conflicts.append(key)
    return Merge(answers, taken, conflicts)


def still_seen(mine: Mapping[str, Any], conflicts: list[str], before: str | None) -> str:
    """Return the fingerprint a page goes on with after its answers were taken.

    It is that of what the page shows; fields in conflict keep what stood before, so that they stay in conflict until
    somebody chooses.
    """
    known = _read(before) or {}
    hashes = {key: _hash(answer) for key, answer in mine.items()}
    for key in conflicts:
        hashes[key] = known.get(key, _BLANK if before is not None else "?")
    return " ".join(f"{key}:{hashes[key]}" for key in sorted(hashes))


def can_join(spec: Mapping[str, Any]) -> bool:
    """Whether both answers to a field can be kept, one after the other."""
    return spec["kind"] in _JOINED


def joined(saved: Any, mine: Any) -> Any:
    """Return both answers: all that was saved, then what is only in mine (rows, list items, or the text below)."""
    if isinstance(saved, list) and isinstance(mine, list):
        return [*saved, *(one for one in mine if one not in saved)]
    if isinstance(saved, str) and isinstance(mine, str):
        return f"{saved}\n{mine}"
    return mine if is_raw(saved) or not saved else saved


def _beside(key: int, name: str) -> str:
    return f"@{key}.{name}"


def _put(answers: dict[str, Any], key: str, answer: Any) -> None:
    if answer is None:
        answers.pop(key, None)
    else:
        answers[key] = answer


def _read(seen: str | None) -> dict[str, str] | None:
    if seen is None:
        return None
    return dict(pair.split(":", 1) for pair in seen.split() if ":" in pair)


def _hash(answer: Any) -> str:
    if answer is None:
        return _BLANK
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:10]
