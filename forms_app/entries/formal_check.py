"""The formal check (形式审查): a checklist that the office ticks, what the records say is wrong, and what a unit changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from forms_app.engine.checking import problems, warnings
from forms_app.models import (
    CheckRecord,
    Conclusion,
    Entry,
    EntryVersion,
    VersionReason,
)
from forms_app.models.status import AFTER_SUBMISSION, EntryStatus
from forms_app.signatures import signatures_asked
from portal.units.models import User


def all_ticked(entry: Entry, *, ticked: Iterable[str] | None = None, **_details: Any) -> str | None:
    """Every line of the call's checklist has been ticked; None stands for somebody who answers for the whole list."""
    if ticked is None:
        return None
    ticked = set(ticked)
    missing = [line for line in entry.call.checklist_lines if line not in ticked]
    if not missing:
        return None
    return _("还没有核对：%(lines)s。不符合的请退回修改。") % {"lines": "、".join(missing)}


def record(entry: Entry, *, actor: User, at: datetime) -> None:
    """Keep what was ticked with the pass. Side effects: a CheckRecord."""
    CheckRecord.objects.create(
        entry=entry,
        version=entry.versions.filter(reason=VersionReason.SUBMITTED).latest("number"),
        ticked=entry.call.checklist_lines,
        checked_by=actor,
        at=at,
    )


def findings(entry: Entry) -> list[str]:
    """Return what the records say is wrong with an entry that was sent, in words; nothing to find is no approval.

    Looked at: the form against its definition, warnings about the budget, the signatures the call asks for.
    """
    answers = entry.answers
    schema = entry.schema
    found = [one.message for one in problems(schema, answers, entry.attachments.all())]
    found += [one.message for one in warnings(schema, answers)]
    signed = {
        one.level
        for one in entry.signoffs.all()
        if one.conclusion == Conclusion.AGREE and one.version_id == _latest(entry).pk
    }
    found += [
        _("没有%(level)s签署") % {"level": level.label}
        for level in signatures_asked(entry)
        if level not in signed
    ]
    return found


def last_change(entry: Entry) -> tuple[EntryVersion, EntryVersion] | None:
    """Return what the school union gave back and what the unit sent since, or None where it gave back nothing.

    What was only sent inside the unit, and taken back or refused by its own signers, the school union has never seen.
    """
    given_back = entry.events.filter(
        to_status=EntryStatus.RETURNED, from_status__in=AFTER_SUBMISSION
    ).last()
    if given_back is None:
        return None
    sent = entry.versions.filter(reason=VersionReason.SUBMITTED).select_related("form_version")
    before = sent.filter(created_at__lte=given_back.at).last()
    now = sent.last()
    return (before, now) if before and now and before != now else None


def _latest(entry: Entry) -> EntryVersion:
    return max(
        (one for one in entry.versions.all() if one.reason == VersionReason.SUBMITTED),
        key=lambda one: one.number,
    )
