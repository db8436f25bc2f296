"""The database of the tests: migrated and installed (`manage.py set_up`) once a run, then copied for each process.

Migrating takes some ten seconds of a processor and installing half a second; a copy takes a tenth. So every test
begins with the portal as an office finds it on its first day, and undoes only what it does itself.
"""

import fcntl
import gc
import sqlite3
from contextlib import closing, contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases

INSTALLED = "test_installed"
in_use = []  # the database of this process, and what lets one reach it


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory, worker_id):
    """Give this process a copy of the installed database, for as long as its tests run."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent  # what the processes of one run share
    database = (_Memory if connection.vendor == "sqlite" else _Server)(folder, worker_id)
    with django_db_blocker.unblock(), _one_at_a_time(folder / "installing"):
        if not (folder / "installed").exists():
            _install(database)
            (folder / "installed").touch()
        database.copy()
    in_use.append((database, django_db_blocker))
    yield
    in_use.clear()
    with django_db_blocker.unblock():
        database.remove()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """Copy the installed database once more after a test that really commits, for in the end it empties every table."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames:
        for database, blocker in in_use:
            with blocker.unblock():
                database.copy()
    return result


@contextmanager
def filled_from(file):
    """Let the tests within work on a copy of another SQLite database, instead of the installed one."""
    [(database, blocker)] = in_use
    with blocker.unblock():
        _fill(file)
    yield
    with blocker.unblock():
        database.copy()


@contextmanager
def _one_at_a_time(path):
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(database):
    connection.settings_dict["TEST"]["NAME"] = str(database.installed)
    setup_databases(verbosity=0, interactive=False, aliases=["default"])
    call_command("set_up", without_account=True, stdout=StringIO())
    connection.close()
    gc.collect()  # what the migrations leave behind would stay in memory for long


def _point_to(name):
    connection.close()
    connection.settings_dict["NAME"] = name


def _fill(file):
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as source:
        source.backup(connection.connection)


class _Memory:
    """SQLite: installed in a file, copied into the memory of the process."""

    def __init__(self, folder, worker):
        self.installed = folder / f"{INSTALLED}.sqlite3"
        self.name = f"file:test_{worker}?mode=memory&cache=shared"

    def copy(self):
        _point_to(self.name)
        _fill(self.installed)

    def remove(self):
        """Nothing to do: it goes with the process."""


class _Server:
    """PostgreSQL: the installed database is the template of the others."""

    def __init__(self, folder, worker):
        self.installed = INSTALLED
        self.name = f"test_{worker}"
        self.kept = connection.settings_dict["NAME"]

    def copy(self):
        self.remove()
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.installed}"')
        _point_to(self.name)

    def remove(self):
        _point_to(self.kept)
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
