"""Many officers who save their drafts over HTTP, and the web server they save to: real processes, for tests and benchmarks."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from portal.merging import fingerprint
from portal.messaging.management.commands.run_portal import commands
from portal.workspace import keeping
from tests.factories.answers import complete_application_answers, default_schema, posted
from tests.factories.forms import CallFactory, draft, form_with
from tests.factories.units import UnitFactory
from tests.services.servers import free_port

TOKEN = "t" * 32  # a csrf secret: the cookie and the header say the same
GIVES_UP_AFTER = 30  # seconds
STARTS_WITHIN = 180  # seconds; on a machine in idle it takes three


@dataclass
class Officer:
    """One officer with his draft and his session; what he sent last and what the server said is saved."""

    entry: int
    address: str
    cookie: str
    data: dict
    number: int = 0
    acknowledged: int = 0
    on_its_way: int = 0
    seen: str = ""
    page: str = field(default_factory=lambda: f"{random.getrandbits(48):x}")

    def words(self, number):
        """Return what stands in the form at the save of a number."""
        return f"第{number}次保存：每周二、四清晨，教职工在操场东侧一起练太极。"

    def save(self, port):
        """Change a field, save, and note what was acknowledged.

        Returns (status, seconds); status 0 means that the server did not answer.
        """
        self.number += 1
        self.on_its_way = self.number
        body = urlencode(
            {**self.data, "f-goals": self.words(self.number), "seen": self.seen, "page": self.page},
            doseq=True,
        )
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVES_UP_AFTER)
        try:
            connection.request("POST", self.address, body, headers)
            answer = connection.getresponse()
            told = json.loads(answer.read()) if answer.status == 200 else {}
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return 0, time.perf_counter() - started
        finally:
            connection.close()
        if answer.status == 200:
            self.acknowledged, self.seen = self.number, told["seen"]
        return answer.status, time.perf_counter() - started

    def kept(self, answers):
        """Whether stored answers hold the last acknowledged save, if there was one, or what was on its way after it."""
        if not self.acknowledged:
            return True
        numbers = {self.acknowledged, *range(self.acknowledged + 1, self.on_its_way + 1)}
        return answers.get("goals") in {self.words(number) for number in numbers}


def officers(count):
    """Return officers of as many units, each with a complete draft of the default form and a session."""
    schema = default_schema("application")
    call = CallFactory(form=form_with(schema))
    answers = complete_application_answers()
    data = dict(posted(schema, answers).lists())
    return [_officer(call, answers, data) for _ in range(count)]


def _officer(call, answers, data):
    entry = draft(call=call, unit=UnitFactory(), answers=answers)
    user = entry.created_by
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return Officer(
        entry.pk,
        reverse("forms_app:autosave", args=[entry.pk]),
        f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        {**data, keeping.WHOSE: keeping.mark_of(user), "save_count": str(entry.save_count)},
        seen=fingerprint(entry.answers),
    )


@contextmanager
def web_server(**environment):
    """Run the very web server of `make run` on a free port; yields (process, port) once it answers."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "SECRET_KEY": settings.SECRET_KEY,
        "PORT": str(port),
        **environment,
    }
    process = subprocess.Popen(
        commands(port)["gunicorn"], env=environment, start_new_session=True, stderr=sys.stderr
    )
    try:
        _wait_until_it_answers(port)
        yield process, port
    finally:
        kill(process)


def kill(process):
    """Kill a process and all it has started, as a power cut or the out-of-memory killer would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@dataclass
class Tally:
    """What came of many saves: seconds of each that was acknowledged, and the count of each other status."""

    seconds: list[float] = field(default_factory=list)
    errors: dict[int, int] = field(default_factory=dict)


def save_for(people, port, *, seconds, every):
    """Let all save at once, each every so many seconds, beginning at a moment of his own; return the Tally."""
    tally, lock = Tally(), threading.Lock()
    until = time.monotonic() + seconds

    def work(one):
        time.sleep(random.uniform(0, every))
        while time.monotonic() < until:
            began = time.monotonic()
            status, took = one.save(port)
            with lock:
                if status == 200:
                    tally.seconds.append(took)
                else:
                    tally.errors[status] = tally.errors.get(status, 0) + 1
            if status == 0 and every < 1:
                return
            time.sleep(max(0, every - (time.monotonic() - began)))

    threads = [threading.Thread(target=work, args=[one]) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def _wait_until_it_answers(port):
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            connection.getresponse()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        finally:
            connection.close()
