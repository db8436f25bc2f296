"""Handing a draft over: the next words are a colleague's. The draft is the unit's, so nothing changes hands but the turn."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app import messages
from forms_app.models import Entry
from portal.lifecycle.door import Refused
from portal.messaging.posting import post
from portal.units.models import Post, User
from portal.units.permissions import holders

from .filling import why_not_fill


def colleagues(entry: Entry, actor: User) -> list[User]:
    """Return who else of the unit may go on with the entry: its officers and chairs, by pinyin."""
    return list(holders(entry.unit, Post.OFFICER, Post.CHAIR).exclude(pk=actor.pk))


def hand_over(entry: Entry, *, to: User, actor: User, text: str) -> None:
    """Ask a colleague to go on with a draft.

    Args:
        to: one of `colleagues`.
        text: what he should know, at most 300 characters; may be empty.

    Raises:
        Refused: the actor may not fill it in now, or the other one cannot.

    Side effects: a message to the colleague, with the way to the form.
    """
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        if refusal := why_not_fill(entry, actor):
            raise refusal
        if to not in colleagues(entry, actor):
            raise Refused(_("只能请本单位现任的经办人或主席接着填。"), code="guard")
        post(
            messages.ENTRY_HANDED_OVER,
            to=[to],
            about=f"hand_over:{entry.pk}:{timezone.now():%Y%m%d%H%M}",
            path=reverse("forms_app:edit", args=[entry.pk]),
            title=str(entry),
            call=entry.call.title,
            colleague=str(actor),
            comment=text,
        )
