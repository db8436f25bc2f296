"""The Celery application: work in the background, and what happens by the clock.

With a broker (Redis) any number of workers run beside exactly one `celery -A portal beat`. Without one there is a single
worker process on a single machine, and the schedule is a thread inside it: tasks of another process would never arrive.
"""

import os

from celery import Celery
from celery.beat import EmbeddedService
from celery.signals import worker_ready, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def run_schedule_in_the_worker(sender, **kwargs):
    """Start the schedule as a thread of this worker when there is no broker; it ends with the worker."""
    if not sender.app.conf.broker_url.startswith("memory://"):
        return
    schedule = EmbeddedService(sender.app, thread=True)
    schedule.start()
    worker_shutting_down.connect(lambda **kwargs: schedule.stop(), weak=False)
