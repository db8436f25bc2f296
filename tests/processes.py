"""Processes of the portal that a test starts and may kill."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager


@contextmanager
def running(*arguments, environment):
    """Run `python -m ARGUMENTS…` with these variables added to the environment, and end it with the block.

    The process gets a session of its own, so that a test may kill it together with what it started. It uses the settings
    of a developer's machine.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.dev", **environment},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
