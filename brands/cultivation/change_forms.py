"""What is typed at a change request: what the unit asks for, what the office decides."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms_app.office.fields import DayInput

from ..fields import LinesField
from ..models import ChangeAspect, ChangeKind, ChangeRequest, Project
from .changing import FIELDS, LONGEST_REASON, LONGEST_VALUE, longest, wrong_day


class RequestForm(forms.Form):
    """What every request says."""

    reason = LinesField(label=_("理由"), most=LONGEST_REASON, rows=4)

    def __init__(self, project: Project, data: Any = None) -> None:
        super().__init__(data)
        self.project = project


class ExtensionForm(RequestForm):
    """More time for the summary."""

    until = forms.DateField(label=_("延到哪一天（含当日）"), widget=DayInput())
    field_order = ("until", "reason")

    def clean_until(self) -> date:
        """A day ahead, and later than what the unit has already; told at the field."""
        until = self.cleaned_data["until"]
        if reason := wrong_day(self.project, until):
            raise forms.ValidationError(reason)
        return until


class ChangeForm(RequestForm):
    """From what to what."""

    aspect = forms.ChoiceField(
        label=_("变更什么"), choices=ChangeAspect.choices, widget=forms.RadioSelect
    )
    old_value = LinesField(
        label=_("原来"),
        most=LONGEST_VALUE,
        rows=2,
        required=False,
        help_text=_("项目名称和负责人不用写，系统会填现在的。"),
    )
    new_value = LinesField(
        label=_("改为"),
        most=LONGEST_VALUE,
        rows=2,
        help_text=_("项目名称最多 30 字，负责人写姓名。"),
    )
    field_order = ("aspect", "old_value", "new_value", "reason")

    def clean(self) -> dict[str, Any]:
        """A title and a name are one line, and short."""
        cleaned = super().clean()
        aspect, value = cleaned.get("aspect"), cleaned.get("new_value")
        if aspect not in FIELDS or not value:
            return cleaned
        cleaned["new_value"] = value = " ".join(value.split())
        if len(value) > longest(aspect):
            self.add_error(
                "new_value",
                forms.ValidationError(
                    _("最多 %(most)d 字，现在 %(long)d 字。"),
                    params={"most": longest(aspect), "long": len(value)},
                ),
            )
        elif value == getattr(self.project, FIELDS[aspect]):
            self.add_error("new_value", _("与现在的一样，不用变更。"))
        return cleaned


FORMS = {
    ChangeKind.EXTENSION: ExtensionForm,
    ChangeKind.CHANGE: ChangeForm,
    ChangeKind.TERMINATION: RequestForm,
}


class DecisionForm(forms.Form):
    """The answer to one request; two buttons say which."""

    asked = forms.IntegerField(widget=forms.HiddenInput)
    until = forms.DateField(
        label=_("同意延到（含当日）"),
        required=False,
        widget=DayInput(),
        help_text=_("可以与申请的不同，两个日子都留着。"),
    )
    answer = LinesField(
        label=_("答复"),
        most=200,
        rows=2,
        required=False,
        help_text=_("会告诉单位；不同意的须写明理由。"),
    )

    def __init__(self, asked: ChangeRequest, data: Any = None) -> None:
        super().__init__(
            data,
            initial={"asked": asked.pk, "until": asked.until},
            auto_id=f"change-{asked.pk}-%s",
        )
        if asked.kind != ChangeKind.EXTENSION:
            del self.fields["until"]
