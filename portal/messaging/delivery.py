"""Delivering the outbox: claim under a lease, send, mark.

At least once: a worker killed between the mail server's answer and the mark sends one repeat with the same Message-ID
after the lease has run out. Two workers never hold the same message at the same time.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException
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


def sweep(*, at_most: int = 200) -> int:
    """Deliver what is due, oldest first.

    Args:
        at_most: how many messages one sweep takes on.

    Returns:
        How many were delivered.

    Side effects: e-mails; marks, attempts and errors on the rows.
    """
    due = Message.objects.awaiting_delivery().order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(deliver(pk) for pk in list(due[:at_most]))


def deliver(pk: int) -> bool:
    """Claim one message and send it. Returns whether it was delivered by this call."""
    # One UPDATE both asks and takes: of two workers only one sees a row that is still free.
    if (
        not Message.objects.awaiting_delivery()
        .filter(pk=pk)
        .update(leased_until=timezone.now() + LEASE, attempts=F("attempts") + 1)
    ):
        return False
    message = Message.objects.select_related("recipient").get(pk=pk)
    if not (message.recipient.is_active and message.recipient.email):
        _settle(
            message,
            gave_up_at=timezone.now(),
            error="the recipient has no address or is no longer active",
        )
        return False
    try:
        _send(message)
    except (SMTPException, OSError) as error:
        _postpone(message, error)
        return False
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


def _send(message: Message) -> None:
    subject, body = render_mail(message, address=settings.BASE_URL.rstrip("/"))
    host = urlsplit(settings.BASE_URL).hostname
    EmailMessage(
        subject,
        body,
        to=[message.recipient.email],
        # The same id on a repeat lets the mail system recognise it.
        headers={
            "Message-ID": f"<message-{message.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    ).send()


def _postpone(message: Message, error: Exception) -> None:
    logger.warning("message %s was not sent: %s", message.pk, error)
    now = timezone.now()
    if message.attempts > len(BACK_OFF):
        _settle(message, gave_up_at=now, error=str(error))
    else:
        _settle(message, due_at=now + BACK_OFF[message.attempts - 1], error=str(error))


def _settle(message: Message, **marks: object) -> None:
    Message.objects.filter(pk=message.pk).update(leased_until=None, **marks)
