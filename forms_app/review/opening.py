"""What the formal check opens: the review of an entry, or the end of a summary's way where none follows."""

from datetime import datetime
from typing import Any

from forms_app.entries.formal_check import record
from forms_app.entries.sending import stamp_closing
from forms_app.models import Entry, EntryStatus
from portal.units.models import User

from .conflicts import keep_barred_away
from .reviewing import reopen_older


def on_pass_check(entry: Entry, *, actor: User, at: datetime, to: str, **_details: Any) -> None:
    """Keep the checklist; ask anew who has to stay away and has to look again: the form may have changed since it was given out.

    Where no review follows, a summary has reached its end.
    """
    record(entry, actor=actor, at=at)
    keep_barred_away(entry)
    if to == EntryStatus.IN_REVIEW:
        reopen_older(entry, at=at)
    if to == EntryStatus.EVALUATED:
        stamp_closing(entry, at=at)
