"""What the office types about experts: who gets what, who is invited. Forms validate; the verbs write."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.units.models import User

from ..models import Category
from .fields import DayInput

DAYS_INVITED = 14


class GiveForm(forms.Form):
    """How entries are given out."""

    how = forms.ChoiceField(
        label=_("怎样分配"),
        choices=[
            ("evenly", _("平均、随机：补足每项的专家人数")),
            ("chosen", _("指定专家：把下面选的申报分给勾选的每一位")),
        ],
        initial="evenly",
        widget=forms.RadioSelect,
    )
    category = forms.ModelChoiceField(
        label=_("指定专家时，分哪些申报"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("全部类别（每位专家都评全部）"),
    )
    experts = forms.ModelMultipleChoiceField(
        label=_("指定哪些专家"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, experts: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, prefix="give", **kwargs)
        self.fields["experts"].queryset = User.objects.filter(pk__in=[one.pk for one in experts])


class TakeBackForm(forms.Form):
    """Why an entry is taken from an expert."""

    reason = forms.CharField(
        label=_("收回的理由（会告诉专家）"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明收回的理由。")},
    )


class UntilForm(forms.Form):
    """How long an invitation is good."""

    until = forms.DateField(label=_("有效期至（含当日）"), widget=DayInput())

    def __init__(self, *args: Any, at_least: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = max(
            timezone.localdate() + timedelta(days=DAYS_INVITED), at_least or date.min
        )


class InviteForm(UntilForm):
    """An expert from outside."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    institution = forms.CharField(label=_("单位"), max_length=60)
    email = forms.EmailField(label=_("邮箱"), help_text=_("链接发到这里"))
    field_order = ("name", "institution", "email", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="invite", **kwargs)
