"""What an installation relies on: locks, migrations, production settings, the schedule."""

import os
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.celery import app
from tests.tidiness.files import APPS, ROOT, project_files, read


@pytest.mark.parametrize("name", ["runtime", "s3", "opensearch", "dev"])
def test_every_wanted_package_is_locked_by_hash(name):
    wanted = re.findall(
        r"^([A-Za-z0-9][A-Za-z0-9-]*)", read(f"requirements/{name}.in"), re.MULTILINE
    )
    lock = read(f"requirements/{name}.txt")
    pinned = re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==", lock, re.MULTILINE)

    assert {package.lower() for package in wanted} <= set(pinned)
    assert "://" not in lock


def test_development_lock_holds_the_versions_of_the_runtime_lock():
    pins = re.compile(r"^(\S+==\S+)", re.MULTILINE)

    assert set(pins.findall(read("requirements/runtime.txt"))) <= set(
        pins.findall(read("requirements/dev.txt"))
    )


def test_what_opensearch_needs_does_not_quarrel_with_the_runtime_lock():
    pins = re.compile(r"^(\S+)==(\S+)", re.MULTILINE)
    runtime = dict(pins.findall(read("requirements/runtime.txt")))

    added = dict(pins.findall(read("requirements/opensearch.txt")))

    assert {name: version for name, version in added.items() if name in runtime} == {
        name: runtime[name] for name in added if name in runtime
    }


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_migration_can_be_taken_back():
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in APPS}
    one_way = [
        f"{migration.app_label}.{migration.name}: {operation.describe()}"
        for (label, _), migration in loader.disk_migrations.items()
        if label in ours
        for operation in migration.operations
        if not operation.reversible
    ]

    assert one_way == []


def test_production_settings_are_safe():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "a-long-value-for-this-test-only-" * 3,
        "ALLOWED_HOSTS": "brand.example.edu.cn",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr


def test_the_document_tells_every_setting_of_the_environment():
    asked = {
        name
        for path in project_files(".py", below="portal/settings")
        for name in re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", read(path))
    }
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/operations.md"), re.MULTILINE))

    assert told - asked == {"DJANGO_SETTINGS_MODULE"}
    assert asked - told == set()


def test_in_production_the_client_is_told_from_the_server_in_front():
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "a-long-value-for-this-test-only-" * 3,
        "ALLOWED_HOSTS": "brand.example.edu.cn",
    }
    environment.pop("TRUSTED_PROXY_COUNT", None)
    ask = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    result = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert result.stdout.strip() == "1", result.stderr


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_tick_that_waits_for_the_worker_until_the_next_one_is_dropped():
    waits = {
        name: (entry["schedule"], entry["options"]["expires"])
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items()
    }

    assert {name for name, (every, expires) in waits.items() if expires > every} == set()
