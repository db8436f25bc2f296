"""An address on the web."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..reading import narrow
from .base import CellKind, Fault, Spec

BV = re.compile(r"BV[0-9A-Za-z]{10}")  # the number of a film on Bilibili
ON_BILIBILI = "https://www.bilibili.com/video/"

valid_address = URLValidator(schemes=["http", "https"])


class Url(CellKind):
    """An http or https address; "www.…" and a BV number are completed. Shown as text that can be copied, never as a script's door."""

    code = "url"
    label = gettext_lazy("网址")
    order = 40
    icon = "link"
    input_type = "url"
    inputmode = "url"
    weight = 7

    def parse(self, text: str, options: Mapping[str, Any]) -> str:
        text = narrow(text)
        if BV.fullmatch(text):
            return f"{ON_BILIBILI}{text}"
        return f"https://{text}" if text.lower().startswith("www.") else text

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        try:
            valid_address(answer)
        except ValidationError:
            yield Fault(_("请填完整的网址，以 https:// 或 http:// 开头"))


KINDS = (Url(),)
