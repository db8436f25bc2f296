"""What follows when something is published, and when an entry moves."""

from datetime import datetime
from typing import Any

from django.db.models import Min, Q
from django.dispatch import receiver
from wagtail.signals import published

from portal.cms.page_cache import register_clock, register_public
from portal.lifecycle.door import carried_out

from .definitions.freezing import freeze
from .models import (
    CalendarDay,
    CallPage,
    Category,
    Decision,
    Entry,
    EntryEvent,
    FormDefinition,
    ProgrammeYear,
    PublicNotice,
)
from .telling import settle_asked, tell


@receiver(published, sender=FormDefinition)
def freeze_published(instance: FormDefinition, revision: Any = None, **_kwargs: Any) -> None:
    """Freeze the definition's live content; the same content again changes nothing."""
    freeze(instance, actor=revision.user if revision else None)


@receiver(carried_out, sender=Entry)
def tell_people(subject: Entry, event: EntryEvent, **_kwargs: Any) -> None:
    """Tell everybody whose turn it is, and who waits; what was asked before is no longer unread."""
    settle_asked(subject, event)
    tell(subject, event)


@register_clock
def next_call_opens_or_closes(now: datetime) -> datetime | None:
    """Return when public pages change because a call opens or closes (one query)."""
    calls = CallPage.objects.live()
    moments = calls.aggregate(
        opens=Min("opens_at", filter=Q(opens_at__gt=now)),
        closes=Min("closes_at", filter=Q(closes_at__gte=now)),
    )
    found = [moment for moment in moments.values() if moment]
    return min(found) if found else None


register_public(CalendarDay, Category, Decision, ProgrammeYear, PublicNotice)
