"""What follows when something is published, and when an entry moves."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from portal.lifecycle.door import carried_out

from .freezing import freeze
from .models import Entry, EntryEvent, FormDefinition
from .telling import tell


@receiver(published, sender=FormDefinition)
def freeze_published(instance: FormDefinition, revision: Any = None, **_kwargs: Any) -> None:
    """Freeze the definition's live content; the same content again changes nothing."""
    freeze(instance, actor=revision.user if revision else None)


@receiver(carried_out, sender=Entry)
def tell_people(subject: Entry, event: EntryEvent, **_kwargs: Any) -> None:
    """Tell everybody whose turn it is, and who waits."""
    tell(subject, event)
