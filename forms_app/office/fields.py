"""Inputs that the office's forms share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.typed_numbers import FigureField


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class YuanField(FigureField):
    """A sum in 元 with at most two decimals, as offices write it: "9600", "9,600.00", "９６００元"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("请填数字，例如 9600。")
        for validator in self.validators:
            if hasattr(validator, "decimal_places"):
                validator.messages = {
                    **validator.messages,
                    "max_decimal_places": _("最多写两位小数。"),
                    "max_digits": _("数额太大，请核对。"),
                    "max_whole_digits": _("数额太大，请核对。"),
                }

    def to_python(self, value: Any) -> Decimal | None:
        """Return the sum; 元 at its end does not matter."""
        return super().to_python(
            value.strip().removesuffix("元") if isinstance(value, str) else value
        )
