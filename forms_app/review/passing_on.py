"""What experts wrote for the unit (给申报单位的意见), passed on without a name once the school union has spoken.

What is unfit to be read there (it names somebody, or insults) the office holds back, one comment at a time, until then.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import Assignment, Entry, EntryStatus, Review
from forms_app.permissions import may_handle
from portal.lifecycle.door import Refused
from portal.units.models import User

from .locking import lock_entry

# The experts have finished, and the school union has not spoken; with a summary, whoever gives the verdict says whether it has.
BETWEEN = (EntryStatus.DECIDING, EntryStatus.ADJUSTING, EntryStatus.EVALUATED)

_verdicts: list[Callable[[Entry], bool]] = []


def register_verdict(is_given: Callable[[Entry], bool]) -> None:
    """Register what else than a released decision tells a unit what became of an entry.

    Args:
        is_given: takes an entry whose review has ended, returns whether its unit knows the verdict.
    """
    _verdicts.append(is_given)


@dataclass(frozen=True)
class Said:
    """What an expert wrote for a unit, as the office reads it.

    Attributes:
        review: the key of the review, or of one of those that say the same.
        held_back_by: who of the office keeps it from the unit; "" where it is passed on.
    """

    review: int
    text: str
    held_back_by: str
    held_back_at: datetime | None


def comments_for(entry: Entry) -> list[str]:
    """Return what the experts wrote for an entry's unit, without who wrote it (one query).

    When the unit may read it is the caller's: with the decision on an application, with the verdict on a summary.
    """
    return [one.text for one in said_by_entry([entry])[entry.pk] if not one.held_back_by]


def said_by_entry(entries: Iterable[Entry]) -> dict[int, list[Said]]:
    """Return the same for several entries with what is held back, by the entry's key (one query).

    Only of reviews that count; the same words of two experts are one comment. In the order of the words: their places say
    nothing of who was asked first.
    """
    found: dict[int, dict[str, Said]] = {entry.pk: {} for entry in entries}
    given = Assignment.objects.counting().filter(
        entry__in=list(found), review__locked_at__isnull=False
    )
    for entry, key, text, who, at in given.order_by().values_list(
        "entry",
        "review",
        "review__for_unit",
        "review__held_back_by__name",
        "review__held_back_at",
    ):
        if text.strip() and (at or text not in found[entry]):
            found[entry][text] = Said(key, text, who or "", at)
    return {key: sorted(said.values(), key=lambda one: one.text) for key, said in found.items()}


def why_not_hold_back(entry: Entry, actor: User) -> Refused | None:
    """Return what keeps a person from holding comments on an entry back, and from passing them on again; or None."""
    if not may_handle(actor, entry):
        return Refused(_("只有校工会办公室可以办理，本单位的人回避。"), code="forbidden")
    if entry.status not in BETWEEN:
        return Refused(
            _("只有在专家评审结束以后、结果告诉单位以前，可以扣下或恢复专家意见。"),
            code="wrong_state",
        )
    if any(is_given(entry) for is_given in _verdicts):
        return Refused(_("结果已经告诉单位，专家意见不能再扣下或恢复。"), code="wrong_state")
    return None


def hold_back(review: Review, *, actor: User) -> Review:
    """Keep what an expert wrote for the unit from it: it names somebody, or insults.

    Raises:
        Refused: not the office, of his own unit, the review still runs, the unit knows the result, or nothing was written.

    Side effects: who held it back and when, on the review.
    """
    return _set(review, actor=actor, held=True)


def pass_on(review: Review, *, actor: User) -> Review:
    """Let the unit read after all what was held back.

    Raises:
        Refused: as `hold_back`.

    Side effects: the review says no more that it is held back.
    """
    return _set(review, actor=actor, held=False)


def _set(review: Review, *, actor: User, held: bool) -> Review:
    with transaction.atomic():
        entry = lock_entry(review.assignment.entry_id)
        if refusal := why_not_hold_back(entry, actor):
            raise refusal
        review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
        if not (review.locked_at and review.for_unit.strip()):
            raise Refused(_("这位专家没有给单位的意见。"), code="wrong_state")
        # The same words of two experts are one comment to the unit.
        Review.objects.filter(
            assignment__entry=entry,
            locked_at__isnull=False,
            for_unit=review.for_unit,
            held_back_at__isnull=held,
        ).update(
            held_back_by=actor if held else None, held_back_at=timezone.now() if held else None
        )
        review.refresh_from_db()
    return review
