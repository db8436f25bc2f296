"""The WSGI entry point of the portal."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
application = get_wsgi_application()

# Reads all addresses with the views behind them: before the first visitor comes, and before a preloading server forks, so that
# its processes share them.
resolve("/health/live")
