"""What monitors are told."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from portal.messaging.models import Heartbeat


@pytest.fixture
def _worker(db):
    Heartbeat.beat()


def test_a_process_is_alive_without_any_database(client):
    answer = client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.usefixtures("_worker")
def test_portal_is_ready_when_everything_works(client):
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {
            "database": "ok",
            "migrations": "ok",
            "cache": "ok",
            "storage": "ok",
            "worker": "ok",
        },
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_portal_is_not_ready_before_a_worker_ran(client):
    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == "failed"
    assert answer.json()["checks"]["database"] == "ok"


@pytest.mark.usefixtures("_worker")
@pytest.mark.parametrize(("minutes", "status"), [(2, 200), (4, 503)])
def test_a_worker_may_miss_three_heartbeats(client, minutes, status):
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert client.get("/health/ready").status_code == status


@pytest.mark.usefixtures("_worker")
def test_a_failing_service_is_told_without_its_error(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"]["cache"] == "failed"
    assert set(answer.json()["checks"].values()) <= {"ok", "failed"}


@pytest.mark.usefixtures("_worker")
def test_the_checks_leave_nothing_behind(client):
    client.get("/health/ready")

    for alias in ("default", "private"):
        assert storages[alias].listdir("health")[1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code in {200, 503}


@pytest.mark.django_db
def test_there_is_one_heartbeat_however_often_it_beats():
    Heartbeat.beat()
    Heartbeat.beat()

    assert Heartbeat.objects.count() == 1
