"""From an empty database to a portal with its demo."""

import time
from io import StringIO

from django.core.management import call_command

from bench import Figure


def run():
    """Measure each step of a first installation in seconds."""
    return [
        Figure("migrate an empty database", _seconds("migrate"), "s", limit=20),
        Figure("set_up", _seconds("set_up"), "s"),
        Figure("set_up again", _seconds("set_up"), "s"),
        Figure("load_demo", _seconds("load_demo"), "s"),
    ]


def _seconds(command):
    started = time.perf_counter()
    call_command(command, verbosity=0, stdout=StringIO())
    return time.perf_counter() - started
