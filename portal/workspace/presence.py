"""People in the same form see each other: who, since when, in which part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, Model, QuerySet, When
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from portal.plain_text import without_control
from portal.units.models import User

from .models import Presence

EVERY = 20  # seconds between two signs of life from a page
GONE_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Colleague:
    """Somebody else in the form: who, since when, and the title of the part he is in ("" where not known)."""

    who: User
    since: datetime
    part: str


def beat(request: HttpRequest, edited: Model, *, titles: Mapping[str, str]) -> JsonResponse:
    """Answer a page's sign of life (`js/presence.js`): note that the person is there, or `leaving`, and tell who else is.

    Args:
        edited: what the form is about.
        titles: key of a part of the form → its title.
    """
    if "leaving" in request.POST:
        leave(edited, actor=request.user)
        return JsonResponse({})
    be_there(edited, actor=request.user, screen=without_control(request.POST.get("screen", "")))
    there = colleagues(edited, actor=request.user, titles=titles)
    return JsonResponse(
        {"colleagues": render_to_string("workspace/colleagues.html", {"colleagues": there})}
    )


def be_there(edited: Model, *, actor: User, screen: str = "") -> None:
    """Note that a person has the form open.

    Args:
        edited: what the form is about.
        screen: the key of the part he is in.

    Side effects: his row of `Presence`, written in one statement; whoever was away for longer than GONE_AFTER starts anew.
    """
    now = timezone.now()
    screen = screen[:60]
    about = _about(edited)
    known = Presence.objects.filter(about=about, user=actor).update(
        since=Case(When(heard_at__lt=now - GONE_AFTER, then=now), default=F("since")),
        heard_at=now,
        screen=screen,
    )
    if not known:
        Presence.objects.bulk_create(
            [Presence(about=about, user=actor, screen=screen, since=now, heard_at=now)],
            ignore_conflicts=True,
        )


def leave(edited: Model, *, actor: User) -> None:
    """Note that a person has left the form."""
    Presence.objects.filter(about=_about(edited), user=actor).delete()


def colleagues(edited: Model, *, actor: User, titles: Mapping[str, str]) -> list[Colleague]:
    """Return who else has the form open, the longest there first (one query).

    Args:
        titles: key of a part of the form → its title.
    """
    there = (
        Presence.objects.filter(about=_about(edited), heard_at__gte=timezone.now() - GONE_AFTER)
        .exclude(user=actor)
        .select_related("user")
        .order_by("since", "pk")
    )
    return [Colleague(one.user, one.since, titles.get(one.screen, "")) for one in there]


def forgotten() -> QuerySet[Presence]:
    """Return the rows nobody needs any more."""
    return Presence.objects.filter(heard_at__lt=timezone.now() - FORGOTTEN_AFTER)


def _about(edited: Model) -> str:
    return f"{edited._meta.label_lower}:{edited.pk}"
