"""Delivering the outbox: claim under a lease, send, mark.

At least once: a worker killed between the mail server's answer and the mark sends one repeat with the same Message-ID
after the lease has run out. Two workers never hold the same message at the same time.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from threading import Lock
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from .models import Channel, Message
from .rendering import render_mail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
# Waits before the 2nd, 3rd … attempt; after the last the message is given up and stands in the office's register.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
SWEEP_FOR = timedelta(seconds=30)
# What a mail server says of the one mail that it was given; everything else is about the server.
ABOUT_ONE_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)
# One sweep at a time in a process: the other thread of the worker goes on with jobs and the pulse.
_busy = Lock()


class ServerAway(Exception):
    """The mail server does not answer, or takes nothing from us: the next message would fare no better."""


def sweep(*, at_most: int = 200) -> int:
    """Deliver what is due, oldest first; nothing where this process is at it already.

    It ends when the mail server is away or its time is up, and leaves the rest to the next one: the worker has other work,
    and a server that hangs must not make it look dead.

    Args:
        at_most: how many messages one sweep takes on.

    Returns:
        How many were delivered.

    Side effects: e-mails; marks, attempts and errors on the rows.
    """
    if not _busy.acquire(blocking=False):
        return 0
    try:
        return _deliver_due(at_most, until=timezone.now() + SWEEP_FOR)
    finally:
        _busy.release()


def _deliver_due(at_most: int, *, until: datetime) -> int:
    due = Message.objects.awaiting_delivery().order_by("due_at", "pk").values_list("pk", flat=True)
    delivered = 0
    for pk in list(due[:at_most]):
        try:
            delivered += deliver(pk)
        except ServerAway:
            break
        if timezone.now() > until:
            break
    return delivered


def deliver(pk: int) -> bool:
    """Claim one message and send it. Returns whether it was delivered by this call.

    Raises:
        ServerAway: the message waits for its next attempt.
    """
    # One UPDATE both asks and takes: of two workers only one sees a row that is still free.
    if (
        not Message.objects.awaiting_delivery()
        .filter(pk=pk)
        .update(leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1)
    ):
        return False
    message = Message.objects.select_related("recipient").get(pk=pk)
    if not (message.recipient.is_active and message.recipient.email):
        _give_up(message, "the recipient has no address or is no longer active")
        return False
    try:
        mail = _mail_of(message)
        mail.message()  # written out here: a head that no mail can have is found before anybody is asked to send it
    except (LookupError, ValueError) as error:
        # Its kind is gone, or a name breaks the head: it would be the same the next time.
        logger.exception("message %s cannot be written", pk)
        _give_up(message, f"{type(error).__name__}: {error}")
        return False
    try:
        mail.send()
    except OSError as error:  # smtplib's exceptions are OSErrors too
        _postpone(message, error)
        if isinstance(error, ABOUT_ONE_MAIL):
            return False
        raise ServerAway from error
    _settle(message, delivered_at=timezone.now(), error="")
    return True


def retry(message: Message) -> bool:
    """Put a message that is stuck or was given up back into the outbox, with all its attempts.

    Returns:
        Whether there was anything to put back; a delivered message stays delivered.
    """
    return bool(
        Message.objects.filter(pk=message.pk, channel=Channel.EMAIL, delivered_at=None).update(
            gave_up_at=None, error="", attempts=0, due_at=timezone.now(), leased_until=None
        )
    )


def _mail_of(message: Message) -> EmailMessage:
    subject, body = render_mail(message, address=settings.BASE_URL.rstrip("/"))
    host = urlsplit(settings.BASE_URL).hostname
    return EmailMessage(
        subject,
        body,
        to=[message.recipient.email],
        # The same id on a repeat lets the mail system recognise it.
        headers={
            "Message-ID": f"<message-{message.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _postpone(message: Message, error: Exception) -> None:
    logger.warning("message %s was not sent: %s", message.pk, error)
    if message.attempts > len(BACK_OFF):
        _give_up(message, str(error))
    else:
        due_at = timezone.now() + BACK_OFF[message.attempts - 1]
        _settle(message, due_at=due_at, error=str(error))


def _give_up(message: Message, error: str) -> None:
    _settle(message, gave_up_at=timezone.now(), error=error)


def _settle(message: Message, **marks: object) -> None:
    Message.objects.filter(pk=message.pk).update(leased_until=None, **marks)
