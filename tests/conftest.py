"""What every test stands on: no network, one language, no mail and no cache entry from the test before."""

import gc
import shutil
import socket

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.database import django_db_setup, pytest_runtest_teardown  # noqa: F401 - a fixture, a hook
from tests.statements import Notes, chosen, forget, noted

LOOPBACK = ("127.0.0.1", "::1", "localhost")

# How long an example takes is no result: a busy machine would fail what is right.
hypothesis_settings.register_profile(
    "calm", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("calm")

# Modules and collected tests live as long as the process. Looking through all of them for garbage again and again takes an
# eighth of a run, so the collector sleeps while they come in, and then leaves them alone.
gc.disable()


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests to which a second database has nothing new to say",
    )
    parser.addoption(
        "--statements",
        metavar="FOLDER",
        help="note what each test asks of the database; with --database-only, go by these notes",
    )


def pytest_configure(config):
    """Note what the tests ask, where somebody wants to know."""
    folder = config.getoption("statements")
    if folder and not config.getoption("database_only"):
        if not hasattr(config, "workerinput"):
            forget(folder)
        config.pluginmanager.register(Notes(folder))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Choose and order: while one process installs the database, the other runs the tests that need none.

    With `--dist worksteal` the second of two processes begins in the middle of the list. Tests of the services wait for
    processes that they start: they come first, so that nobody waits for them in the end.
    """
    with_database = [item for item in items if _touches_database(item)]
    without = [item for item in items if not _touches_database(item)]
    if config.getoption("--database-only"):
        folder = config.getoption("statements")
        again = _again(with_database, noted(folder) if folder else {})
        config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
        items[:] = sorted(again, key=lambda item: not item.get_closest_marker("services"))
    else:
        middle = (len(items) + 1) // 2
        items[:] = with_database[:middle] + without + with_database[middle:]


def _again(items, notes):
    """Return the tests for the second database; without notes, all that do not say `once`."""
    items = [item for item in items if not item.get_closest_marker("once")]
    notes = {item.nodeid: notes[item.nodeid] for item in items if item.nodeid in notes}
    always = {item.nodeid for item in items if item.get_closest_marker("both")}
    choice = chosen(notes, always | {item.nodeid for item in items} - set(notes))
    return [item for item in items if item.nodeid in choice]


def pytest_collection_finish():
    """Begin to collect garbage, of what the tests make only."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 5)
    gc.enable()


def _touches_database(item):
    return item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        item.fixturenames
    )


def pytest_unconfigure():
    """Remove the files that the tests of this process uploaded."""
    shutil.rmtree(settings.FILES, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Refuse every connection that leaves this machine: the portal works without the internet, so do its tests."""
    connect = socket.socket.connect

    def connect_at_home(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise OSError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_at_home)
        yield


@pytest.fixture(autouse=True)
def speaks_chinese():
    """Begin each test in the language that users read."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """Begin each test with an empty cache; rate limits and stored pages live there."""
    cache.clear()


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):  # noqa: F811
    """Return a function that runs `make` now; what it writes lasts as long as the file's tests, which undo only their own."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()

    def make_once(make):
        with django_db_blocker.unblock():
            return make()

    yield make_once
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
