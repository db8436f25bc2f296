"""What the clock does for calls, and for forms that are being filled in."""

from celery import shared_task

from .entries import uploading
from .office import turns


@shared_task
def clean_up_filling() -> None:
    """Remove uploads that nobody finishes."""
    uploading.forget_old()


@shared_task
def tell_by_the_clock() -> None:
    """Tell people whose turn it has become with the hour or the day."""
    turns.tell_by_the_clock()
