"""What the clock does for forms that are being filled in."""

from celery import shared_task

from .entries import presence, uploading


@shared_task
def clean_up_filling() -> None:
    """Remove uploads that nobody finishes, and who was where yesterday."""
    uploading.forget_old()
    presence.forgotten().delete()
