"""The outbox under several workers and under kill -9, on a real database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from portal.messaging import kinds
from portal.messaging.delivery import deliver
from portal.messaging.models import Channel, Message
from portal.messaging.posting import post
from tests.factories.units import UserFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

KIND = "test_of_the_outbox"


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
