"""Signatures on paper: where a call takes the stamped scan instead of signing in the portal."""

from forms_app.models import Entry
from forms_app.models.call import SCAN


def stamped(entry: Entry) -> bool:
    """Return whether the entry carries its stamped scan and the call takes it for the opinions of unit and party."""
    return entry.call.scan_instead and bool(entry.answers.get(SCAN))
