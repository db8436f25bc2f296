"""Tests against a real PostgreSQL, Redis and Celery worker; `python -m tests.services COMMAND` starts the servers."""
