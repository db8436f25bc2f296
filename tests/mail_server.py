"""A mail server on the loopback address, for tests in which another process sends."""

import asyncio
import threading
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from tests.services.servers import free_port


class MailServer:
    """A real SMTP server on the loopback address.

    Attributes:
        received: the mails whose text has arrived, answered or not.
        keeps_waiting: while it holds, the server takes a mail's text and does not answer.
    """

    def __init__(self):
        self.received = []
        self.keeps_waiting = False
        self.has_text = threading.Event()
        self.port = free_port()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self):
        return [mail["Message-ID"] for mail in self.received]

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name that aiosmtpd calls
        self.received.append(message_from_bytes(envelope.content))
        self.has_text.set()
        while self.keeps_waiting:
            await asyncio.sleep(0.05)
        return "250 OK"


@pytest.fixture
def mail_server():
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    server.keeps_waiting = False
    controller.stop()
