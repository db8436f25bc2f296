"""What the clock does for the shell of /my/."""

from celery import shared_task

from . import presence


@shared_task
def forget_presence() -> None:
    """Remove who was where yesterday."""
    presence.forgotten().delete()
