"""Public notice: who can object to what until when, and how an objection ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from forms_app import messages
from forms_app.models import (
    OPEN_OBJECTION,
    CallPage,
    Entry,
    EntryStatus,
    Objection,
    ObjectionStatus,
    PublicNotice,
)
from forms_app.permissions import may_handle
from forms_app.working_days import working_days_until
from portal.cms.models import NoticePage
from portal.lifecycle.door import Refused, carry_out
from portal.messaging.posting import post
from portal.units.models import Role, User
from portal.units.permissions import people_with

from .deciding import reopen


@dataclass(frozen=True)
class NoticeStanding:
    """How a public notice stands on a day.

    Attributes:
        runs: whether objections are taken.
        days_left: working days from that day to the last, both included; 0 once it has ended.
        is_last_day: whether that day is its last.
    """

    notice: PublicNotice
    runs: bool
    days_left: int
    is_last_day: bool


def standing_of(notice: PublicNotice, today: date) -> NoticeStanding:
    """Return how a public notice stands on a day (one query while it runs)."""
    runs = notice.starts_on <= today <= notice.ends_on
    left = working_days_until(today, notice.ends_on) if runs else 0
    return NoticeStanding(notice, runs, left, is_last_day=today == notice.ends_on)


def announcements_of(call: CallPage) -> Iterable[NoticePage]:
    """Return the public announcements (公布) of what came out of a call."""
    return [page for page in drafted_announcements(call) if page.live]


def drafted_announcements(call: CallPage) -> list[NoticePage]:
    """Return the announcements of a call, public or not, as the floor above names them."""
    found = (hook(call)["drafted"] for hook in hooks.get_hooks("call_announcement"))
    return [page for drafted in found for page in drafted]


def in_notice() -> QuerySet[Entry]:
    """Return the entries that are shown to everybody today: the last day is included."""
    return Entry.objects.filter(
        status=EntryStatus.IN_NOTICE, decision__notice__ends_on__gte=timezone.localdate()
    ).select_related("unit", "category", "call", "decision__notice")


def shown_in(call: CallPage) -> QuerySet[Entry]:
    """Return the entries of a call that are in public notice today, in the school's own order."""
    # By the key: the preview shows a call that is not stored yet.
    return in_notice().filter(call_id=call.pk).order_by("decision__notice", "unit__order", "pk")


def listed_on(notice: PublicNotice) -> QuerySet[Entry]:
    """Return the entries a public notice lists, also after its end; what an objection overturned is no longer there."""
    return (
        Entry.objects.filter(
            decision__notice=notice, status__in=[EntryStatus.IN_NOTICE, EntryStatus.APPROVED]
        )
        .select_related("unit", "category", "call", "decision__notice")
        .order_by("unit__order", "pk")
    )


def object_to(entry: Entry, *, name: str, contact: str, text: str) -> Objection:
    """Receive an objection from the public, signed with a real name.

    Args:
        name: the objector's, shown to the office only.
        contact: how to reach him, shown to the office only.
        text: what he objects to, at most 1000 characters.

    Raises:
        Refused: the entry is not in public notice today.

    Side effects: an Objection, which keeps the entry from approval until it is concluded; messages to the office.
    """
    with transaction.atomic():
        Entry.objects.select_for_update().get(pk=entry.pk)
        if not in_notice().filter(pk=entry.pk).exists():
            raise Refused(_("这一项不在公示期内，不能再提出异议。"), code="wrong_state")
        objection = Objection.objects.create(entry=entry, name=name, contact=contact, text=text)
        post(
            messages.OBJECTION_RECEIVED,
            to=people_with(Role.SCHOOL_UNION),
            about=f"objection:{objection.pk}",
            path=reverse("office:objection", args=[objection.pk]),
            title=str(objection.entry),
            unit=str(objection.entry.unit),
        )
    return objection


def take_step(objection: Objection, step: str, *, actor: User, text: str) -> Objection:
    """Take the next step of an objection: received → accepted / refused → investigating → upheld / dismissed.

    Args:
        step: "accept", "refuse", "investigate", "uphold" or "dismiss".
        text: what was found or is going to be done, kept with the step; with the last one it is the conclusion.

    Raises:
        Refused: no text, not now, or not the office.

    Side effects: an event; where it is upheld, an application in public notice goes back to be decided.
    """
    return carry_out(objection, step, actor=actor, comment=text, text=text)


def may_conclude(actor: User, objection: Objection) -> bool:
    """Return whether the person handles the objection: whoever handles its entry."""
    return may_handle(actor, objection.entry)


def says_what(_objection: Objection, *, text: str = "", **_details: Any) -> str | None:
    """Each step says what was found or is going to be done."""
    return None if text.strip() else _("请写明情况：怎样处理，依据是什么。")


def on_step(
    objection: Objection,
    *,
    actor: User,
    at: datetime,
    to: str,
    text: str,
    **_details: Any,
) -> None:
    """Keep the conclusion of the last step; an upheld objection takes the application back to its decision."""
    if to in OPEN_OBJECTION:
        return
    objection.conclusion = text
    objection.concluded_at = at
    if to == ObjectionStatus.UPHELD and objection.entry.status == EntryStatus.IN_NOTICE:
        reopen(objection.entry, actor=actor, reason=text)
