"""A clock that the tests move and the processes of the portal under test follow.

The tests write how far the clock is ahead, in seconds, into the file that TEST_CLOCK_FILE names. A thread in each process
reads it several times a second, and a middleware before each request, so that a request never sees the old time. The clock
goes forward only: the schedule and signed-in sessions would not survive its going back.
"""

import datetime
import os
import threading
import time
from pathlib import Path

import time_machine

_lock = threading.Lock()
_ahead = 0.0
_travel = None


class Clock:
    """The tests' end of the clock."""

    def __init__(self, file):
        self.file = Path(file)
        self._write(datetime.timedelta())

    def now(self):
        """Return the moment that the portal under test takes for now (aware, UTC)."""
        return datetime.datetime.now(datetime.UTC) + self.ahead

    def forward(self, **duration):
        """Move the clock forward by a timedelta's arguments, for example `days=8`."""
        self._write(self.ahead + datetime.timedelta(**duration))

    def to(self, moment):
        """Move the clock forward to `moment` (aware).

        Raises ValueError when that lies in the portal's past.
        """
        step = moment - self.now()
        if step < datetime.timedelta():
            raise ValueError(f"{moment} has passed already; the clock goes forward only")
        self._write(self.ahead + step)

    def _write(self, ahead):
        self.ahead = ahead
        new = self.file.with_suffix(".new")
        new.write_text(str(ahead.total_seconds()))
        new.replace(self.file)


class Middleware:
    """Brings the process to the tests' time before it answers a request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request at the tests' time."""
        _catch_up()
        return self.get_response(request)


def follow():
    """Keep this process at the tests' time from now on, in a thread of its own."""
    _catch_up()

    def keep_following():
        while True:
            time.sleep(0.2)
            _catch_up()

    threading.Thread(target=keep_following, daemon=True, name="test clock").start()


def _catch_up():
    global _ahead, _travel
    ahead = float(Path(os.environ["TEST_CLOCK_FILE"]).read_text())
    with _lock:
        if ahead == _ahead:
            return
        if _travel:
            _travel.stop()
        moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=ahead)
        _travel = time_machine.travel(moment, tick=True)
        _travel.start()
        _ahead = ahead
