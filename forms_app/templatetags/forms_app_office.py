"""How sums read on every screen."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import template

from ..engine.kinds.number import money_text

register = template.Library()


@register.filter
def yuan(amount: Any) -> str:
    """Return an amount of 元 as "12,000.00"; nothing for no amount, the text itself where it is none."""
    if amount in (None, ""):
        return ""
    try:
        return money_text(Decimal(str(amount)))
    except InvalidOperation:
        return str(amount)
