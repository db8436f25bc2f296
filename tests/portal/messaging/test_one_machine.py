"""The portal on one machine without a broker: SQLite, and one worker that carries the schedule."""

import shutil

import pytest
from django.db import connection

from tests.database import INSTALLED
from tests.mail_server import mail_server  # noqa: F401 - a fixture
from tests.processes import running


@pytest.fixture
def one_machine(django_db_setup, tmp_path, tmp_path_factory, worker_id, settings):
    """The environment of such a machine, on its first day."""
    if connection.vendor != "sqlite":
        pytest.fail("This test begins with the SQLite database that the run has installed.")
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    shutil.copy(folder / f"{INSTALLED}.sqlite3", tmp_path / "portal.sqlite3")
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "REDIS_URL": "",
        "CELERY_BROKER_URL": "memory://localhost",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
        "VAR_DIR": str(tmp_path),
    }


def test_without_a_broker_one_worker_with_its_schedule_delivers(one_machine, mail_server):  # noqa: F811
    one_machine["EMAIL_URL"] = mail_server.url
    step = "from tests.factories.forms import entry_in; entry_in('awaiting_chair')"
    worker = ("celery", "-A", "portal", "worker", "--pool", "threads", "--loglevel", "error")
    with running(*worker, environment=one_machine) as working:
        with running("django", "shell", "--command", step, environment=one_machine) as web:
            assert web.wait(timeout=120) == 0

        assert mail_server.has_text.wait(15), "nothing was delivered within 15 seconds"
        assert working.poll() is None

    assert len(mail_server.received) == 1
