"""Whatever the server has said is saved is there after it was killed in the middle of saves."""

import json
import os
import sqlite3
import threading
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from forms_app.models import Entry
from tests.services.officers import kill, officers, save_for, web_server

ENOUGH = 30  # acknowledged saves before the kill


@pytest.fixture
def world(transactional_db, tmp_path):
    """Return officers with drafts, the environment of a server on their database, and what reads an entry's answers."""
    people = officers(6)
    environment = {"VAR_DIR": str(tmp_path), "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    if connection.vendor == "sqlite":
        # The tests' database lives in memory; the server gets it as the file it would have.
        path = tmp_path / "portal.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return people, {**environment, "DATABASE_URL": f"sqlite:///{path}"}, _reader_of(path)
    server = urlsplit(os.environ["DATABASE_URL"])
    folder = server.path.rsplit("/", 1)[0]
    url = f"postgres://{server.netloc}{folder}/{connection.settings_dict['NAME']}"
    return people, {**environment, "DATABASE_URL": url}, lambda pk: Entry.objects.get(pk=pk).answers


def _reader_of(path):
    def answers(pk):
        with sqlite3.connect(path) as database:
            [[found]] = database.execute("SELECT answers FROM forms_app_entry WHERE id = ?", [pk])
        return json.loads(found)

    return answers


def test_every_acknowledged_save_survives_kill_9(world):
    people, environment, answers_of = world
    with web_server(**environment) as (process, port):
        saving = threading.Thread(
            target=save_for, args=[people, port], kwargs={"seconds": 20, "every": 0.01}
        )
        saving.start()
        while sum(one.acknowledged for one in people) < ENOUGH and saving.is_alive():
            time.sleep(0.01)
        kill(process)
        saving.join()

    assert sum(one.acknowledged for one in people) >= ENOUGH
    assert any(one.on_its_way > one.acknowledged for one in people)
    assert [one.entry for one in people if not one.kept(answers_of(one.entry))] == []
