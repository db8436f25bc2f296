"""What is typed at a mid-term check: the unit's short form, and what the office asks and concludes."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms_app.engine.reading import tidy
from forms_app.office.fields import DayInput, YuanField

from ..fields import LinesField
from ..models import Conclusion, MidtermCheck, Project
from .checking import LENGTHS, needs_remark

DAYS_TO_FILL = 14
DAYS_TO_MEND = 7
LONGEST_DRAFT = 5000  # characters of one text that a draft keeps


class MidtermForm(forms.Form):
    """The unit's short form. Not strict: a draft, of which everything that can be kept is kept."""

    progress = LinesField(
        label=_("进展"),
        most=LENGTHS["progress"],
        rows=7,
        help_text=_("做到哪一步了，与批准的计划比怎么样。活动不用再列一遍。"),
    )
    problems = LinesField(label=_("存在问题"), most=LENGTHS["problems"], rows=4, required=False)
    spent = YuanField(
        label=_("已用经费（元）"),
        required=False,
        min_value=0,
        error_messages={"min_value": _("经费不能是负数。")},
    )
    spent_remark = LinesField(
        label=_("经费说明"),
        most=LENGTHS["spent_remark"],
        rows=2,
        required=False,
        help_text=_("已用经费超过批准的经费时，请说明。"),
    )
    next_steps = LinesField(label=_("下一步"), most=LENGTHS["next_steps"], rows=4, required=False)

    def __init__(self, midterm: MidtermCheck, data: Any = None, *, strict: bool = False) -> None:
        """Args:
        midterm: whose draft the form begins with.
        strict: sending, which asks for what is required.
        """
        super().__init__(data, initial=midterm.answers)
        self.midterm, self.strict = midterm, strict
        self.fields["progress"].required = True
        if data is not None and not strict:
            self.fields["progress"].required = False
        self.fields["spent"].help_text = _("批准 %(granted)s 元。没有用就写 0。") % {
            "granted": f"{midterm.project.granted:,.2f}"
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a remark where more was spent than granted."""
        cleaned = super().clean()
        if (
            self.strict
            and needs_remark(self.midterm.project, cleaned.get("spent"))
            and not cleaned.get("spent_remark")
            and "spent_remark" not in self.errors
        ):
            self.add_error("spent_remark", _("已用经费超过批准的经费，请说明。"))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """What can be kept of what was typed: also a text that is still too long, no sum that is none."""
        kept = {}
        for name in MidtermCheck.ANSWERS:
            if name in self.cleaned_data:
                kept[name] = self.cleaned_data[name]
            elif name != "spent":
                text = tidy(self.data.get(name, ""), lines=True)
                if len(text) <= LONGEST_DRAFT:
                    kept[name] = text
        return kept


class AskForm(forms.Form):
    """Ask one project."""

    due_on = forms.DateField(label=_("交报期限（含当日）"), widget=DayInput())
    looks_at = LinesField(
        label=_("检查什么"),
        most=200,
        rows=2,
        help_text=_("单位填表时看得到，例如：对照批准的计划，看进度、经费和需要帮助的地方。"),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["due_on"].initial = timezone.localdate() + timedelta(days=DAYS_TO_FILL)
        self.fields["looks_at"].initial = _("对照批准的计划，看进度、经费和需要帮助的地方。")


class AskManyForm(AskForm):
    """Ask many projects of a year; all of them to begin with."""

    projects = forms.MultipleChoiceField(
        label=_("请哪些项目交"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一个项目。")},
    )

    def __init__(
        self, projects: Iterable[Project], data: Any = None, *, asked: Iterable[Project] = ()
    ) -> None:
        """Args:
        projects: those that can be asked.
        asked: those that were asked already; naming them again, by a second click, is no mistake.
        """
        super().__init__(data)
        offered = [(str(one.pk), one.title) for one in projects]
        self.fields["projects"].choices = [*offered, *((str(one.pk), one.title) for one in asked)]
        self.fields["projects"].initial = [key for key, _title in offered]

    @property
    def chosen(self) -> set[str]:
        """The keys that are ticked."""
        return {str(key) for key in self["projects"].value() or ()}


class ConcludeForm(forms.Form):
    """What the school union concludes."""

    conclusion = forms.ChoiceField(
        label=_("结论"), choices=Conclusion.choices, widget=forms.RadioSelect
    )
    opinion = LinesField(
        label=_("意见"),
        most=300,
        required=False,
        help_text=_("会告诉单位；结论不是“正常”的须写明。"),
    )


class SendBackForm(forms.Form):
    """Give a check back."""

    reason = LinesField(label=_("需要修改什么"), most=300)
    until = forms.DateField(label=_("请在这天前（含当日）改好"), widget=DayInput())

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["until"].initial = timezone.localdate() + timedelta(days=DAYS_TO_MEND)


class RedateForm(forms.Form):
    """Another day."""

    due_on = forms.DateField(label=_("新的期限（含当日）"), widget=DayInput())
