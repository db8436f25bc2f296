"""The settings of `make run`, with the tests' clock and quick password hashing."""

from portal.settings.dev import *  # noqa: F403
from portal.settings.dev import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.e2e"]
MIDDLEWARE = ["tests.e2e.clock.Middleware", *MIDDLEWARE]
ROOT_URLCONF = "tests.e2e.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
