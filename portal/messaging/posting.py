"""Writing messages. The rows share the caller's transaction: no change without its message, no message without its change."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from portal.units.models import User

from .kinds import get_kind
from .models import Channel, Message


def post(
    kind: str,
    *,
    to: Iterable[User],
    about: str,
    path: str = "",
    by_email: bool = True,
    in_inbox: bool = True,
    **context: Any,
) -> list[Message]:
    """Write one inbox message and, where the person has an address, one e-mail for each recipient.

    Args:
        kind: a registered kind.
        to: the recipients; each is told once.
        about: what makes the message the same one if it is posted again, e.g. "entry-event:17".
        path: where the recipient goes to act, a path of this site.
        by_email: False for what somebody waits for at his screen: the inbox alone.
        in_inbox: False for what only the mailbox may hold.
        context: the named places of the kind's text; values that JSON can hold.

    Returns:
        The rows; one that exists already is not written again.

    Side effects: rows in the outbox; a worker delivers the e-mails after the commit, at the next sweep.
    """
    get_kind(kind)
    rows = [
        Message(
            recipient=user,
            kind=kind,
            context=context,
            path=path,
            channel=channel,
            dedupe_key=f"{kind}:{about}:{user.pk}:{channel}",
        )
        for user in {person.pk: person for person in to}.values()
        for channel in ([Channel.INBOX] if in_inbox else [])
        + ([Channel.EMAIL] if user.email and by_email else [])
    ]
    return Message.objects.bulk_create(rows, ignore_conflicts=True)


def told(kind: str, *, about: str) -> set[int]:
    """Return the keys of those who were told this already, as `post` would tell it."""
    rows = Message.objects.filter(kind=kind, dedupe_key__startswith=f"{kind}:{about}:")
    return set(rows.values_list("recipient", flat=True))


def settle(kind: str, *, about: str) -> None:
    """Count what was asked as read: it has been done, or is no longer asked of anybody.

    Args:
        kind, about: as it was posted.

    Side effects: `read_at` of the inbox messages that nobody has opened.
    """
    Message.objects.filter(
        kind=kind,
        channel=Channel.INBOX,
        dedupe_key__startswith=f"{kind}:{about}:",
        read_at__isnull=True,
    ).update(read_at=timezone.now())
