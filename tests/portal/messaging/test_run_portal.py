"""The command behind `make run`, as far as it can be tried without serving; the rest is in tests/e2e."""

import socket

import pytest
from django.core.management import CommandError, call_command


def test_a_taken_port_is_told_before_anything_is_done(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.PORT = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"{settings.PORT} is in use"):
            call_command("run_portal")
