"""`make run`: the first start on a loaded database and the second, the first requests after it, the memory of its processes."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection

from bench import Figure
from bench.processes import family_of, is_readable, megabytes_of, seconds_of

FIRST_REQUEST = 3000  # ms by the clock
SECOND_START = 15  # s of the processor
EACH = 250  # MB of one process
PAGES = ("/", "/brands/", "/accounts/login/")
WARM = 40  # requests, so that every thread of both web processes has rendered


def run():
    """Measure starts in seconds, requests in ms by the clock, memory in MB; nothing but times where there is no /proc."""
    with _portal() as (begun, ready, _pid, _port):
        yield Figure("start with static files to collect", ready, "s", note=begun)
    with _portal() as (begun, ready, pid, port):
        yield Figure("second start", ready, "s", limit=SECOND_START, note=begun)
        first = _asked(port, PAGES[0])
        yield Figure("first request, /", first, "ms clock", limit=FIRST_REQUEST)
        for path in PAGES[1:]:
            yield Figure(f"first request of {path}, warm process", _asked(port, path), "ms clock")
        for _ in range(WARM):
            for path in PAGES:
                _asked(port, path)
        yield Figure("next request, /", _asked(port, PAGES[0]), "ms clock")
        if is_readable():
            yield from _memory(pid)


def _memory(pid):
    found = {"the command itself": [], "gunicorn": [], "celery": []}
    for one, command in family_of(pid).items():
        name = next((name for name in found if f"-m {name} " in command), "the command itself")
        found[name].append(megabytes_of(one))
    for name, sizes in found.items():
        note = "each: " + ", ".join(f"{size:.0f}" for size in sizes)
        yield Figure(f"memory, {name}", sum(sizes), "MB", limit=EACH * len(sizes), note=note)


@contextmanager
def _portal():
    """Run the command behind `make run`; yields (words, seconds of the processor until it answered, pid, port).

    Seconds are by the clock where the system does not tell.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "PORT": str(port)}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_portal", "--demo"],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(process, port)
        clock = time.monotonic() - began
        taken = seconds_of(process.pid) if is_readable() else clock
        yield f"{clock:.0f} s by the clock", taken, process.pid, port
    finally:
        process.terminate()
        process.wait()


def _wait_for(process, port):
    while process.poll() is None:
        try:
            _asked(port, "/health/live")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the portal ended with {process.returncode}")


def _asked(port, path):
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return (time.perf_counter() - began) * 1000
