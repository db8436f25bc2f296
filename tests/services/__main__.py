"""Run a command with DATABASE_URL and REDIS_URL of servers that live as long as it does.

Usage: python -m tests.services COMMAND [ARGUMENT ...]
"""

import os
import signal
import subprocess
import sys

from tests.services.servers import postgres, redis_server


def run(command):
    """Start the servers, run `command`, stop everything; returns the command's exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print("Starting PostgreSQL and Redis ...", flush=True)
    with postgres() as database_url, redis_server() as redis_url:
        environment = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
        process = subprocess.Popen(command, env=environment)
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            return 130


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
