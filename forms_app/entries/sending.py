"""Sending an entry, returning it, withdrawing it: guards and effects of the lifecycle tables, and their verbs."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import Conclusion, Entry, EntryVersion, SignOffLevel, VersionReason
from forms_app.models.status import AFTER_SUBMISSION, EntryStatus
from portal.dates import day, day_and_time
from portal.lifecycle.door import carry_out
from portal.units.models import User

from .deadlines import counted
from .filling import problems
from .merging import digest_of


def send(entry: Entry, *, actor: User, comment: str = "", seen: str | None = None) -> Entry:
    """Hand an entry in: to the chair, the party organisation or the school union, whichever step comes first.

    Args:
        entry: the draft or returned entry.
        actor: the unit's officer or chair.
        comment: what changed since the last time, for the reviewers.
        seen: `merging.digest_of` the entry as the person checked it; None: as it stands.

    Raises:
        Refused: changed since it was checked, incomplete, too late, not this person's, or already sent.

    Side effects: an immutable EntryVersion, resolved field comments, an event, messages to whoever signs next.
    """
    return carry_out(entry, "send", actor=actor, comment=comment, seen=seen)


def sign(
    entry: Entry,
    *,
    actor: User,
    level: SignOffLevel,
    conclusion: Conclusion,
    text: str = "",
    version: int | None = None,
) -> Entry:
    """Sign for the unit or for the party organisation, or send the form back to the officer.

    Args:
        level: whose opinion it is.
        conclusion: AGREE passes the entry on; RETURN gives it back.
        text: the opinion, at most 300 characters; required with RETURN.
        version: the number of the version he read; None: the one that stands now.

    Raises:
        Refused: not this person's turn, a return without a reason, or another version has been sent meanwhile.

    Side effects: a SignOff on the version that was read, an event, messages.
    """
    action = f"sign_{level}" if conclusion == Conclusion.AGREE else f"refuse_{level}"
    return carry_out(
        entry,
        action,
        actor=actor,
        comment=text,
        reason=text,
        conclusion=conclusion,
        level=level,
        version=version,
    )


def withdraw(entry: Entry, *, actor: User, comment: str = "") -> Entry:
    """Give an entry up before its review; it ends for good.

    Raises:
        Refused: review has begun, or not this person's.
    """
    return carry_out(entry, "withdraw", actor=actor, comment=comment)


def take_back(entry: Entry, *, actor: User) -> Entry:
    """Take what was sent back to go on filling it in, as long as nobody has signed it.

    Returns:
        The entry as it was before it was sent: a draft, or returned for changes with its remarks.

    Raises:
        Refused: signed already, past signing, too late to be sent again, or not this person's.

    Side effects: an event, a message to who was asked to sign. The version that was sent stays on record.
    """
    return carry_out(entry, "take_back", actor=actor)


def pass_check(
    entry: Entry, *, actor: User, comment: str = "", ticked: Iterable[str] | None = None
) -> Entry:
    """Pass the formal check (形式审查): on to the experts, or straight to the decision where the call has none.

    Args:
        ticked: the lines of the call's checklist that were ticked; None: the actor answers for all of them.

    Raises:
        Refused: a line is not ticked, not waiting for the check, or not this person's.

    Side effects: the checklist on record, recusals, former reviews where the answers have changed.
    """
    return carry_out(entry, "pass_check", actor=actor, comment=comment, ticked=ticked)


def return_for_changes(
    entry: Entry,
    *,
    actor: User,
    comment: str,
    until: date | None,
    field_comments: dict[str, str] | None = None,
) -> Entry:
    """Give an entry back to its unit; it keeps its place in the queue.

    Args:
        comment: what has to change.
        until: the last day on which it can be sent again; None leaves it to the call's deadline or, once the entry
            has reached the school union, open.
        field_comments: field key → remark, marked in the unit's form.

    Raises:
        Refused: no comment, a date that has passed, not in a review step, or not this person's.
    """
    return carry_out(
        entry,
        "return",
        actor=actor,
        comment=comment,
        until=until,
        field_comments=field_comments or {},
        reason=comment,
    )


# --- guards -------------------------------------------------------------------------------------


def as_checked(entry: Entry, *, seen: str | None = None, **_details: Any) -> str | None:
    """What is sent is what was checked: answers and files alike."""
    if seen is None or seen == digest_of(entry):
        return None
    return _("%(who)s刚刚又改过这份表，请再看一遍，没有问题再报送。") % {"who": entry.saved_by}


def complete(entry: Entry, **_details: Any) -> str | None:
    """The form is filled in as the definition requires."""
    found = problems(entry)
    if not found:
        return None
    return _("还有 %(count)d 处需要补充或改正：%(first)s") % {
        "count": len(found),
        "first": found[0].message,
    }


def in_time(entry: Entry, **_details: Any) -> str | None:
    """The call is open for the unit, or the date given with a return has not passed."""
    return _too_late(entry, EntryStatus(entry.status))


def in_time_again(entry: Entry, **_details: Any) -> str | None:
    """What is taken back can be sent again: nobody loses his application by it."""
    if reason := _too_late(entry, before_sending(entry)):
        return _("现在收回就不能再报送了。%(reason)s") % {"reason": reason}
    return None


def within_limit(entry: Entry, **_details: Any) -> str | None:
    """The unit has not handed in as many entries as the call allows."""
    others = counted(entry.call, entry.unit).exclude(pk=entry.pk).exclude(status=EntryStatus.DRAFT)
    limit = entry.call.limit_per_unit
    if entry.kind == "summary" or others.count() < limit:
        return None
    return _("每个单位限报 %(limit)d 项，本单位已经报送过了。") % {"limit": limit}


def same_version(entry: Entry, *, version: int | None = None, **_details: Any) -> str | None:
    """What is signed, or sent back, is the version its signer read."""
    if version is None or version == sent_version(entry).number:
        return None
    return _("您看过以后，这份表又改过并重新报送了，下面是新的内容。请再看一遍，再签署。")


def not_signed(entry: Entry, **_details: Any) -> str | None:
    """Nobody has signed what was sent."""
    signed = sent_version(entry).signoffs.select_related("signer").last()
    if signed is None:
        return None
    return _("%(who)s已于 %(at)s 签署，不能再收回。要改的话，请现在办理的人退回修改。") % {
        "who": signed.signer,
        "at": day_and_time(signed.signed_at),
    }


def says_why(_entry: Entry, *, reason: str = "", **_details: Any) -> str | None:
    """A return names its reason."""
    return None if reason.strip() else _("请写明需要修改什么，退回后单位才知道怎么改。")


def date_ahead(_entry: Entry, *, until: date | None = None, **_details: Any) -> str | None:
    """The date to come back by lies ahead."""
    if until and until < timezone.localdate():
        return _("修改期限要在今天或以后。")
    return None


# --- effects ------------------------------------------------------------------------------------


def sent_version(entry: Entry) -> EntryVersion:
    """Return the version that was sent last."""
    return entry.versions.latest("number")


def before_sending(entry: Entry, **_details: Any) -> EntryStatus:
    """Return the state an entry was sent from."""
    return EntryStatus.RETURNED if entry.returned_at else EntryStatus.DRAFT


def on_take_back(entry: Entry, **_details: Any) -> None:
    """The remarks that sending had answered are open again."""
    entry.field_comments.filter(resolved_at=sent_version(entry).created_at).update(resolved_at=None)


def snapshot(
    entry: Entry, *, actor: User, at: datetime, answers: dict[str, Any] | None = None, reason: str
) -> EntryVersion:
    """Freeze the entry's answers as its next version.

    Args:
        answers: what is frozen; the entry's own answers if none are given.
        reason: a VersionReason.
    """
    content = entry.answers if answers is None else answers
    text = json.dumps([entry.form_version.digest, content], ensure_ascii=False, sort_keys=True)
    return entry.versions.create(
        number=entry.versions.count() + 1,
        reason=reason,
        form_version=entry.form_version,
        answers=content,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        created_at=at,
        created_by=actor,
    )


def on_send(entry: Entry, *, actor: User, at: datetime, to: str, **_details: Any) -> None:
    """Freeze what is sent; the remarks of the last return are answered by it."""
    snapshot(entry, actor=actor, at=at, reason=VersionReason.SUBMITTED)
    entry.field_comments.filter(resolved_at__isnull=True).update(resolved_at=at)
    _stamp_arrival(entry, at=at, to=to)


def on_sign(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    to: str,
    comment: str,
    level: str,
    conclusion: str,
    **_details: Any,
) -> None:
    """Record the opinion on the version that was read."""
    entry.signoffs.create(
        version=sent_version(entry),
        level=level,
        conclusion=conclusion,
        text=comment,
        signer=actor,
        signed_at=at,
    )
    if conclusion == Conclusion.RETURN:
        entry.returned_at = at
    else:
        _stamp_arrival(entry, at=at, to=to)


def on_return(
    entry: Entry,
    *,
    actor: User,
    at: datetime,
    until: date | None = None,
    field_comments: dict[str, str] | None = None,
    **_details: Any,
) -> None:
    """Stamp the return and attach the remarks to their fields."""
    entry.returned_at = at
    entry.return_until = until
    for key, text in (field_comments or {}).items():
        entry.field_comments.create(field_key=key, text=text, author=actor)


def stamp_closing(entry: Entry, *, at: datetime, **_details: Any) -> None:
    """Stamp the end of the entry's way."""
    entry.closed_at = at


def _too_late(entry: Entry, status: EntryStatus) -> str | None:
    """Return why an entry could not go on its way from a state now, or None where it could."""
    if status == EntryStatus.RETURNED and entry.return_until:
        if timezone.localdate() <= entry.return_until:
            return None
        return _("修改期限 %(date)s 已过，请联系校工会延期。") % {"date": day(entry.return_until)}
    if entry.submitted_at:
        return None
    if not entry.call.live:
        return _("这份通知已经撤下，不能报送，请联系校工会。")
    deadline = entry.call.deadline_for(entry.unit)
    phase = entry.call.phase(timezone.now(), deadline)
    if phase == "coming":
        return _("申报尚未开始，%(date)s 起可以报送。") % {"date": day(entry.call.opens_at)}
    if phase == "over":
        return _("已过截止时间 %(date)s，请联系校工会延期。填写的内容已保存。") % {
            "date": day_and_time(deadline)
        }
    return None


def _stamp_arrival(entry: Entry, *, at: datetime, to: str) -> None:
    """Keep the place in the queue: the first time the entry reaches the school union.

    The school union's date for a return holds until then, however often the unit's own signers send the form back.
    """
    if to in AFTER_SUBMISSION:
        entry.return_until = None
        entry.submitted_at = entry.submitted_at or at
