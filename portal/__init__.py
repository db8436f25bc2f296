"""The Django project package, and the ground floor of the portal."""

# Celery's shared tasks bind to this application as soon as Django is set up.
from .celery import app as celery_app

__all__ = ["celery_app"]
