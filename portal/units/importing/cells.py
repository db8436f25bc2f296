"""What offices type into cells, turned into values. Every function raises `BadCell` with words for the typist."""

import re
import unicodedata
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from openpyxl.cell.cell import Cell

from portal.typed_numbers import plain

from ..models import Post, UnitKind

KINDS = {"学院工会": "college", "部门工会": "department", "教职工文体协会": "association"}
POSTS = {
    "经办人": Post.OFFICER,
    "工会主席": Post.CHAIR,
    "主席": Post.CHAIR,
    "会长": Post.CHAIR,
    "党组织书记": Post.PARTY,
    "书记": Post.PARTY,
    "挂靠单位负责人": Post.PARTY,
}
YES_NO = {"是": True, "否": False}


class BadCell(Exception):
    """A cell that cannot be read. `str()` is the reason."""


def text(cell: Cell) -> str:
    """Return a cell as text without spaces at its ends, full-width ones included.

    Numbers come back as they were meant: 13800000000.0 as "13800000000"; a number that the sheet shows with leading
    zeros keeps them.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise BadCell(_("这里是公式，请复制后“选择性粘贴”为数值。"))
    if cell.data_type == "e":
        raise BadCell(_("这里是 Excel 的错误值，请改正。"))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return " ".join(str(value).split())


def _number(value: float, number_format: str) -> str:
    if value != int(value):
        return repr(value)
    if abs(value) >= 10**15:
        raise BadCell(_("超过 15 位的数字会被 Excel 改掉末几位，请把这一列设为文本后重新填写。"))
    digits = str(int(value))
    return digits.zfill(len(number_format)) if re.fullmatch("0+", number_format) else digits


def name(cell: Cell) -> str:
    """Return a name; spaces between Chinese characters ("张　三") are only for the eye."""
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text(cell))


def code(cell: Cell) -> str:
    """Return a staff number or a unit's code, in half-width characters."""
    value = _half_width(cell)
    if value and not re.fullmatch(r"[0-9A-Za-z_-]{1,20}", value):
        raise BadCell(
            _("“%(value)s”只能由字母、数字、- 和 _ 组成，最多 20 位。") % {"value": value}
        )
    return value


def mobile(cell: Cell) -> str:
    """Return a mobile number of 11 digits."""
    value = re.sub(r"[\s-]", "", _half_width(cell))
    if value and not re.fullmatch(r"1\d{10}", value):
        raise BadCell(_("“%(value)s”不是 11 位手机号。") % {"value": value})
    return value


def email(cell: Cell) -> str:
    """Return an e-mail address."""
    value = _half_width(cell)
    if value:
        try:
            validate_email(value)
        except ValidationError:
            raise BadCell(_("“%(value)s”不是邮箱地址。") % {"value": value}) from None
    return value


def yes_no(cell: Cell) -> bool | str:
    """Return whether the cell says 是; "" where it is empty."""
    return _one_of(cell, YES_NO)


def kind(cell: Cell) -> str:
    """Return the code of a unit's kind."""
    value = _one_of(cell, KINDS)
    return UnitKind(value) if value else ""


def post(cell: Cell) -> str:
    """Return the code of a post, whichever of its names was written."""
    return _one_of(cell, POSTS)


def count(cell: Cell) -> int | str:
    """Return a whole number from 0; "" where the cell is empty."""
    value = plain(text(cell))
    if value and not re.fullmatch(r"\d{1,6}", value):
        raise BadCell(_("“%(value)s”应为不小于 0 的整数。") % {"value": value})
    return int(value) if value else ""


def day(cell: Cell) -> date | str:
    """Return a date; "" where the cell is empty."""
    value = _half_width(cell)
    if not value:
        return ""
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", value)
    try:
        return date(*map(int, parts.groups()))
    except (AttributeError, ValueError):
        raise BadCell(_("“%(value)s”不是日期，请写成 2024-03-20。") % {"value": value}) from None


def _half_width(cell: Cell) -> str:
    value = "".join(unicodedata.normalize("NFKC", text(cell)).split())
    if re.fullmatch(r"\d(\.\d+)?[Ee]\+?\d+", value):
        raise BadCell(
            _("“%(value)s”是科学计数法，原来的数字已经丢失；请把这一列设为文本后重新填写。")
            % {"value": value}
        )
    return value


def _one_of(cell: Cell, words: dict) -> object:
    value = _half_width(cell)
    if value and value not in words:
        raise BadCell(
            _("“%(value)s”无法识别，请填写：%(words)s。")
            % {"value": value, "words": "、".join(words)}
        )
    return words[value] if value else ""
