"""Bring one machine up to date and serve the portal on it: one web server, one worker process."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from io import StringIO

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from portal.units.set_up import first_account

DEMO_PASSWORD = "demo-2026-brand"
DEMO_ACCOUNTS = [
    ("office", "校工会办公室 school union office"),
    ("reviewer1 reviewer2 reviewer3", "初审 复审 终审 page review"),
    ("expert1 … expert7", "评审专家 experts"),
    ("officer chair party", "一个学院的经办人、主席、党组织 a college"),
    ("officer2 chair2 party2", "另一个学院 another college"),
    ("officer3 chair3 party3", "一个社团 an association"),
    ("officer4 chair4 party4", "今年已经立项的学院 a college with a running project"),
    ("auditor", "只看不改 reads all, changes nothing"),
    ("admin", "系统管理员 superuser"),
]
STOP_WITHIN = 20  # seconds that a process gets to finish what it has begun


class Command(BaseCommand):
    """Migrate, set up, collect files, then run gunicorn and a Celery worker until one ends or Ctrl-C comes.

    When one of the two dies the other is stopped too and the command ends with an error: a portal that serves pages and
    delivers nothing must not look healthy, and restarting is the work of the machine's service manager.
    """

    help = (
        "Serve the portal on one machine: prepares everything, then runs a web server and a worker."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo", action="store_true", help="load the demo, unless the database holds real data"
        )

    def handle(self, *args, demo, **options):
        refuse_taken_port(settings.PORT)
        # Set for both: a shell that starts this in the background has switched SIGINT off.
        signal.signal(signal.SIGINT, interrupt)
        signal.signal(signal.SIGTERM, interrupt)
        try:
            self.prepare(demo=demo)
            self.tell_addresses(demo=demo)
            self.serve()
        except KeyboardInterrupt:
            self.stdout.write("已停止 Stopped.")

    def prepare(self, *, demo):
        """Bring database and collected files to the state of the code; every step can be run again."""
        with self.step("数据库 Database"):
            call_command("migrate", interactive=False, verbosity=0)
        with self.step("基础设置 First installation"):
            call_command("set_up", without_account=True, stdout=StringIO())
        if demo:
            # Asked each time, so that a load that was interrupted goes on; it tells its own progress.
            call_command("load_demo", unless_real=True, stdout=self.stdout)
        with self.step("静态文件 Static files"):
            call_command("collectstatic", interactive=False, verbosity=0)

    @contextmanager
    def step(self, title):
        """Say what begins and, when it is done, how many seconds it took."""
        self.stdout.write(f"{title} …", ending=" ")
        self.stdout.flush()
        started = time.monotonic()
        yield
        self.stdout.write(f"{time.monotonic() - started:.1f} s")

    def tell_addresses(self, *, demo):
        """Print where to look and, for the demo, who can sign in."""
        address = f"http://127.0.0.1:{settings.PORT}"
        lines = [
            "",
            f"门户 Portal          {address}/",
            f"我的工作 My work     {address}/my/",
            f"专家评审 Review      {address}/review/",
            f"管理后台 Office      {address}/admin/",
        ]
        if demo:
            lines += ["", f"演示账号 Demo accounts, 密码 password: {DEMO_PASSWORD}"]
            lines += [f"  {names:<31} {meaning}" for names, meaning in DEMO_ACCOUNTS]
        else:
            lines += ["", first_account()]
        lines += ["", "按 Ctrl-C 停止 Press Ctrl-C to stop.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def serve(self):
        """Run both processes until one ends, then stop the other.

        Raises CommandError when a process ended by itself.
        """
        processes = {}
        try:
            # Sessions of their own: Ctrl-C reaches this process alone, which then stops them in good order.
            for name, command in commands(settings.PORT).items():
                processes[name] = subprocess.Popen(command, start_new_session=True)
            while all(process.poll() is None for process in processes.values()):
                time.sleep(0.5)
            ended = next(name for name, process in processes.items() if process.poll() is not None)
            raise CommandError(
                f"{ended} 已退出，门户停止。 {ended} has ended (exit code {processes[ended].returncode}); "
                "the portal stops. Its last lines stand above."
            )
        finally:
            signal.signal(
                signal.SIGINT, signal.SIG_IGN
            )  # an impatient second Ctrl-C must leave nobody behind
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            stop(processes.values())


def interrupt(*args):
    """Turn a stop signal into what Ctrl-C raises."""
    raise KeyboardInterrupt


def commands(port):
    """Return the two command lines by name; `port` is where the web server listens."""
    web = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    # Preloaded: both processes share one copy of the code in memory, and it is read once.
    web += ["--workers", "2", "--threads", "4", "--preload"]
    # No header of a sender's says where the portal is mounted (gunicorn would take SCRIPT_NAME from this machine's proxy).
    web += ["--log-level", "warning", "--no-control-socket", "--forwarder-headers", ""]
    worker = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "portal",
        "worker",
        "--pool",
        "threads",
    ]
    worker += [
        "--concurrency",
        "2",
        "--loglevel",
        "warning",
        "--without-mingle",
        "--without-gossip",
    ]
    if not settings.CELERY_BROKER_URL.startswith("memory://"):
        worker += ["--beat"]
    return {"gunicorn": web, "celery": worker}


def stop(processes):
    """Ask every process to end, and end what has not ended after STOP_WITHIN seconds."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    for process in processes:
        try:
            process.wait(timeout=max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def refuse_taken_port(port):
    """Raise CommandError when another program listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"端口 {port} 已被占用，请换一个。 Port {port} is in use; choose another: make run PORT={port + 1}"
            ) from error
