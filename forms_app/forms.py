"""The plain forms around an entry: opinions, answers, withdrawal. They validate; the verbs write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.units.models import User

from .models import Answer, Conclusion, SignOffLevel

LONGEST = 300  # characters of an opinion or reason


def _text(label: object, **options: object) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。")},
        **options,
    )


class SignForm(forms.Form):
    """An opinion on a form: agree, or send it back with a reason."""

    text = _text(_("意见"), help_text=_("同意可以不写；退回修改请写明要改什么。"))
    conclusion = forms.ChoiceField(
        label=_("结论"),
        choices=Conclusion,
        error_messages={"required": _("请选“同意”或“退回修改”。")},
    )
    # For whom the page asked him to sign: whoever holds both posts signs for each by itself.
    level = forms.ChoiceField(choices=SignOffLevel, widget=forms.HiddenInput, required=False)
    # The version in front of the signer.
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        error_messages={"required": _("请再看一遍这份表，再签署。")},
    )

    def clean(self) -> dict[str, object]:
        """A return names its reason, at the field."""
        cleaned = super().clean()
        if cleaned.get("conclusion") == Conclusion.RETURN and not cleaned.get("text"):
            self.add_error("text", _("请写明需要修改什么，经办人才知道怎么改。"))
        return cleaned


class HandOverForm(forms.Form):
    """Which colleague goes on with a draft, and what he should know."""

    to = forms.ModelChoiceField(
        label=_("请谁接着填"),
        queryset=User.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一位同事。")},
    )
    text = _text(_("要交代的话"), help_text=_("可以不写。例如还差哪几栏、哪天以前要交。"))

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.filter(pk__in=[one.pk for one in colleagues])


EACH = "each"


class AnswerProposalForm(forms.Form):
    """The unit's answer to the school union's proposal: all of it alike, or each field by itself."""

    text = _text(_("总的说明"), help_text=_("可以不写。"))
    answer = forms.ChoiceField(
        choices=[
            (Answer.ACCEPTED, Answer.ACCEPTED.label),
            (Answer.OBJECTED, Answer.OBJECTED.label),
            (EACH, _("逐项答复")),
        ],
        error_messages={"required": _("请逐项答复，或选“全部同意”。")},
    )

    def clean(self) -> dict[str, object]:
        """An objection names its reason, at the field."""
        cleaned = super().clean()
        if cleaned.get("answer") == Answer.OBJECTED and not cleaned.get("text"):
            self.add_error("text", _("不同意时请写明理由。"))
        return cleaned


class FieldAnswerForm(forms.Form):
    """The unit's answer to the proposal for one field; what it proposes instead is asked with the field's own input."""

    answer = forms.ChoiceField(
        label=_("答复"),
        choices=[
            (Answer.ACCEPTED, Answer.ACCEPTED.label),
            (Answer.OBJECTED, _("不同意，保持原来的")),
            (Answer.COUNTERED, _("另提方案")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("这一处还没有答复。")},
    )
    text = _text(_("理由"), help_text=_("不同意时必填，另提方案时最好写一句。"))

    def __init__(self, *args: object, key: str, **kwargs: object) -> None:
        super().__init__(*args, prefix=f"on-{key}", **kwargs)
        self.fields["text"].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, object]:
        """An objection names its reason, at the field."""
        cleaned = super().clean()
        if cleaned.get("answer") == Answer.OBJECTED and not cleaned.get("text"):
            self.add_error("text", _("不同意时请写明理由。"))
        return cleaned


class WithdrawForm(forms.Form):
    """Giving an entry up."""

    text = _text(_("放弃的原因"), help_text=_("可以不写；会告诉正在办理的人。"))


class SendForm(forms.Form):
    """Handing an entry in, with a word on what changed since the last time."""

    text = _text(_("修改说明"), help_text=_("可以不写。写一句改了什么，审查时一眼就能看到。"))
    # What stands for the entry as it was checked.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
