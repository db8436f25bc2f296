"""How to reach somebody: phone, e-mail, staff number. None of it is ever public."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..reading import narrow
from .base import CellKind, Fault, Spec

MOBILE = re.compile(r"1\d{10}")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
STAFF_NO = re.compile(r"[0-9A-Za-z-]{1,20}")


class Phone(CellKind):
    """A mobile number of 11 digits; landlines where the field allows them."""

    code = "phone"
    label = gettext_lazy("电话")
    group = "people"
    order = 20
    icon = "mobile-alt"
    input_type = "tel"
    inputmode = "tel"
    autocomplete = "off"
    size = "medium"
    weight = 4
    personal = True

    def option_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("landline", blocks.BooleanBlock(label=gettext_lazy("也可填固定电话"), required=False))
        ]

    def parse(self, text: str, options: Mapping[str, Any]) -> str:
        text = narrow(text)
        digits = re.sub(r"[\s-]", "", text).removeprefix("+86")
        return digits if MOBILE.fullmatch(digits) else text

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if not isinstance(answer, str) or MOBILE.fullmatch(answer):
            return
        if not field["options"].get("landline"):
            digits = sum(sign.isdigit() for sign in answer)
            yield Fault(
                _("手机号码是以 1 开头的 11 位数字，现在是 %(digits)d 位") % {"digits": digits}
            )
        elif not LANDLINE.fullmatch(answer):
            yield Fault(_("请填 11 位手机号码，或带区号的固定电话，如 0571-12345678"))


class Email(CellKind):
    """An e-mail address."""

    code = "email"
    label = gettext_lazy("电子邮箱")
    group = "people"
    order = 30
    icon = "mail"
    input_type = "email"
    weight = 4
    autocomplete = "off"
    personal = True

    def parse(self, text: str, options: Mapping[str, Any]) -> str:
        return narrow(text)

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if not isinstance(answer, str):
            return
        try:
            validate_email(answer)
        except ValidationError:
            yield Fault(_("请填完整的邮箱地址，如 name@example.com"))


class StaffNo(CellKind):
    """A staff number (工号): letters and digits."""

    code = "staff_no"
    label = gettext_lazy("工号")
    group = "people"
    order = 40
    icon = "user"
    autocomplete = "off"
    size = "medium"
    personal = True

    def parse(self, text: str, options: Mapping[str, Any]) -> str:
        return narrow(text)

    def mistakes(self, answer: Any, field: Spec, files: Mapping[int, Any]) -> Iterator[Fault]:
        if isinstance(answer, str) and not STAFF_NO.fullmatch(answer):
            yield Fault(_("工号只含字母和数字，最多 20 位"))


KINDS = (Phone(), Email(), StaffNo())
