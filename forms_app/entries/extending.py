"""More time for one unit in a call."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from forms_app import messages
from forms_app.models import CallPage, Extension
from forms_app.permissions import may_extend
from portal.dates import day_and_time
from portal.lifecycle.door import Refused
from portal.lifecycle.office import only_the_office
from portal.messaging.posting import post
from portal.units.models import Post, Unit, User
from portal.units.permissions import holders


def extend(call: CallPage, *, unit: Unit, actor: User, until: datetime, reason: str) -> Extension:
    """Give a unit more time to hand in; a second extension replaces the first.

    Args:
        until: later than the call's own deadline.
        reason: at most 200 characters; the unit reads it.

    Raises:
        Refused: not the office, of the unit itself, not longer than the call, or the call is not for such units.

    Side effects: messages to the unit's officer and chair.
    """
    only_the_office(actor)
    if not may_extend(actor, unit):
        raise Refused(_("只有校工会办公室可以办理，本单位的人回避。"), code="forbidden")
    if until <= call.closes_at:
        raise Refused(_("延长后的时间要晚于申报截止时间。"), code="guard")
    if not call.admits(unit):
        raise Refused(_("这份通知不面向这类单位。"), code="guard")
    return _give(call, unit=unit, until=until, reason=reason)


def open_until(call: CallPage, *, unit: Unit, until: datetime, reason: str) -> Extension | None:
    """Keep a call open for a unit at least until a moment that something else has set; a later deadline stays.

    The caller asks who may.

    Args:
        until: when the unit's time ends at the earliest.
        reason: at most 200 characters; the unit reads it.

    Returns:
        The extension, or None where the unit has as much time without it.

    Side effects: messages to the unit's officer and chair.
    """
    if until <= call.deadline_for(unit):
        return None
    return _give(call, unit=unit, until=until, reason=reason)


def _give(call: CallPage, *, unit: Unit, until: datetime, reason: str) -> Extension:
    with transaction.atomic():
        extension, _created = Extension.objects.update_or_create(
            call=call, unit=unit, defaults={"until": until, "reason": reason}
        )
        post(
            messages.CALL_EXTENDED,
            to=holders(unit, Post.OFFICER, Post.CHAIR),
            about=f"extension:{extension.pk}:{until:%Y%m%d%H%M}",
            path=reverse("workspace:due"),
            call=call.title,
            unit=str(unit),
            until=day_and_time(until),
            comment=reason,
        )
    return extension
