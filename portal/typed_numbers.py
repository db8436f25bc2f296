"""The one rule for numbers that people type: what a Chinese keyboard writes (８．５, 8。5, 1，200) is read as it is meant, and what
is no number is refused. Nothing is read as another number than it looks like: 8,5 is not 85, nor is 8² 82.

`js/figures.js` follows the same rule while a number is typed.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Widget

from portal.plain_text import tidy

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
STOPS = str.maketrans("。｡", "..")


def half_width(text: str) -> str:
    """Return text with the wide digits and signs of a Chinese keyboard, its full stop too, as their ordinary forms."""
    return "".join(map(_half_width, tidy(text))).translate(STOPS).strip()


def plain(text: str) -> str:
    """Return a typed number in its plain form, thousands in groups of three joined: "1，200。5" → "1200.5".

    Text that is no number comes back without becoming one.
    """
    text = half_width(text)
    return text.replace(",", "") if GROUPED.fullmatch(text) else text


def _half_width(sign: str) -> str:
    kind, _blank, code = unicodedata.decomposition(sign).partition(" ")
    return chr(int(code, 16)) if kind in ("<wide>", "<narrow>") else sign


class _TypedNumber:
    """For form fields, named before Django's own: a line of text, since a browser's number input swallows what it cannot read."""

    widget = forms.TextInput
    inputmode: str

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return what the input says of itself: which keys a phone shows, and the hook of `js/figures.js`."""
        attrs = super().widget_attrs(widget)
        return attrs | {"inputmode": self.inputmode, "autocomplete": "off", "data-figure": ""}

    def to_python(self, value: Any) -> Any:
        """Return the number.

        Raises:
            ValidationError: it is none.
        """
        if isinstance(value, str):
            value = plain(value)
            if value and not NUMBER.fullmatch(value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class FigureField(_TypedNumber, forms.DecimalField):
    """A number with or without decimals."""

    inputmode = "decimal"


class WholeField(_TypedNumber, forms.IntegerField):
    """A whole number."""

    inputmode = "numeric"
