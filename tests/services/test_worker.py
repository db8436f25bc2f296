"""A real worker on a real broker keeps the portal's pulse."""

import time

import pytest

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_a_running_worker_makes_the_portal_ready(client, worker):
    deadline = time.monotonic() + 60
    while client.get("/health/ready").status_code != 200 and time.monotonic() < deadline:
        assert worker.poll() is None, "the worker has ended"
        time.sleep(0.5)

    assert client.get("/health/ready").json()["checks"]["worker"] == "ok"
