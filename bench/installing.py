"""From an empty database to a portal with its demo."""

import time
from io import StringIO

from django.core.management import call_command

from bench import Figure
from bench.measuring import processor

STEPS = {
    "migrate an empty database": ("migrate", 20),
    "set_up": ("set_up", None),
    "set_up again": ("set_up", None),
    "load_demo": ("load_demo", None),
}


def run():
    """Measure each step of a first installation in seconds of the processor, beside it by the clock."""
    for name, (command, limit) in STEPS.items():
        began = time.monotonic()
        seconds = processor(lambda command=command: _call(command)) / 1000
        note = f"{time.monotonic() - began:.0f} s by the clock"
        yield Figure(name, seconds, "s", limit=limit, note=note)


def _call(command):
    call_command(command, verbosity=0, stdout=StringIO())
