"""Settings of the test runs: fast hashing, mail kept in memory, private files in a folder of their own."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import CONTENT_SECURITY_POLICY, STORAGES  # noqa: F401

SECRET_KEY = "tests-only-not-a-secret"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_FILES = Path(tempfile.mkdtemp(prefix="portal-tests-"))
MEDIA_ROOT = _FILES / "media"
PRIVATE_ROOT = _FILES / "private"
