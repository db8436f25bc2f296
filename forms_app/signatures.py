"""Whose signatures an entry goes by: the call's, less what a stamped scan stands for."""

from forms_app.models import CallPage, Entry, SignOffLevel
from forms_app.models.call import SCAN


def signatures_of(call: CallPage) -> list[SignOffLevel]:
    """Return whose signatures a call asks for, in their order, stamped scans aside."""
    asked = ((SignOffLevel.CHAIR, call.needs_chair), (SignOffLevel.PARTY, call.needs_party))
    return [level for level, needed in asked if needed]


def signatures_asked(entry: Entry) -> list[SignOffLevel]:
    """Return whose signatures in the portal an entry goes by, in their order: none where its stamped scan stands for them."""
    return [] if stamped(entry) else signatures_of(entry.call)


def stamped(entry: Entry) -> bool:
    """Return whether the entry carries its stamped scan and the call takes it for the opinions of unit and party."""
    return entry.call.scan_instead and bool(entry.answers.get(SCAN))
