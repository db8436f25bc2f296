"""Who is told what when an entry moves: the people whose turn it is, and those who wait."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.dates import day, day_and_time
from portal.messaging.posting import post, settle, told
from portal.units.models import Post, Role, User
from portal.units.permissions import holders, people_with

from . import messages
from .decision.deciding import INTERNAL
from .models import Entry, EntryEvent
from .models.status import EntryStatus as S

Recipients = Callable[[Entry], Iterable[User]]


def chair(entry: Entry) -> Iterable[User]:
    """The unit's chair."""
    return holders(entry.unit, Post.CHAIR)


def party(entry: Entry) -> Iterable[User]:
    """Who signs for the party organisation."""
    return holders(entry.unit, Post.PARTY)


def unit_people(entry: Entry) -> Iterable[User]:
    """Those who fill in and answer for the unit."""
    return holders(entry.unit, Post.OFFICER, Post.CHAIR)


def office(_entry: Entry) -> Iterable[User]:
    """The school union's office."""
    return people_with(Role.SCHOOL_UNION)


def asked_to_sign(entry: Entry) -> Iterable[User]:
    """Those who were asked to sign what was sent last."""
    sent = entry.events.filter(action="send").last()
    return User.objects.filter(pk__in=told(messages.ENTRY_TO_SIGN, about=_about(sent)))


@dataclass(frozen=True)
class Telling:
    """Who is told what when an entry reaches a state, and the page it leads to (the name of an address)."""

    kind: str
    to: Recipients
    page: str = "forms_app:entry"


TOLD_ON_REACHING: dict[str, tuple[Telling, ...]] = {
    S.AWAITING_CHAIR: (Telling(messages.ENTRY_TO_SIGN, chair, "forms_app:sign"),),
    S.AWAITING_PARTY: (Telling(messages.ENTRY_TO_SIGN, party, "forms_app:sign"),),
    S.SUBMITTED: (
        Telling(messages.ENTRY_TO_CHECK, office, "office:entry"),
        Telling(messages.ENTRY_RECEIVED, unit_people),
    ),
    S.RETURNED: (Telling(messages.ENTRY_RETURNED, unit_people, "forms_app:edit"),),
    S.ADJUSTING: (Telling(messages.ENTRY_PROPOSAL, unit_people, "forms_app:answer"),),
    S.EVALUATED: (Telling(messages.ENTRY_EVALUATED, unit_people),),
}
# Several ways lead to a decision, each told differently, and what the office drafts there is told to nobody;
# a withdrawal is told to whoever had the entry in hand.
TOLD_ON_DECIDING: dict[str, tuple[Telling, ...]] = {
    "answer": (Telling(messages.ENTRY_ANSWERED, office, "office:entry"),),
    "reopen": (Telling(messages.ENTRY_REOPENED, unit_people),),
    "take_counter": (Telling(messages.ENTRY_COUNTER_TAKEN, unit_people),),
    **dict.fromkeys(INTERNAL, ()),
}
# An approval is told by whoever makes a project of it, with its number: one message, not two.
TOLD_ON_RELEASE: dict[str, tuple[Telling, ...]] = {
    S.IN_NOTICE: (Telling(messages.DECISION_LETTER, unit_people),),
    S.REJECTED: (Telling(messages.DECISION_LETTER, unit_people),),
}
# Some acts are told as what they are, wherever they lead.
TOLD_ON_ACTION: dict[str, tuple[Telling, ...]] = {
    "move_form": (Telling(messages.ENTRY_FORM_MOVED, unit_people, "forms_app:edit"),),
    "take_back": (Telling(messages.ENTRY_TAKEN_BACK, asked_to_sign),),
}
# What asks for an act, or says that it is put off: over once the entry has moved on, whoever moved it.
ASKING = frozenset(
    {
        messages.ENTRY_TO_SIGN,
        messages.ENTRY_TAKEN_BACK,
        messages.ENTRY_RETURNED,
        messages.ENTRY_TO_CHECK,
        messages.ENTRY_PROPOSAL,
        messages.ENTRY_TO_DECIDE,
        messages.ENTRY_ANSWERED,
    }
)
HAD_IN_HAND: dict[str, Recipients] = {
    S.AWAITING_CHAIR: chair,
    S.AWAITING_PARTY: party,
    S.SUBMITTED: office,
}


@translation.override(settings.LANGUAGE_CODE)  # what is kept is content, and content is Chinese
def tell(entry: Entry, event: EntryEvent) -> None:
    """Write the messages of an event, in its transaction; the person who acted is not told what he did."""
    for telling in _tellings(event):
        recipients = [user for user in telling.to(entry) if user.pk != event.actor_id]
        post(
            telling.kind,
            to=recipients,
            about=_about(event),
            path=reverse(telling.page, args=[entry.pk]),
            **_places(entry, event),
        )


def settle_asked(entry: Entry, event: EntryEvent) -> None:
    """Count as read what was asked in the state that an entry has left by an event, in its transaction.

    What asked the unit to apply at all is done as soon as it sends.
    """
    if event.from_status == event.to_status:
        return
    if event.action == "send":
        for kind in (messages.CALL_OPENED, messages.CALL_REMINDER, messages.CALL_REMINDER_LATE):
            settle(kind, about=f"call:{entry.call_id}:{entry.unit_id}")
    moves = entry.events.exclude(from_status=F("to_status")).filter(pk__lt=event.pk)
    asked = moves.filter(to_status=event.from_status).last()
    for telling in _tellings(asked) if asked else ():
        if telling.kind in ASKING:
            settle(telling.kind, about=_about(asked))


def _about(event: EntryEvent) -> str:
    return f"entry-event:{event.pk}"


def _tellings(event: EntryEvent) -> tuple[Telling, ...]:
    if event.action in TOLD_ON_ACTION:
        return TOLD_ON_ACTION[event.action]
    if event.to_status == S.DECIDING:
        return TOLD_ON_DECIDING.get(
            event.action, (Telling(messages.ENTRY_TO_DECIDE, office, "office:entry"),)
        )
    if event.action == "release":
        return TOLD_ON_RELEASE.get(event.to_status, ())
    if event.to_status == S.WITHDRAWN:
        had = HAD_IN_HAND.get(event.from_status)
        page = "office:entry" if had is office else "forms_app:entry"
        return (Telling(messages.ENTRY_WITHDRAWN, had, page),) if had else ()
    return TOLD_ON_REACHING.get(event.to_status, ())


def _places(entry: Entry, event: EntryEvent) -> dict[str, str]:
    letter = {"letter": entry.decision.letter} if event.action == "release" else {}
    return {
        "title": str(entry),
        "unit": str(entry.unit),
        "call": entry.call.title,
        "comment": event.comment,
        "colleague": str(event.actor),
        "until": _until(entry, event),
        **letter,
    }


def _until(entry: Entry, event: EntryEvent) -> str:
    if event.to_status == S.RETURNED and entry.return_until:
        return _("请在 %(date)s（含当日）前报送。") % {"date": day(entry.return_until)}
    if event.to_status in (S.AWAITING_CHAIR, S.AWAITING_PARTY) and not entry.submitted_at:
        return _("截止时间：%(at)s。") % {"at": day_and_time(entry.call.deadline_for(entry.unit))}
    return ""
