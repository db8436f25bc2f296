"""One act for many entries: each in its own transaction, so that one refusal keeps nobody else waiting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from forms_app.decision.deciding import conclude_notice
from forms_app.entries.formal_check import findings
from forms_app.entries.sending import pass_check
from forms_app.review.reviewing import close_review
from portal.lifecycle.door import Refused
from portal.units.models import User

from ..models import CallPage, Entry, EntryStatus
from .queues import notices_run_out, reviewed


@dataclass
class Report:
    """What became of many entries.

    Attributes:
        done: how many were carried out.
        refused: the others, each with its reason.
    """

    done: int = 0
    refused: list[tuple[Entry, str]] = field(default_factory=list)


def close_finished_reviews(call: CallPage, *, actor: User) -> Report:
    """End the expert review of every entry that all its experts have finished.

    Side effects: as `reviewing.close_review`, for each.
    """
    return _each(reviewed(call.entries.all()), lambda entry: close_review(entry, actor=actor))


def conclude_notices(call: CallPage, *, actor: User) -> Report:
    """Approve every application of a call whose public notice has run out.

    Side effects: as `deciding.conclude_notice`, for each.
    """
    return _each(
        notices_run_out(call.entries.all()), lambda entry: conclude_notice(entry, actor=actor)
    )


def pass_faultless(call: CallPage, *, actor: User) -> Report:
    """Pass the formal check of every entry with which nothing is wrong; the others are named with what is.

    Side effects: as `sending.pass_check`, for each.
    """

    def pass_one(entry: Entry) -> Entry:
        if found := findings(entry):
            raise Refused("；".join(found), code="guard")
        return pass_check(entry, actor=actor)

    waiting = (
        call.entries.filter(status=EntryStatus.SUBMITTED)
        .select_related("call", "unit", "form_version")
        .prefetch_related("attachments", "signoffs", "versions", "partner_units")
        .order_by("submitted_at", "pk")
    )
    return _each(waiting, pass_one)


def _each(entries: Iterable[Entry], verb: Callable[[Entry], Entry]) -> Report:
    report = Report()
    for entry in list(entries):
        try:
            verb(entry)
        except Refused as refused:
            report.refused.append((entry, str(refused)))
        else:
            report.done += 1
    return report
