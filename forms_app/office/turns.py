"""Whose turn it becomes without anybody having acted: told by the clock, once each."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation

from portal.dates import day_and_time
from portal.messaging.posting import post, told
from portal.units.models import Post, Role, User
from portal.units.permissions import holders, people_with

from .. import messages
from ..models import Assignment, CallPage, EntryStatus, FormKind
from .queues import notices_run_out, reviewed, silent_units


@translation.override(settings.LANGUAGE_CODE)  # what is kept is content, and content is Chinese
def tell_by_the_clock() -> None:
    """Tell units that a call is open, and the office that experts have finished or a public notice has run out.

    Can be run at any time and as often as one likes: nobody is told the same again.

    Side effects: messages.
    """
    now = timezone.now()
    _tell_of_open_calls(now)
    _tell_of_finished_reviews()
    _tell_of_notices_run_out()


def _tell_of_open_calls(now: datetime) -> None:
    """Tell officers and chairs of every unit that may apply and has not; collecting summaries is told by project."""
    opened = CallPage.objects.live().filter(
        kind=FormKind.APPLICATION, opens_at__lte=now, closes_at__gt=now
    )
    for call in opened.select_related("programme_year"):
        about = f"call:{call.pk}"
        if told(messages.CALL_OPENED, about=about):
            continue
        with transaction.atomic():
            for unit in silent_units(call):
                post(
                    messages.CALL_OPENED,
                    to=holders(unit, Post.OFFICER, Post.CHAIR),
                    about=f"{about}:{unit.pk}",
                    path=f"{reverse('forms_app:start', args=[call.pk])}?unit={unit.code}",
                    call=call.title,
                    unit=str(unit),
                    year=call.programme_year.year,
                    until=day_and_time(call.closes_at),
                )


def _tell_of_finished_reviews() -> None:
    """Tell the office once all entries of a call that are in review have been finished by their experts."""
    in_review = CallPage.objects.filter(entries__status=EntryStatus.IN_REVIEW).distinct()
    for call in in_review:
        waiting = call.entries.filter(status=EntryStatus.IN_REVIEW)
        count = waiting.count()
        if reviewed(waiting).count() < count:
            continue
        last = Assignment.objects.filter(entry__in=waiting).aggregate(at=Max("review__locked_at"))
        _tell_office(messages.REVIEWS_DONE, call, count, about=f"{last['at']:%Y%m%d%H%M%S}")


def _tell_of_notices_run_out() -> None:
    """Tell the office that a call's notice has run out, each day of an end once."""
    in_notice = CallPage.objects.filter(entries__status=EntryStatus.IN_NOTICE).distinct()
    for call in in_notice:
        over = notices_run_out(call.entries.all())
        if count := over.count():
            ended = over.aggregate(on=Max("decision__notice__ends_on"))["on"]
            _tell_office(messages.NOTICE_OVER, call, count, about=f"{ended:%Y%m%d}")


def _tell_office(kind: str, call: CallPage, count: int, *, about: str) -> None:
    """Tell everybody of the office whom nobody has told."""
    about = f"call:{call.pk}:{about}"
    if told(kind, about=about):
        return
    office: list[User] = list(people_with(Role.SCHOOL_UNION))
    post(
        kind,
        to=office,
        about=about,
        path=reverse("office:call", args=[call.pk]),
        call=call.title,
        count=count,
    )
