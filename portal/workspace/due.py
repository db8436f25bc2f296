"""What is due for a person. Apps register sources; the shell of /my/ and the office's dashboard ask them all.

A source is registered with `wagtail.hooks`: `hooks.register("due_for_person", source)`; it takes a user and yields DueItem.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail import hooks

from portal.units.models import User


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """One thing to do, or one thing that waits for somebody else.

    Attributes:
        title: what it is, e.g. "2026年度项目申报表".
        subject: which one, e.g. the project's name.
        why: one calm sentence: how far it is, or what happens next.
        path: where to act or look.
        button: what the button says.
        until: when it is due; None where nothing presses.
        waiting_for: whose turn it is, where it is not this person's; such a card is calm.
        percent: how far a form is filled in, 0 to 100.
    """

    title: str
    subject: str = ""
    why: str = ""
    path: str
    button: str = ""
    until: datetime | None = None
    waiting_for: str = ""
    percent: int | None = None

    @property
    def days_left(self) -> int | None:
        """Whole days until it is due; negative when overdue."""
        if self.until is None:
            return None
        return (timezone.localdate(self.until) - timezone.localdate()).days


def due_for(user: User) -> list[DueItem]:
    """Return everything that concerns the person: his turn first, then by date."""
    return sorted(_ask(user), key=_urgency)


def _ask(user: User) -> Iterator[DueItem]:
    for source in hooks.get_hooks("due_for_person"):
        yield from source(user)


def _urgency(item: DueItem) -> tuple[bool, bool, float]:
    return (bool(item.waiting_for), item.until is None, item.until.timestamp() if item.until else 0)
