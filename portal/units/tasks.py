"""What the clock does about accounts."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

# Who comes back within this time is told why he has to sign in again (`middleware.idle_notice`).
KEPT_AFTERWARDS = timedelta(days=7)


@shared_task
def clear_sessions() -> int:
    """Remove the sessions that ended a week ago. Returns how many rows went, so it bears being run twice."""
    ended = Session.objects.filter(expire_date__lt=timezone.now() - KEPT_AFTERWARDS)
    return ended.delete()[0]
