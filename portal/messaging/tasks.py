"""What the worker does for the messages and for the portal's pulse."""

from celery import shared_task
from celery.signals import worker_ready

from portal.messaging import jobs
from portal.messaging.delivery import sweep
from portal.messaging.models import Heartbeat


@shared_task
def deliver_messages():
    """Deliver every message that is due."""
    sweep()


@shared_task
def run_jobs():
    """Run the background jobs that wait."""
    jobs.sweep()


@shared_task
def clear_jobs():
    """Remove the jobs whose files nobody may fetch any more."""
    jobs.clear()


@shared_task
def beat_heart():
    """Show that schedule, broker, worker and database work together; /health/ready looks at it."""
    Heartbeat.beat()


@worker_ready.connect
def beat_heart_at_start(**kwargs):
    """Let the portal be ready as soon as a worker is, not a minute later."""
    beat_heart.delay()
