"""The settings of `make run`, open to Django's test client."""

from portal.settings.base import env
from portal.settings.dev import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if env.bool("BENCH_URLS", default=False):
    ROOT_URLCONF = "bench.urls"
