"""From the end of the review to the decision: negotiated adjustment, decision, public notice, approval."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.lifecycle.door import carry_out
from portal.units.models import User

from .columns import take_columns
from .models import Answer, Decision, Entry, ObjectionStatus, Outcome, VersionReason
from .models.status import EntryStatus
from .sending import snapshot, stamp_closing
from .working_days import working_days_from


def propose(entry: Entry, *, actor: User, changes: dict[str, Any], reason: str) -> Entry:
    """Propose changes to an application, after consultation, for the unit to answer (plan, section 4 step 2).

    Args:
        changes: field key → proposed answer.
        reason: why, at most 300 characters.

    Raises:
        Refused: nothing proposed, no reason, not before a decision, or not the office.

    Side effects: one Adjustment per field, an event, messages to the unit.
    """
    return carry_out(entry, "propose", actor=actor, comment=reason, changes=changes, reason=reason)


def answer_proposal(entry: Entry, *, actor: User, answer: Answer, text: str = "") -> Entry:
    """Answer the school union's proposal for the unit.

    Raises:
        Refused: nothing to answer, an objection without a reason, or not this person's.

    Side effects: the pending adjustments are answered, an event, messages to the office.
    """
    return carry_out(entry, "answer", actor=actor, comment=text, answer=answer, reason=text)


def establish(
    entry: Entry, *, actor: User, amount: Decimal, reason: str = "", minutes: str = ""
) -> Entry:
    """Establish an application with a grant: into public notice, or straight to approval where the call has none.

    Args:
        amount: the grant in 元, not negative.
        reason: told to the unit; at most 300 characters.
        minutes: the meeting's minutes that hold the decision.

    Raises:
        Refused: a negative amount, an unanswered proposal, not before a decision, or not the office.

    Side effects: a Decision, a PublicNotice, an event, messages; at approval what upper floors set off.
    """
    return carry_out(
        entry,
        "establish",
        actor=actor,
        comment=reason,
        amount=amount,
        minutes=minutes,
        outcome=Outcome.ESTABLISH,
    )


def reject(entry: Entry, *, actor: User, reason: str, minutes: str = "") -> Entry:
    """Decide not to establish an application.

    Raises:
        Refused: no reason, not before a decision, or not the office.

    Side effects: a Decision, an event, messages to the unit.
    """
    return carry_out(
        entry,
        "reject",
        actor=actor,
        comment=reason,
        reason=reason,
        amount=Decimal(0),
        minutes=minutes,
        outcome=Outcome.REJECT,
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
    """
    return carry_out(entry, "reopen", actor=actor, comment=reason, reason=reason)


# --- guards -------------------------------------------------------------------------------------


def proposes_something(_entry: Entry, *, changes: dict[str, Any], **_details: Any) -> str | None:
    """A proposal changes at least one field."""
    return None if changes else _("请至少写明一处建议调整的内容。")


def objection_says_why(_entry: Entry, *, answer: str, **details: Any) -> str | None:
    """A unit that does not agree says why."""
    if answer == Answer.OBJECTED and not details.get("reason", "").strip():
        return _("不同意时请写明理由。")
    return None


def amount_not_negative(_entry: Entry, *, amount: Decimal, **_details: Any) -> str | None:
    """The grant is a sum of money."""
    return _("批准经费不能是负数。") if amount < 0 else None


def notice_over(entry: Entry, **_details: Any) -> str | None:
    """The last day of the public notice has passed."""
    ends_on = entry.decision.notice.ends_on
    if timezone.localdate() > ends_on:
        return None
    return _("公示到 %(date)s 为止，次日起可以公布。") % {
        "date": f"{ends_on.year}年{ends_on.month}月{ends_on.day}日"
    }


def no_open_objection(entry: Entry, **_details: Any) -> str | None:
    """No objection to this entry is waiting for its conclusion."""
    if entry.objections.filter(status=ObjectionStatus.RECEIVED).exists():
        return _("还有异议没有处理完，处理后才能公布这一项。")
    return None


# --- effects ------------------------------------------------------------------------------------


def on_propose(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    changes: dict[str, Any],
    reason: str,
    **_details: Any,
) -> None:
    """Write each proposal beside what the unit applied for."""
    for key, proposed in changes.items():
        entry.adjustments.create(
            field_key=key,
            applied=entry.answers.get(key),
            proposed=proposed,
            reason=reason,
            proposed_by=actor,
            proposed_at=at,
        )


def on_answer(
    entry: Entry, *, actor: User, at: datetime, answer: str, comment: str, **_details: Any
) -> None:
    """Record the unit's answer on every pending proposal."""
    entry.adjustments.filter(answer=Answer.PENDING).update(
        answer=answer, answer_text=comment, answered_by=actor, answered_at=at
    )


def on_decide(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    to: str,
    comment: str,
    outcome: str,
    amount: Decimal,
    minutes: str,
    **_details: Any,
) -> None:
    """Record the decision; open the public notice, or close the entry's way at once."""
    notice = _notice_for(entry) if to == EntryStatus.IN_NOTICE else None
    Decision.objects.update_or_create(
        entry=entry,
        defaults={
            "outcome": outcome,
            "amount_granted": amount,
            "reason": comment,
            "minutes_reference": minutes,
            "decided_by": actor,
            "decided_at": at,
            "notice": notice,
        },
    )
    if to == EntryStatus.APPROVED:
        on_approve(entry, actor=actor, at=at)
    elif to == EntryStatus.REJECTED:
        stamp_closing(entry, at=at)


def on_approve(entry: Entry, *, actor: User, at: datetime, **_details: Any) -> None:
    """Freeze the approved version: what the unit sent, with the adjustments it agreed to."""
    approved = dict(entry.answers)
    for adjustment in entry.adjustments.filter(answer=Answer.ACCEPTED):
        approved[adjustment.field_key] = adjustment.proposed
    snapshot(entry, actor=actor, at=at, answers=approved, reason=VersionReason.APPROVED)
    take_columns(entry, approved)
    stamp_closing(entry, at=at)


def _notice_for(entry: Entry) -> Any:
    """Return the call's public notice that starts today; the decisions of one day are shown together."""
    starts_on: date = timezone.localdate()
    notice, _created = entry.call.public_notices.get_or_create(
        starts_on=starts_on,
        defaults={"ends_on": working_days_from(starts_on, entry.call.notice_days)},
    )
    return notice
