"""Two people in one entry's form: what each of them changed, of its answers and of the words beside its pictures."""

from collections.abc import Mapping
from typing import Any

from forms_app.engine.reading import is_raw
from forms_app.engine.schema import Schema, fields_of
from forms_app.models import Entry
from portal import merging
from portal.merging import Merge, digest, read

# Kinds of which both answers can be kept, one after the other.
_JOINED = ("rows", "long_text", "choices", "units", "registered_many")
_BY_SYSTEM = ("computed", "file", "pictures")


def words_fingerprint(shown: Mapping[int, Mapping[str, Any]]) -> str:
    """Return the fingerprint of the words beside pictures: attachment's key → caption, credit, taken_on, consent, as a page shows them."""
    return " ".join(
        f"{_beside(key, name)}:{digest(words or None)}"
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
    known = read(seen)
    if known is None:
        return dict(typed)
    return {
        name: words
        for name, words in typed.items()
        if known.get(_beside(key, name), digest(None)) != digest(words or None)
    }


def digest_of(entry: Entry) -> str:
    """Return what stands for all that an entry holds now: its answers, its form, its files and the words beside them (one query)."""
    files = entry.attachments.filter(removed_at=None).order_by("pk")
    details = list(files.values_list("pk", "details"))
    return digest([entry.form_version_id, entry.answers, details])


def merge(
    schema: Schema, *, mine: Mapping[str, Any], saved: Mapping[str, Any], seen: str | None
) -> Merge:
    """Bring together what one person typed and what was saved meanwhile, as `portal.merging.merge` says.

    Args:
        schema: the form's schema, for the order of the fields and what only the system sets.
        mine, saved: his answers, and the entry's now.
        seen: `fingerprint` of what his page showed before he typed, or None.
    """
    fields = list(fields_of(schema))
    asked = {spec["key"] for spec in fields}
    typed = [spec["key"] for spec in fields if spec["kind"] not in _BY_SYSTEM]
    # What no field of the form asks, such as answers to an older form, stays with both.
    saved = {**saved, **{key: mine[key] for key in mine if key not in asked}}
    return merging.merge(typed, mine=mine, saved=saved, seen=seen)


def can_join(spec: Mapping[str, Any], *answers: Any) -> bool:
    """Whether such answers to a field can all be kept, one after the other; what cannot be read as its kind stands alone."""
    return spec["kind"] in _JOINED and not any(is_raw(answer) for answer in answers)


def _beside(key: int, name: str) -> str:
    return f"@{key}.{name}"
