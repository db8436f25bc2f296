"""What the clock does for forms that are being filled in."""

from celery import shared_task

from .entries import uploading


@shared_task
def clean_up_filling() -> None:
    """Remove uploads that nobody finishes."""
    uploading.forget_old()
