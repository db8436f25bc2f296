"""Releasing decisions: all that are pending in a call, in one act and one transaction, with the letters that were read before."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from forms_app.entries.sending import stamp_closing
from forms_app.models import CallPage, Decision, Entry, Outcome, PublicNotice
from forms_app.models.status import EntryStatus
from forms_app.permissions import may_handle
from forms_app.review.passing_on import Said, said_by_entry
from forms_app.working_days import working_days_from
from portal.lifecycle.door import Refused, carry_out
from portal.units.models import User
from portal.units.permissions import is_school_union

from .deciding import on_approve, pending
from .letters import signature, write_letter


@dataclass(frozen=True)
class Letter:
    """What a unit is going to be told: the letter, and beside it what the experts wrote for the unit.

    Attributes:
        said: every comment, those that are held back included.
    """

    entry: Entry
    text: str
    said: list[Said]

    @property
    def comments(self) -> list[str]:
        """What the unit will read of them."""
        return [one.text for one in self.said if not one.held_back_by]

    @property
    def held_back(self) -> int:
        """How many it will not."""
        return sum(bool(one.held_back_by) for one in self.said)


@dataclass(frozen=True)
class Batch:
    """What one release would send.

    Attributes:
        letters: those the person may release.
        others: entries of his own unit, which a colleague releases.
        notice: the public notice that would begin, unsaved; None where the call has none.
    """

    letters: list[Letter]
    others: list[Entry]
    notice: PublicNotice | None

    @property
    def digest(self) -> str:
        """What stands for exactly these letters: whoever releases has read them and no others."""
        text = "\0".join(f"{one.entry.pk}\0{one.text}\0{one.comments}" for one in self.letters)
        return hashlib.sha256(text.encode()).hexdigest()


def batch_of(
    call: CallPage, *, actor: User, minutes: str, only: Collection[int] | None = None
) -> Batch:
    """Return what a release by this person would send today (a fixed number of queries).

    Args:
        minutes: the reference to the minutes, which a letter may name.
        only: keys of entries; None means all that are pending.
    """
    entries = [entry for entry in pending(call) if only is None or entry.pk in only]
    # An auditor reads all letters; that he releases none is the door's to say.
    mine = [one for one in entries if may_handle(actor, one) or not is_school_union(actor)]
    notice = _notice_from(call, timezone.localdate()) if call.notice_days else None
    signed, said = signature(), said_by_entry(mine)
    return Batch(
        letters=[
            Letter(
                entry,
                write_letter(entry, entry.decision, minutes=minutes, notice=notice, signed=signed),
                said[entry.pk],
            )
            for entry in mine
        ],
        others=[entry for entry in entries if entry not in mine],
        notice=notice,
    )


def release(
    call: CallPage,
    *,
    actor: User,
    minutes: str,
    digest: str | None = None,
    only: Collection[int] | None = None,
) -> list[Entry]:
    """Release every pending decision of a call that the person may handle: all of them, or none.

    Args:
        minutes: the reference to the minutes of the meeting that decided, at most 60 characters.
        digest: `Batch.digest` of what was previewed; None releases unseen.
        only: keys of entries; None means all that are pending.

    Returns:
        The entries as they are now.

    Raises:
        Refused: no minutes, nothing pending, something changed since the preview, or not the office. Nothing is released.

    Side effects, in one transaction: the decisions are stamped with minutes and letter, a PublicNotice where the call has
    one, an event and messages to the unit for each; at approval what upper floors set off.
    """
    if not minutes.strip():
        raise Refused(_("请写明会议纪要，例如“校工会第5次办公会纪要”。"), code="guard")
    with transaction.atomic():
        # In the order of their keys, so that two releases never wait for each other.
        keys = [entry.pk for entry in pending(call)]
        list(Entry.objects.filter(pk__in=keys).order_by("pk").select_for_update())
        batch = batch_of(call, actor=actor, minutes=minutes, only=only)
        if not batch.letters:
            raise Refused(_("没有可以发布的决定：请先在决定台上拟定。"), code="wrong_state")
        if digest is not None and digest != batch.digest:
            raise Refused(
                _("拟定的决定或通知书在您预览之后有变化，请再看一遍，确认后发布。"),
                code="wrong_state",
            )
        return _release(batch.letters, actor=actor, minutes=minutes)


def _release(letters: Iterable[Letter], *, actor: User, minutes: str) -> list[Entry]:
    return [
        carry_out(
            letter.entry,
            "release",
            actor=actor,
            comment=_kept(letter.entry.decision, minutes),
            letter=letter.text,
            minutes=minutes,
        )
        for letter in letters
    ]


@translation.override(settings.LANGUAGE_CODE)
def _kept(decision: Decision, minutes: str) -> str:
    """Return what the event keeps of a decision: always Chinese, whoever acts."""
    granted = (
        f"，批准经费 {decision.amount_granted:,.2f} 元"
        if decision.outcome == Outcome.ESTABLISH
        else ""
    )
    reason = f"{decision.reason}" if decision.reason else ""
    return f"{Outcome(decision.outcome).label}{granted}（{minutes}）。{reason}"


def _notice_from(call: CallPage, starts_on: date) -> PublicNotice:
    """Return the public notice that starts on a day: the one there is, or a new, unsaved one.

    The day of publication does not count, at whatever hour it was: everybody has all the working days in full.
    """
    return call.public_notices.filter(starts_on=starts_on).first() or PublicNotice(
        call=call,
        starts_on=starts_on,
        ends_on=working_days_from(starts_on + timedelta(days=1), call.notice_days),
    )


# --- for the table --------------------------------------------------------------------------------


def landing(entry: Entry, **_details: Any) -> str:
    """Where a released decision leads."""
    return (
        EntryStatus.REJECTED if entry.decision.outcome == Outcome.REJECT else EntryStatus.IN_NOTICE
    )


def on_release(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    to: str,
    letter: str,
    minutes: str,
    **_details: Any,
) -> None:
    """Stamp the decision; open the public notice, or close the entry's way at once.

    The decisions of one day are shown together.
    """
    decision = entry.decision
    if to == EntryStatus.IN_NOTICE:
        notice = _notice_from(entry.call, timezone.localdate())
        if notice.pk is None:
            notice.save()
        decision.notice = notice
    decision.released_at = at
    decision.released_by = actor
    decision.minutes_reference = minutes
    decision.letter = letter
    decision.save()
    if to == EntryStatus.APPROVED:
        on_approve(entry, actor=actor, at=at)
    elif to == EntryStatus.REJECTED:
        stamp_closing(entry, at=at)
