"""Settings of the test runs: fast hashing, mail kept in memory, private files in a folder of their own."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CACHES, REDIS_URL, STORAGES

PAGE_CACHE = (
    False  # its own tests switch it on; in the transaction of a test nothing is ever committed
)
PAGE_CACHE_FILE = ""
SECRET_KEY = "tests-only-not-a-secret"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of initial passwords
]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if REDIS_URL:
    # Tests run side by side; each process keeps to a Redis database of its own.
    REDIS_URL = f"{REDIS_URL}/{os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')}"
    CACHES["default"]["LOCATION"] = REDIS_URL
    CELERY_BROKER_URL = REDIS_URL
else:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILES = Path(tempfile.mkdtemp(prefix="portal-tests-"))  # removed by tests/conftest.py
STATIC_ROOT = FILES / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = FILES / "media"
PRIVATE_ROOT = FILES / "private"
