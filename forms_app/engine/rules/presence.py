"""Rules about what has to be there."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from ..conditions import meets
from ..kinds.base import Fault
from ..kinds.designer import field_code
from ..reading import is_blank
from .base import Answers, Fields, Rule, Spec, Verdict, can_be_condition, never_met


class RequiredIf(Rule):
    """A field is needed where another has a certain answer."""

    code = "required_if"
    label = gettext_lazy("有条件必填")
    icon = "help"

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            ("field", field_code(gettext_lazy("这个栏目必填"))),
            ("other", field_code(gettext_lazy("当这个栏目"))),
            (
                "equals",
                blocks.CharBlock(
                    label=gettext_lazy("等于"),
                    max_length=40,
                    help_text=gettext_lazy("写选项的文字，如“延续提升”；是或否写“是”“否”"),
                ),
            ),
        ]

    def faults(self, rule: Spec, fields: Fields) -> Iterator[tuple[str, str]]:
        found = list(super().faults(rule, fields))
        yield from found
        if not found and (never := never_met(fields[rule["other"]], rule["equals"])):
            part = "equals" if can_be_condition(fields[rule["other"]]) else "other"
            fault = _("规则“%(message)s”：%(fault)s")
            yield part, fault % {"message": rule["message"] or self.label, "fault": never}

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        called = rule["other"] in known and meets(answers.get(rule["other"]), rule["equals"])
        if called and rule["field"] in known and is_blank(answers.get(rule["field"])):
            yield rule["field"], Fault(rule["message"])


class AtLeastOne(Rule):
    """At least one of several fields is answered."""

    code = "at_least_one"
    label = gettext_lazy("至少填一项")
    icon = "list-ul"
    singles = ()
    several = "fields"

    def inputs(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "fields",
                blocks.ListBlock(
                    field_code(gettext_lazy("栏目")),
                    label=gettext_lazy("这些栏目至少填一项"),
                    min_num=2,
                ),
            )
        ]

    def judge(self, rule: Spec, answers: Answers, known: Fields, spoilt: set[str]) -> Verdict:
        """Told at the first field that is asked; where none is asked there is nothing to fill in."""
        asked = [key for key in rule["fields"] if key in known]
        if asked and all(is_blank(answers.get(key)) for key in asked):
            yield asked[0], Fault(rule["message"])
