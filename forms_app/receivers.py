"""What follows when something is published."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from .freezing import freeze
from .models import FormDefinition


@receiver(published, sender=FormDefinition)
def freeze_published(instance: FormDefinition, revision: Any = None, **_kwargs: Any) -> None:
    """Freeze the definition's live content; the same content again changes nothing."""
    freeze(instance, actor=revision.user if revision else None)
