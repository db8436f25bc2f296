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
    entry.title = str(answers.get(TITLE) or "")[:30]
    entry.category = Category.objects.filter(code=answers.get(CATEGORY) or "").first()
    codes = answers.get(PARTNERS) or []
    entry.partner_units.set(type(entry.unit).objects.filter(code__in=codes))
