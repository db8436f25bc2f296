"""What happens to pages by the clock."""

from celery import shared_task
from django.core.management import call_command

from .moderation.doors import hold_barred, take_off_expired


@shared_task
def publish_scheduled() -> None:
    """Let approved revisions go live and live pages expire when their time has come."""
    take_off_expired()
    hold_barred()
    call_command("publish_scheduled")
