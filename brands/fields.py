"""Inputs that the forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from forms_app.engine.reading import length, tidy


class LinesField(forms.CharField):
    """Several lines, as long as people count them; the browser cuts nothing off what is pasted."""

    def __init__(self, *, most: int, rows: int = 3, **kwargs: Any) -> None:
        """Args:
        most: how many characters; a line break is one.
        rows: how high the box is.
        """
        kwargs.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(**kwargs)
        self.max_length = most  # for the counter; given to CharField it would cut in the browser

    def to_python(self, value: Any) -> str:
        """Return the text with plain line ends and without control characters."""
        return tidy(str(value), lines=True) if value is not None else ""

    def validate(self, value: str) -> None:
        """Refuse what is too long, and say by how much."""
        super().validate(value)
        long = length(value)
        if long > self.max_length:
            raise forms.ValidationError(
                _("最多 %(most)d 字，现在 %(long)d 字。"),
                params={"most": self.max_length, "long": long},
            )
