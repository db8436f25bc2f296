"""The answers that lists, filters and rules need as columns: title, category, partner units."""

from typing import Any

from .entry import Entry
from .year import Category

TITLE = "title"
CATEGORY = "category"
PARTNERS = "partner_units"
COLUMNS = (TITLE, CATEGORY, PARTNERS)


def take_columns(entry: Entry, answers: dict[str, Any]) -> None:
    """Copy the answers that are columns onto the entry (unsaved) and set its partner units.

    Args:
        entry: a saved entry.
        answers: neutral answers; `category` is a category's code, `partner_units` a list of unit codes.
    """
    take_names(entry, answers)
    codes = answers.get(PARTNERS) or []
    entry.partner_units.set(type(entry.unit).objects.filter(code__in=codes))


def take_names(entry: Entry, answers: dict[str, Any]) -> None:
    """Copy title and category onto the entry (unsaved): by these it is listed and told of.

    Args:
        entry: a saved entry.
        answers: as of `take_columns`.
    """
    entry.title = str(answers.get(TITLE) or "")[:30]
    entry.category = Category.objects.filter(code=answers.get(CATEGORY) or "").first()
