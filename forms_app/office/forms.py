"""What the office types. Forms validate; the verbs write."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms_app.models.letter_places import problem_of
from forms_app.review.blind import PEOPLE
from forms_app.review.reviewing import valid_reviews
from portal.units.models import Role, Unit, UnitKind, User
from portal.units.permissions import people_with

from ..engine.schema import Schema, fields_of
from ..models import (
    CallPage,
    Entry,
    EntryStatus,
    Extension,
    Recusal,
    Review,
)
from .fields import DayInput
from .queues import unfinished_assignments

DAYS_TO_MEND = 7


class CheckForm(forms.Form):
    """The call's checklist, ticked line by line."""

    ticked = forms.MultipleChoiceField(
        label=_("核对清单"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, prefix="check", **kwargs)
        self.fields["ticked"].choices = [(line, line) for line in lines]
        if not self.fields["ticked"].choices:
            del self.fields["ticked"]


class ReturnForm(forms.Form):
    """Give an entry back: what for, until when, and remarks at single fields."""

    comment = forms.CharField(
        label=_("需要修改什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    until = forms.DateField(label=_("请在这天前（含当日）改好"), required=False, widget=DayInput())

    def __init__(self, *args: Any, schema: Schema, **kwargs: Any) -> None:
        super().__init__(*args, prefix="return", **kwargs)
        self.fields["until"].initial = timezone.localdate() + timedelta(days=DAYS_TO_MEND)
        self.remark_keys = [field["key"] for field in fields_of(schema)]
        for field in fields_of(schema):
            self.fields[f"at-{field['key']}"] = forms.CharField(
                label=_("对“%(label)s”的修改意见") % {"label": field["label"]},
                required=False,
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2, "form": "act-return"}),
            )

    def remark(self, key: str) -> forms.BoundField:
        """Return the input of a remark on a field."""
        return self[f"at-{key}"]

    @property
    def field_comments(self) -> dict[str, str]:
        """The remarks that were made, by the field's key."""
        found = {key: self.cleaned_data.get(f"at-{key}", "") for key in self.remark_keys}
        return {key: text for key, text in found.items() if text}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class BoardFilter(forms.Form):
    """Which rows of the board are shown."""

    category = forms.ChoiceField(label=_("类别"), required=False)
    kind = forms.ChoiceField(
        label=_("单位类型"),
        choices=[("", _("全部单位")), ("disciplinary", _("学科性学院")), *UnitKind.choices],
        required=False,
    )
    open = forms.BooleanField(label=_("只看待决定的"), required=False)

    def __init__(self, *args: Any, entries: Iterable[Entry], **kwargs: Any) -> None:
        """Offer the categories that occur among the entries of the board."""
        super().__init__(*args, **kwargs)
        found = {entry.category for entry in entries if entry.category}
        self.fields["category"].choices = [
            ("", _("全部类别")),
            *((str(one.pk), one) for one in sorted(found, key=lambda one: (one.order, one.pk))),
        ]


class ExemptionForm(forms.Form):
    """A college that need not apply, and why."""

    unit = forms.TypedChoiceField(label=_("学院"))
    reason = forms.CharField(label=_("豁免的原因"), max_length=200)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [("", _("请选择")), *offered.items()]
        self.fields["unit"].coerce = offered.get


class MinutesForm(forms.Form):
    """What the decisions rest on."""

    minutes = forms.CharField(
        label=_("会议纪要"),
        help_text=_("是哪次会定的，例如“校工会第5次办公会纪要”。写进台账，通知书里可以引用。"),
        max_length=60,
        error_messages={"required": _("请写明会议纪要，例如“校工会第5次办公会纪要”。")},
    )


class LettersForm(forms.Form):
    """The year's texts of the two letters."""

    letter_establish = forms.CharField(
        label=_("立项通知"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6})
    )
    letter_reject = forms.CharField(
        label=_("不予立项通知"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        """Every place in a letter is one that can be filled."""
        cleaned = super().clean()
        for name in ("letter_establish", "letter_reject"):
            if problem := problem_of(cleaned.get(name, "")):
                self.add_error(name, problem)
        return cleaned


class AssignForm(forms.Form):
    """Which experts get an entry."""

    experts = forms.ModelMultipleChoiceField(label=_("专家"), queryset=User.objects.none())

    def __init__(self, *args: Any, experts: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["experts"].queryset = User.objects.filter(pk__in=[one.pk for one in experts])
        self.fields["experts"].error_messages["required"] = _("请至少勾选一位专家。")


class CloseForm(forms.Form):
    """The end of an entry's review; where somebody has not handed in, only after a second thought."""

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, prefix="close", **kwargs)
        waiting = unfinished_assignments(entry.call).filter(entry=entry)
        if names := "、".join(str(one.expert) for one in waiting.select_related("expert")):
            self.fields["sure"] = forms.BooleanField(
                label=_("不再等%(names)s：还没有提交的评分不计入") % {"names": names},
                error_messages={
                    "required": _("还有专家没有提交。请先提醒他们；确实不等了，请勾选这一项。")
                },
            )


class ReopenForm(forms.Form):
    """Whose locked scores, and why."""

    review = forms.ModelChoiceField(
        label=_("专家"), queryset=Review.objects.none(), empty_label=_("请选择")
    )
    reason = forms.CharField(
        label=_("重新打开的理由（会告诉专家）"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, prefix="reopen", **kwargs)
        self.fields["review"].queryset = valid_reviews(entry).select_related("assignment__expert")
        self.fields["review"].label_from_instance = lambda review: str(review.assignment.expert)


class RecuseForm(forms.Form):
    """Who stays away, and why."""

    expert = forms.ModelChoiceField(
        label=_("专家"), queryset=User.objects.none(), empty_label=_("请选择")
    )
    reason = forms.CharField(
        label=_("回避的理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, prefix="recuse", **kwargs)
        self.fields["expert"].queryset = people_with(Role.EXPERT).exclude(
            pk__in=entry.recusals.values("expert")
        )


class LiftForm(forms.Form):
    """Whose recusal was a mistake, and why."""

    recusal = forms.ModelChoiceField(
        label=_("专家"), queryset=Recusal.objects.none(), empty_label=_("请选择")
    )
    reason = forms.CharField(
        label=_("撤销的理由（会告诉专家）"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, prefix="lift", **kwargs)
        self.fields["recusal"].queryset = entry.recusals.select_related("expert")
        self.fields["recusal"].label_from_instance = lambda one: f"{one.expert}：{one.reason}"


class ExtensionForm(forms.ModelForm):
    """More time for one unit."""

    class Meta:
        model = Extension
        fields = ["unit", "until", "reason"]
        widgets = {
            "until": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }

    def __init__(self, *args: Any, call: CallPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["unit"].queryset = Unit.objects.active()

    def clean(self) -> dict[str, Any]:
        """An extension is longer than the call, and a unit has one."""
        cleaned = super().clean()
        until, unit = cleaned.get("until"), cleaned.get("unit")
        if until and until <= self.call.closes_at:
            self.add_error("until", _("延长后的时间要晚于申报截止时间。"))
        if unit and not self.call.admits(unit):
            self.add_error("unit", _("这份通知不面向这类单位。"))
        return cleaned


class ObjectionStepForm(forms.Form):
    """What was found, or is going to be done."""

    text = forms.CharField(
        label=_("情况说明"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("请写明情况：怎样处理，依据是什么。")},
    )


class QueueFilter(forms.Form):
    """What of a call's entries is listed."""

    status = forms.ChoiceField(required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    kind = forms.ChoiceField(
        label=_("单位类型"),
        choices=[("", _("全部单位")), *UnitKind.choices],
        required=False,
    )
    q = forms.CharField(
        label=_("项目名称或单位"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("项目名称或单位")}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", ""), *EntryStatus.choices]


ADJUSTABLE = {"text", "long_text", "money", "integer", "category"}


def adjustable_part(entry: Entry) -> Schema:
    """Return the part of an entry's schema whose answers the school union can propose to change.

    Title, category, sums and texts (plan, section 4 step 2: direction and content); never people, files or rows.
    """
    return {
        "sections": [
            {
                **section,
                "fields": [
                    {**field, "required": False, "options": {**field["options"], "only_if": None}}
                    for field in section["fields"]
                    if field["kind"] in ADJUSTABLE and not field["key"].startswith(PEOPLE)
                ],
            }
            for section in entry.form_version.schema["sections"]
        ],
        "rules": [],
        "warnings": [],
    }
