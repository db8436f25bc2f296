"""A part of the benchmarks on PostgreSQL, in a process of its own: Django is bound to one database."""

import importlib
import io
import json
import os
import subprocess
import sys
from dataclasses import asdict

from bench import Figure


def figures_of(part):
    """Return what the function `figures` of bench/<part>.py yields on an installed PostgreSQL that lives as long as this runs.

    Side effects: starts and stops the server; raises CalledProcessError where the part fails.
    """
    from tests.services.servers import postgres

    with postgres() as url:
        command = [sys.executable, "-m", "bench.on_postgres", part]
        environment = {**os.environ, "DATABASE_URL": url}
        answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return [Figure(**one) for one in json.loads(answer.stdout.splitlines()[-1])]


def _install_and_measure(part):
    """Print the figures as JSON on the last line."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("set_up", without_account=True, stdout=io.StringIO())
    found = importlib.import_module(f"bench.{part}").figures()
    print(json.dumps([asdict(figure) for figure in found]))


if __name__ == "__main__":
    _install_and_measure(sys.argv[1])
