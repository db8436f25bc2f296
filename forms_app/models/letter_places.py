"""The named places of a decision's letter, such as {单位}: which there are, and what is wrong with a text that uses others."""

from string import Formatter

from django.utils.translation import gettext as _

# Keys of the texts an office edits: data, not identifiers, hence the field's own words.
PLACES = ("单位", "项目名称", "年度", "类别", "批准经费", "说明", "公示安排", "会议纪要", "落款")


def problem_of(text: str) -> str | None:
    """Return what is wrong with a letter's text, or None where every place in it can be filled."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return _("花括号没有成对，请检查每个 {…} 是否完整。")
    for _literal, name, spec, conversion in parts:
        if name not in PLACES or spec or conversion:
            return _("没有“{%(name)s}”这一项。可以用的有：%(places)s") % {
                "name": name,
                "places": "".join(f"{{{one}}}" for one in PLACES),
            }
    return None
