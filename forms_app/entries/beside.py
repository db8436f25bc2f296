"""The words beside an entry's pictures: caption, credit, day and consent, each told apart like an answer of its own.

In fingerprints, conflicts and `Entry.writers` a word is called "@<attachment's key>.<name>", which no field's code can be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms_app.engine.display import Item
from forms_app.engine.kinds.date import day_text
from forms_app.engine.kinds.files import WORDS
from forms_app.engine.reading import is_raw
from forms_app.models import Attachment, Entry
from portal import merging
from portal.merging import digest
from portal.units.models import User

MARK = "@"
Words = Mapping[int, Mapping[str, Any]]  # attachment's key → caption, credit, taken_on, consent


@dataclass(frozen=True)
class Described:
    """What became of the words somebody typed, by the words' own keys.

    Attributes:
        written: those that are saved now as he typed them, and were not before.
        taken: those that only others had changed.
        conflicts: those that both changed; they stand as saved.
    """

    written: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def is_beside(key: str) -> bool:
    """Return whether a key is that of a word beside a picture, not of a field."""
    return key.startswith(MARK)


def named(key: str) -> tuple[int, str]:
    """Return the attachment's key and the word's name of such a key."""
    picture, _dot, name = key.removeprefix(MARK).partition(".")
    return int(picture), name


def flat(words: Words) -> dict[str, Any]:
    """Return words by their own keys; what says nothing is None."""
    return {
        f"{MARK}{picture}.{name}": word or None
        for picture, said in words.items()
        for name, word in said.items()
    }


def deep(flat_words: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Return the words among some answers by attachment and name; the inverse of `flat`."""
    found: dict[int, dict[str, Any]] = {}
    for key, word in flat_words.items():
        if is_beside(key):
            picture, name = named(key)
            found.setdefault(picture, {})[name] = word or (False if name == "consent" else "")
    return found


def fingerprint(shown: Words, *, conflicts: Iterable[str] = (), before: str | None = None) -> str:
    """Return the fingerprint of the words a page shows.

    Args:
        conflicts: words that wait for a choice: they keep what stood `before`, a fingerprint, so that they stay in conflict.
    """
    known = merging.read(before) or {}
    hashes = {key: digest(word) for key, word in flat(shown).items()}
    hashes |= {key: known.get(key, digest(None)) for key in conflicts}
    return " ".join(f"{key}:{hashes[key]}" for key in sorted(hashes))


def describe(entry: Entry, *, words: Words, actor: User, seen: str | None) -> Described:
    """Keep what was typed beside pictures; what others changed meanwhile stays, and what both changed is left to choose.

    Args:
        entry: locked; the caller saves it.
        words: as the person's page shows them; pictures that are not the entry's are passed over.
        seen: the fingerprint of what the page showed before he typed; None: all of them are his.

    Side effects: the attachments' details, and who wrote them (on the entry, not saved); nothing where nothing differs.
        One query where there are words, and one for each picture that is changed.
    """
    pictures = {one.pk: one for one in entry.attachments.filter(pk__in=words)}
    typed = flat({pk: words[pk] for pk in pictures})
    saved = _saved(typed, pictures)
    if typed == saved:
        return Described()
    if seen is None:
        seen = merging.fingerprint(saved)
    found = merging.merge(sorted(typed), mine=typed, saved=saved, seen=seen)
    written = [key for key in typed if found.answers.get(key) != saved.get(key)]
    for key in written:
        picture, name = named(key)
        pictures[picture].details[name] = words[picture][name]
    for picture in {named(key)[0] for key in written}:
        pictures[picture].save(update_fields=["details"])
    entry.writers |= dict.fromkeys(written, actor.pk)
    return Described(written, found.taken, found.conflicts)


def labels(entry: Entry, keys: Iterable[str]) -> dict[str, str]:
    """Return what the words among some keys are called (one query where there are any)."""
    words = [key for key in keys if is_beside(key)]
    names = {}
    if words:
        names = dict(entry.attachments.values_list("pk", "name"))
    return {
        key: _("照片“%(picture)s”的%(word)s")
        % {"picture": names.get(named(key)[0], ""), "word": WORDS[named(key)[1]]}
        for key in words
    }


def side_by_side(
    entry: Entry, saved: Mapping[str, Any], mine: Mapping[str, Any]
) -> list[tuple[Item, Item]]:
    """Return (saved, mine) of the words among the keys of `saved`, to choose; both are by the words' own keys."""
    return [
        tuple(
            Item(key, label, "text", "text", _read(named(key)[1], held.get(key)))
            for held in (saved, mine)
        )
        for key, label in labels(entry, saved).items()
    ]


def saved_words(entry: Entry, keys: Iterable[str]) -> dict[str, Any]:
    """Return the words among some keys as they are saved (one query where there are any)."""
    words = [key for key in keys if is_beside(key)]
    wanted = {named(key)[0] for key in words}
    pictures = {one.pk: one for one in entry.attachments.filter(pk__in=wanted)} if wanted else {}
    return _saved(words, pictures)


def _saved(keys: Iterable[str], pictures: Mapping[int, Attachment]) -> dict[str, Any]:
    found = {}
    for key in keys:
        picture, name = named(key)
        held = pictures.get(picture)
        found[key] = (held and held.details.get(name)) or None
    return found


def _read(name: str, word: Any) -> str:
    if name == "consent":
        return _("已确认") if word else _("没有确认")
    if not word:
        return _("未填")
    if is_raw(word):
        return str(word["raw"])
    return day_text(word) if name == "taken_on" else str(word)
