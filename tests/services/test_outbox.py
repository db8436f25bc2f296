"""The outbox under several workers and under kill -9, on a real database."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.messaging import kinds
from portal.messaging.delivery import deliver, sweep
from portal.messaging.models import Channel, Heartbeat, Message
from portal.messaging.posting import post
from tests.factories.forms import entry_in
from tests.factories.units import UserFactory
from tests.mail_server import mail_server  # noqa: F401 - a fixture

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]

KIND = "test_of_the_outbox"
WORKER = ("celery", "-A", "portal", "worker", "--beat", "--pool", "threads", "--loglevel", "error")
# A sweep runs every ten seconds; a start of a worker takes a few on a busy machine.
SOON = 60


def wait_until(holds, *, seconds=SOON):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.1)


def kill(process):
    """What a power cut does: no signal handler, no clean end, for the process and all it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def mail_of_a_step():
    """Take a step of the year that tells one person, and return the e-mail in the outbox."""
    entry_in("awaiting_chair")
    return Message.objects.get(channel=Channel.EMAIL, kind="entry_to_sign")


@pytest.fixture
def email(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register_kind(KIND, subject="试", text="试")
    post(KIND, to=[UserFactory()], about="once")
    return Message.objects.get(channel=Channel.EMAIL)


def test_eight_workers_deliver_a_mail_once(email, mailoutbox):
    def work(_number):
        try:
            return deliver(email.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        delivered = list(workers.map(work, range(8)))

    assert sum(delivered) == 1
    assert len(mailoutbox) == 1


def test_killed_between_the_change_and_the_mail_nothing_is_lost(start_process, mail_server):  # noqa: F811
    with start_process(*WORKER, EMAIL_URL=mail_server.url) as worker:
        wait_until(Heartbeat.objects.exists)
        # Asleep, it cannot win the race against the power cut.
        os.killpg(worker.pid, signal.SIGSTOP)
        mail = mail_of_a_step()
        kill(worker)
    assert mail_server.received == []

    with start_process(*WORKER, EMAIL_URL=mail_server.url):
        wait_until(Message.objects.filter(pk=mail.pk, delivered_at__isnull=False).exists)

    assert sweep() == 0
    assert len(mail_server.received) == 1
    assert mail_server.received[0]["To"] == mail.recipient.email


def test_killed_while_the_mail_server_answers_one_repeat_with_the_same_id(
    start_process,
    mail_server,  # noqa: F811
):
    mail_server.keeps_waiting = True
    with start_process(*WORKER, EMAIL_URL=mail_server.url) as worker:
        mail = mail_of_a_step()
        assert mail_server.has_text.wait(SOON)
        kill(worker)
    mail_server.keeps_waiting = False
    mail.refresh_from_db()
    assert mail.delivered_at is None
    assert mail.leased_until > timezone.now()
    assert not Message.objects.awaiting_delivery().filter(pk=mail.pk).exists()

    # Time passes: the lease runs out.
    Message.objects.filter(pk=mail.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    with start_process(*WORKER, EMAIL_URL=mail_server.url):
        wait_until(Message.objects.filter(pk=mail.pk, delivered_at__isnull=False).exists)

    assert sweep() == 0
    assert len(mail_server.ids) == 2
    assert len(set(mail_server.ids)) == 1
