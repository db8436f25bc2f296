"""What every form that saves itself has in common: the page somebody types on, and the words it is told.

The browser's part is `js/autosave.js`; what is kept, and where, is each app's own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.plain_text import without_control
from portal.units.models import User


@dataclass(frozen=True)
class Page:
    """The page somebody types on.

    Attributes:
        name: drawn at random when the page was made.
        seen: `merging.fingerprint` of the answers it showed before he typed; None where it does not say.
        save_count: the count of saves it showed.
        has_chosen: whether its person has just chosen between what it shows and what was saved; `seen` then says what
            he chose from.
    """

    name: str = ""
    seen: str | None = None
    save_count: int = -1
    has_chosen: bool = False

    def showed(self, saved_from: Mapping[str, str]) -> str | None:
        """Return what it showed when it was last saved: by our own record where its last answer may have been lost.

        Args:
            saved_from: the record, with `page` and `seen`; empty where nothing was saved from a page.
        """
        if self.name and not self.has_chosen and saved_from.get("page") == self.name:
            return saved_from["seen"]
        return self.seen

    def record(self, seen: str) -> dict[str, str]:
        """Return that record for a save after which the page goes on with `seen`."""
        return {"page": self.name, "seen": seen} if self.name else {}


def page_of(data: QueryDict) -> Page:
    """Return the page that something was posted from."""
    count, seen = data.get("save_count", ""), data.get("seen")
    return Page(
        name=re.sub("[^0-9A-Za-z]", "", data.get("page", ""))[:24],
        seen=None if seen is None else without_control(seen),
        save_count=int(count) if re.fullmatch("[0-9]{1,18}", count) else -1,
    )


def saved_words(at: datetime) -> str:
    """Return when it was saved, as the page says it: with the day, where that was not today."""
    at = timezone.localtime(at)
    time = f"{at:%H:%M}"
    if at.date() != timezone.localdate():
        time = f"{date_format(at, 'MONTH_DAY_FORMAT')} {time}"
    return _("已保存 %(time)s") % {"time": time}


def who_met(*by: User | None, reader: User) -> str:
    """Return who saved what a save met, as the reader calls him: himself, in another window, is no other person."""
    return "、".join(_("您在另一个窗口") if one == reader else str(one or _("系统")) for one in by)


def merged_words(who: str, labels: Iterable[str]) -> str:
    """Return what had been changed meanwhile and is kept beside, in words; "" where nothing was."""
    names = "、".join(labels)
    if not names:
        return ""
    return _("%(who)s同时改了：%(fields)s。改的地方不同，已自动合并，两边都在。") % {
        "who": who,
        "fields": names,
    }


def conflict_words(who: str, labels: Iterable[str], *, button: object | None = None) -> str:
    """Return what both have changed, and how to choose: by the page's button for saving, where it is called otherwise."""
    return _(
        "%(who)s刚刚也改了“%(fields)s”。按“%(button)s”可以对照两边的内容，逐项选择；其余的都已保存。"
    ) % {"who": who, "fields": "、".join(labels), "button": button or _("保存草稿")}
