"""What monitors and load balancers ask: is this process alive, and is the portal able to work?

The answers name no address, no version and no error text; what went wrong stands in the log.
"""

import logging
import uuid
from datetime import timedelta

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.messaging.models import Heartbeat

logger = logging.getLogger(__name__)

# A worker writes its heartbeat each minute; three missed ones mean that nothing is delivered any more.
HEARTBEAT_LIMIT = timedelta(minutes=3)


class NotReady(Exception):
    """A check came to an answer, and the answer is no."""


@never_cache
@require_safe
def live(request):
    """Answer 200 as long as this process answers at all; touches nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request):
    """Answer 200 when every check passes, otherwise 503; either way with each check's result as JSON."""
    results = {name: _passes(name, check) for name, check in CHECKS.items()}
    good = all(results.values())
    checks = {name: "ok" if passed else "failed" for name, passed in results.items()}
    return JsonResponse(
        {"status": "ok" if good else "failed", "checks": checks}, status=200 if good else 503
    )


def _passes(name, check):
    try:
        check()
    except NotReady as reason:
        logger.warning("health check %s failed: %s", name, reason)
        return False
    except Exception:  # noqa: BLE001 - whatever a service throws, the answer is that it does not work
        logger.exception("health check %s came to no answer", name)
        return False
    return True


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("migrations are waiting to be applied")


def _cache():
    key = f"health-{uuid.uuid4().hex}"
    cache.set(key, "here", timeout=10)
    if cache.get(key) != "here":
        raise NotReady("the cache does not keep what it is given")
    cache.delete(key)


def _storage():
    for alias in ("default", "private"):
        storage = storages[alias]
        storage.delete(storage.save(f"health/{uuid.uuid4().hex}.txt", ContentFile(b"here")))


def _worker():
    last = Heartbeat.objects.values_list("at", flat=True).first()
    if last is None or timezone.now() - last > HEARTBEAT_LIMIT:
        raise NotReady(f"the last heartbeat of a worker was at {last}")


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "storage": _storage,
    "worker": _worker,
}
