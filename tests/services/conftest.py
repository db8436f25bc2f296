"""What the tests of this folder use: processes that work on the test's own database."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.processes import running


@pytest.fixture
def start_process(transactional_db, tmp_path):
    """Return a context manager that runs `python -m ARGUMENTS…` on the database, Redis and files of this test.

    Keyword arguments are further environment variables. Mail goes to files in `tmp_path / "mail"` unless EMAIL_URL says
    otherwise.
    """

    def start(*arguments, **environment):
        server = urlsplit(os.environ["DATABASE_URL"])
        folder = server.path.rsplit("/", 1)[0]
        environment = {
            "DATABASE_URL": f"postgres://{server.netloc}{folder}/{connection.settings_dict['NAME']}",
            "REDIS_URL": settings.REDIS_URL,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
            "VAR_DIR": str(tmp_path),
            "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}",
            **environment,
        }
        return running(*arguments, environment=environment)

    return start


@pytest.fixture
def worker(start_process):
    """A running Celery worker with the schedule inside."""
    with start_process(
        "celery", "-A", "portal", "worker", "--beat", "--pool", "threads", "--loglevel", "warning"
    ) as process:
        yield process


@pytest.fixture(autouse=True)
def _servers_are_there():
    if not settings.REDIS_URL or connection.vendor != "postgresql":
        pytest.fail(
            "These tests need PostgreSQL and Redis: run make test, or python -m tests.services pytest …"
        )
