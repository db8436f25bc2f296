"""The decision on an application: drafted, taken back, and what follows once it is released (`releasing`)."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from forms_app.engine.kinds.number import money_text
from forms_app.entries.sending import on_return as stamp_return
from forms_app.entries.sending import snapshot, stamp_closing
from forms_app.models import (
    OPEN_OBJECTION,
    CallPage,
    Decision,
    Entry,
    Outcome,
    VersionReason,
)
from forms_app.models.columns import take_columns, take_names
from forms_app.models.status import EntryStatus
from portal.dates import day
from portal.lifecycle.door import carry_out
from portal.units.models import User

from .adjusting import on_propose as write_proposals
from .adjusting import with_agreed

# Steps the office takes for itself before anything is released; units never see them.
INTERNAL = ("decide", "undecide")


def mark_of(outcome: str, amount: Decimal | None, reason: str) -> str:
    """Return a short mark of what a decision says, the same for the same words; "-" for none."""
    if not outcome:
        return "-"
    said = json.dumps([outcome, f"{amount or 0:.2f}", reason.split()])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def mark_of_draft(drafted: Decision | None) -> str:
    """Return the mark of a decision as it is stored."""
    if drafted is None:
        return mark_of("", None, "")
    return mark_of(drafted.outcome, drafted.amount_granted, drafted.reason)


def decide(
    entry: Entry,
    *,
    actor: User,
    outcome: str,
    amount: Decimal = Decimal(0),
    reason: str = "",
    seen: str | None = None,
) -> Entry:
    """Draft the decision on an application, or change the draft. Nobody outside the office knows of it until its release.

    Args:
        outcome: an Outcome.
        amount: the grant in 元, not negative; 0 with a rejection.
        reason: told to the unit; at most 300 characters, required with a rejection.
        seen: `mark_of_draft` of the draft that the person saw; None where there is no page that could be stale.

    Raises:
        Refused: a colleague has drafted something else since, a negative amount, a rejection without a reason or with a grant, not before a decision, or not the
            office.

    Side effects: a pending Decision, an event; no messages.
    """
    with translation.override(settings.LANGUAGE_CODE):  # kept with the event
        said = str(Outcome(outcome).label)
    if outcome == Outcome.ESTABLISH:
        said = f"{said} {money_text(amount)} 元"
    return carry_out(
        entry,
        "decide",
        actor=actor,
        comment=f"{said}：{reason}" if reason else said,
        outcome=outcome,
        amount=amount,
        reason=reason,
        seen=seen,
    )


def undecide(entry: Entry, *, actor: User, seen: str | None = None) -> Entry:
    """Take a pending decision back.

    Args:
        seen: as for `decide`.

    Raises:
        Refused: there is none, it is not the one that was seen, or not the office.

    Side effects: the Decision is gone, an event; no messages.
    """
    return carry_out(entry, "undecide", actor=actor, seen=seen)


def pending(call: CallPage) -> QuerySet[Entry]:
    """Return the entries of a call whose decision waits for its release, in the school's order of units."""
    return (
        call.entries.filter(status=EntryStatus.DECIDING, decision__released_at__isnull=True)
        .filter(decision__isnull=False)
        .select_related("unit", "category", "call__programme_year", "decision")
        .prefetch_related("partner_units")
        .order_by("unit__order", "unit__code", "pk")
    )


def conclude_notice(entry: Entry, *, actor: User) -> Entry:
    """Approve an application whose public notice has run out without an open objection.

    Raises:
        Refused: the notice still runs, an objection is open, or not the office.

    Side effects: the approved version, an event, messages; what upper floors set off.
    """
    return carry_out(entry, "conclude_notice", actor=actor)


def reopen(entry: Entry, *, actor: User, reason: str) -> Entry:
    """Take an application back from public notice to be decided again, because an objection was upheld.

    Raises:
        Refused: no reason, not in public notice, or not the office.

    Side effects: the decision is gone (its event remains), an event, messages to the unit.
    """
    return carry_out(entry, "reopen", actor=actor, comment=reason, reason=reason)


# --- guards -------------------------------------------------------------------------------------


def as_seen(entry: Entry, *, seen: str | None = None, **_details: Any) -> str | None:
    """Whoever drafts has read the draft that he replaces, and is told whose it is where he has not."""
    drafted = Decision.objects.filter(entry=entry).select_related("decided_by").first()
    if seen is None or seen == mark_of_draft(drafted):
        return None
    if drafted is None:
        return _("您看到的拟定刚才已经撤下，这次没有办。要定请再办一次。")
    said = drafted.get_outcome_display()
    if drafted.outcome == Outcome.ESTABLISH:
        said = _("%(said)s %(sum)s 元") % {"said": said, "sum": money_text(drafted.amount_granted)}
    return _("%(who)s %(time)s 拟定了“%(said)s”，这次没有办。看过以后要改，请再办一次。") % {
        "who": drafted.decided_by,
        "time": f"{timezone.localtime(drafted.decided_at):%H:%M}",
        "said": said,
    }


def amount_fits(_entry: Entry, *, outcome: str, amount: Decimal, **_details: Any) -> str | None:
    """The grant is a sum of money, and none goes with a rejection."""
    if amount < 0:
        return _("批准经费不能是负数。")
    if outcome == Outcome.REJECT and amount:
        return _("不予立项的没有批准经费，请把金额清空。")
    return None


def rejection_says_why(
    _entry: Entry, *, outcome: str, reason: str = "", **_details: Any
) -> str | None:
    """A unit that is turned down learns why."""
    if outcome == Outcome.REJECT and not reason.strip():
        return _("不予立项请写明理由，单位会收到。")
    return None


def has_pending(entry: Entry, **_details: Any) -> str | None:
    """There is a draft of the decision."""
    if Decision.objects.filter(entry=entry, released_at__isnull=True).exists():
        return None
    return _("这一项还没有拟定决定。")


def notice_over(entry: Entry, **_details: Any) -> str | None:
    """The last day of the public notice has passed."""
    ends_on = entry.decision.notice.ends_on
    if timezone.localdate() > ends_on:
        return None
    return _("公示到 %(date)s 为止，次日起可以公布。") % {"date": day(ends_on)}


def no_open_objection(entry: Entry, **_details: Any) -> str | None:
    """No objection to this entry is waiting for its conclusion."""
    if entry.objections.filter(status__in=OPEN_OBJECTION).exists():
        return _("还有异议没有处理完，处理后才能公布这一项。")
    return None


# --- effects ------------------------------------------------------------------------------------


def on_decide(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    outcome: str,
    amount: Decimal,
    reason: str,
    **_details: Any,
) -> None:
    """Write the draft of the decision, or overwrite it."""
    Decision.objects.update_or_create(
        entry=entry,
        defaults={
            "outcome": outcome,
            "amount_granted": amount,
            "reason": reason,
            "decided_by": actor,
            "decided_at": at,
        },
    )


def on_return(entry: Entry, **details: Any) -> None:
    """Stamp the return; a draft of the decision was about what is going to change.

    What both sides have agreed on stands in the form that the unit goes on with; what it then sends is its word.
    """
    drop_decision(entry)
    entry.answers = with_agreed(entry)
    take_names(entry, entry.answers)
    stamp_return(entry, **details)


def on_propose(entry: Entry, **details: Any) -> None:
    """Write the proposals down; a draft of the decision was made before the unit's answer."""
    drop_decision(entry)
    write_proposals(entry, **details)


def drop_decision(entry: Entry, **_details: Any) -> None:
    """Forget the decision: it was a draft, or an upheld objection has overturned it."""
    Decision.objects.filter(entry=entry).delete()


def on_approve(entry: Entry, *, actor: User, at: datetime, **_details: Any) -> None:
    """Freeze the approved version (核准稿): what the unit sent, with the adjustments both sides agreed on."""
    approved = with_agreed(entry)
    snapshot(entry, actor=actor, at=at, answers=approved, reason=VersionReason.APPROVED)
    take_columns(entry, approved)
    stamp_closing(entry, at=at)
