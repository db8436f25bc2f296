"""Two people in one entry's form: what each of them changed of its answers; `beside` does it for the words beside its pictures."""

from collections.abc import Mapping
from typing import Any

from forms_app.engine.kinds import Kind, kind_of
from forms_app.engine.reading import is_raw
from forms_app.engine.schema import Schema, fields_of
from forms_app.models import Entry
from portal import merging
from portal.merging import Merge, digest


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
    typed = [spec["key"] for spec in fields if _is_typed(kind_of(spec))]
    # What no field of the form asks, such as answers to an older form, stays with both.
    saved = {**saved, **{key: mine[key] for key in mine if key not in asked}}
    return merging.merge(typed, mine=mine, saved=saved, seen=seen)


def can_join(spec: Mapping[str, Any], *answers: Any) -> bool:
    """Whether such answers to a field can all be kept, one after the other; what cannot be read as its kind stands alone."""
    return kind_of(spec).joins and not any(is_raw(answer) for answer in answers)


def _is_typed(kind: Kind) -> bool:
    """Return whether saves of the form bring the answer: not what the system fills in, nor files, which come by themselves."""
    return kind.answered and not kind.holds_files
