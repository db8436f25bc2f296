"""What is due for a person, and the ways on from there. Apps register sources; the shell of /my/ asks them all.

Sources are registered with `wagtail.hooks`: `hooks.register("due_for_person", source)` takes a user and yields DueItem,
`hooks.register("workspace_nav", source, order=…)` takes a user and yields NavItem; so does "shortcuts", for the bar above
every page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
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

    @property
    def left(self) -> str:
        """The time left, in words; empty where nothing presses."""
        if self.until is None or self.days_left is None:
            return ""
        if self.until < timezone.now():
            return _("已过截止时间")
        if self.days_left == 0:
            return _("今天 %(time)s 截止") % {"time": f"{timezone.localtime(self.until):%H:%M}"}
        return _("还剩 %(days)d 天") % {"days": self.days_left}


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One tab of /my/.

    Attributes:
        label: one or two words.
        path: where it leads; the tab with the longest path that the address begins with is the current one.
        count: how many things there are new; 0 shows nothing.
    """

    label: str
    path: str
    count: int = 0


def due_for(user: User) -> list[DueItem]:
    """Return everything that concerns the person: his turn first, then by date."""
    return sorted(_ask(user), key=_urgency)


def nav_for(user: User) -> list[NavItem]:
    """Return the tabs of /my/ for the person, in the order of their hooks."""
    return [item for source in hooks.get_hooks("workspace_nav") for item in source(user)]


def shortcuts_for(user: User) -> list[NavItem]:
    """Return the person's places outside /my/ that every page leads back to, in the order of their hooks."""
    return [item for source in hooks.get_hooks("shortcuts") for item in source(user)]


def _ask(user: User) -> Iterator[DueItem]:
    for source in hooks.get_hooks("due_for_person"):
        yield from source(user)


def _urgency(item: DueItem) -> tuple[bool, bool, float]:
    return (bool(item.waiting_for), item.until is None, item.until.timestamp() if item.until else 0)
