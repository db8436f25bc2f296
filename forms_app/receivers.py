"""What follows when something is published, and when an entry moves."""

from datetime import datetime
from typing import Any

from django.db.models import Min, Q
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Revision
from wagtail.signals import published

from portal.cms.models.workflow import register_bar
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
    Method,
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


def scores_would_change(revision: Revision) -> str:
    """Return why a call cannot be approved: scoring has begun since by another rubric, or another way; "" where it has not."""
    if revision.content_type.model_class() is not CallPage:
        return ""
    changed = revision.as_object().changed_under_scores()
    if not changed:
        return ""
    named = {
        "method": lambda before: _("评审方式改回“%(before)s”") % {"before": Method(before).label},
        "rubric": lambda before: (
            _("评分标准改回“%(before)s”") % {"before": before} if before else _("评分标准改回不选")
        ),
    }
    return _(
        "已经有专家按原来的打分，这一稿换了评审方式或评分标准，不能通过。请退回，请编写人把%(what)s；要换请另发一份通知。"
    ) % {"what": "、".join(named[name](before) for name, before in changed.items())}


register_bar(scores_would_change)


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
