"""Live defence (现场评审): the order by lot, one unit after the other, the result when the office closes an entry."""

import random

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import CallPage, Draw, Entry, EntryStatus, Turn
from forms_app.permissions import may_handle
from portal.lifecycle.door import Refused
from portal.units.models import User
from portal.units.permissions import is_school_union

from .locking import lock_entry
from .reviewing import close_review


def draw(
    call: CallPage, *, actor: User, reason: str = "", rng: random.Random | None = None
) -> Draw:
    """Draw the order in which the entries under review are presented.

    Args:
        reason: why it is drawn again; needed from the second time on.
        rng: source of chance; the system's where none is given.

    Raises:
        Refused: not the office, nothing to draw, drawn already and no reason, or presentations have begun.

    Side effects: a Draw on record.
    """
    _check(actor)
    with transaction.atomic():
        # Two who draw at once would both be the first.
        CallPage.objects.select_for_update(of=("self",)).get(pk=call.pk)
        keys = list(
            call.entries.filter(status=EntryStatus.IN_REVIEW)
            .order_by("submitted_at", "pk")
            .values_list("pk", flat=True)
        )
        former = call.draws.count()
        if not call.defence_minutes:
            raise Refused(_("这份通知没有安排现场答辩。"), code="wrong_state")
        if not keys:
            raise Refused(_("现在没有处在专家评审阶段的申报。"), code="wrong_state")
        if Turn.objects.filter(entry__call=call).exists():
            raise Refused(_("已经有项目开始答辩，次序不能再抽。"), code="wrong_state")
        if former and not reason.strip():
            raise Refused(_("已经抽过签，重抽须写明理由，原来的次序留档。"), code="guard")
        (rng or random.SystemRandom()).shuffle(keys)
        return Draw.objects.create(
            call=call, number=former + 1, order=keys, drawn_by=actor, reason=reason.strip()
        )


def start(entry: Entry, *, actor: User) -> Turn:
    """Begin an entry's presentation; its time runs from now.

    Raises:
        Refused: not the office, not under review, begun already, or another one is still running.

    Side effects: a Turn.
    """
    if not may_handle(actor, entry):
        raise Refused(_("只有校工会办公室可以办理，本单位的人回避。"), code="forbidden")
    with transaction.atomic():
        CallPage.objects.select_for_update(of=("self",)).get(pk=entry.call_id)
        if running(entry.call):
            raise Refused(_("上一项还没有结束，请先结束再开始下一项。"), code="wrong_state")
        entry = lock_entry(entry.pk)
        if entry.status != EntryStatus.IN_REVIEW:
            raise Refused(_("这份申报不在专家评审阶段。"), code="wrong_state")
        turn, created = Turn.objects.get_or_create(
            entry=entry, defaults={"started_at": timezone.now()}
        )
        if not created:
            raise Refused(_("这一项已经答辩过。"), code="wrong_state")
    return turn


def finish(entry: Entry, *, actor: User) -> Entry:
    """End an entry's presentation and its review: the scores stand, the result can be shown.

    Raises:
        Refused: it has not begun, or as `reviewing.close_review`.

    Side effects: as `reviewing.close_review`; the turn is stamped.
    """
    with transaction.atomic():
        turn = Turn.objects.select_for_update().filter(entry=entry, ended_at=None).first()
        if turn is None:
            raise Refused(_("这一项没有在答辩。"), code="wrong_state")
        entry = close_review(entry, actor=actor)
        turn.ended_at = timezone.now()
        turn.save(update_fields=["ended_at"])
    return entry


def running(call: CallPage) -> Turn | None:
    """Return the presentation that runs now (one query)."""
    return (
        Turn.objects.filter(entry__call=call, ended_at=None)
        .select_related("entry__unit", "entry__call")
        .first()
    )


def _check(actor: User) -> None:
    if not is_school_union(actor):
        raise Refused(_("只有校工会办公室可以抽签。"), code="forbidden")
