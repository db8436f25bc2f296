"""People in the same form see each other: who, since when, in which part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from forms_app.models import Entry, Presence
from portal.units.models import User

EVERY = 20  # seconds between two signs of life from a page
GONE_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Colleague:
    """Somebody else in the form: who, since when, and the title of the part he is in ("" where not known)."""

    who: User
    since: datetime
    part: str


def be_there(entry: Entry, *, actor: User, screen: str = "") -> None:
    """Note that a person has the form open.

    Args:
        screen: the key of the section he is in.

    Side effects: his row of `Presence`, written in one statement; whoever was away for longer than GONE_AFTER starts anew.
    """
    now = timezone.now()
    screen = screen[:60]
    known = Presence.objects.filter(entry=entry, user=actor).update(
        since=Case(When(heard_at__lt=now - GONE_AFTER, then=now), default=F("since")),
        heard_at=now,
        screen=screen,
    )
    if not known:
        Presence.objects.bulk_create(
            [Presence(entry=entry, user=actor, screen=screen, since=now, heard_at=now)],
            ignore_conflicts=True,
        )


def leave(entry: Entry, *, actor: User) -> None:
    """Note that a person has left the form."""
    Presence.objects.filter(entry=entry, user=actor).delete()


def colleagues(entry: Entry, *, actor: User, titles: Mapping[str, str]) -> list[Colleague]:
    """Return who else has the form open, the longest there first (one query).

    Args:
        titles: section key → title.
    """
    there = (
        Presence.objects.filter(entry=entry, heard_at__gte=timezone.now() - GONE_AFTER)
        .exclude(user=actor)
        .select_related("user")
        .order_by("since", "pk")
    )
    return [Colleague(one.user, one.since, titles.get(one.screen, "")) for one in there]


def forgotten() -> QuerySet[Presence]:
    """Return the rows nobody needs any more."""
    return Presence.objects.filter(Q(heard_at__lt=timezone.now() - FORGOTTEN_AFTER))
