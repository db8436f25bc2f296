"""Officers who all save at once, over HTTP to the web server of `make run`: rates, waiting times, errors, lost saves.

Environment: BENCH_SECONDS (120) how long, BENCH_OFFICERS ("30,200") how many on SQLite and on PostgreSQL; 0 leaves one out.
"""

import io
import json
import os
import subprocess
import sys
import tempfile

from bench import Figure

EVERY = 10  # seconds between two saves of one officer
SECONDS = int(os.environ.get("BENCH_SECONDS", "120"))
ON_SQLITE, ON_POSTGRES = map(int, os.environ.get("BENCH_OFFICERS", "30,200").split(","))
SLOWEST = 2000  # ms of the 99th percentile; somebody who types does not notice it


def run():
    """Measure both databases, each in a process of its own: Django is bound to one database."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-saving-") as folder:
        if ON_SQLITE:
            url = f"sqlite:///{folder}/portal.sqlite3"
            yield from _measured("SQLite", ON_SQLITE, url, folder)
        if ON_POSTGRES:
            from tests.services.servers import postgres

            with postgres() as url:
                yield from _measured("PostgreSQL", ON_POSTGRES, url, folder)


def _measured(name, count, url, folder):
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }
    command = [sys.executable, "-m", "bench.saving", str(count)]
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    found = json.loads(answer.stdout.splitlines()[-1])
    title = f"{count} officers on {name}"
    return [
        Figure(f"{title}: saves per second", found["rate"], "/s"),
        Figure(f"{title}: median", found["p50"], "ms"),
        Figure(f"{title}: 95 %", found["p95"], "ms"),
        Figure(f"{title}: 99 %", found["p99"], "ms", limit=SLOWEST),
        Figure(f"{title}: slowest", found["slowest"], "ms"),
        Figure(f"{title}: errors", found["errors"], "saves", limit=0),
        Figure(f"{title}: lost saves", found["lost"], "saves", limit=0),
    ]


def _measure(count):
    """Migrate, make the officers, let them save, read back; print the figures as JSON on the last line."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("set_up", without_account=True, stdout=io.StringIO())
    from forms_app.models import Entry
    from tests.services import officers as crowd

    people = crowd.officers(count)
    with crowd.web_server() as (_process, port):
        tally = crowd.save_for(people, port, seconds=SECONDS, every=EVERY)
    answers = dict(
        Entry.objects.filter(pk__in=[one.entry for one in people]).values_list("pk", "answers")
    )
    times = sorted(tally.seconds)
    figures = {
        "rate": len(times) / SECONDS,
        **{f"p{share}": _share(times, share) for share in (50, 95, 99)},
        "slowest": times[-1] * 1000,
        "errors": sum(tally.errors.values()),
        "lost": sum(not one.kept(answers[one.entry]) for one in people),
    }
    print(f"{len(times)} saves, errors by status: {tally.errors}", file=sys.stderr)
    print(json.dumps(figures))


def _share(times, share):
    return times[min(len(times) - 1, len(times) * share // 100)] * 1000


if __name__ == "__main__":
    _measure(int(sys.argv[1]))
