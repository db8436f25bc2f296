"""Forms of sign-in, passwords, one's own data and the office's people. They validate and never write."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.validators import RegexValidator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.plain_text import PlainText

from .doors import with_own_door
from .models import Role, User
from .password_links import send_links

mobile_number = RegexValidator(r"^1\d{10}$", _("手机号应为 11 位数字。"))


def _uncounted(field: forms.CharField) -> None:
    """Keep the limit of a field, without a counter of characters beside it."""
    field.max_length = None


class LoginForm(allauth.LoginForm):
    """User name or staff number, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("用户名或工号")
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        _uncounted(self.fields["login"])
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")


class _NewPassword:
    """The two fields of a new password, in our words, with our rules beside them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("新密码")
        self.fields["password1"].help_text = "".join(password_validators_help_texts()[:2])
        self.fields["password2"].label = _("再输一次新密码")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePasswordForm(_NewPassword, allauth.ChangePasswordForm):
    """The current password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("现在的密码")
        self.fields["oldpassword"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Refuse the same password again: an initial password must not stay."""
        cleaned = super().clean()
        old, new = self.cleaned_data.get("oldpassword"), self.cleaned_data.get("password1")
        if old and old == new:
            self.add_error("password1", _("新密码不能和现在的密码相同。"))
        return cleaned


class ResetPasswordKeyForm(_NewPassword, allauth.ResetPasswordKeyForm):
    """A new password, by the link in a mail."""


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Ask for a link to set a new password: by staff number, user name or e-mail address."""

    email = forms.CharField(
        label=_("工号、用户名或邮箱"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _uncounted(self.fields["email"])

    def clean_email(self) -> str:
        """Find whose account it is. Nobody is an answer too, and looks the same from outside."""
        name = self.cleaned_data["email"].strip()
        found = User.objects.filter(
            Q(username=name) | Q(staff_no=name) | Q(email__iexact=name), is_active=True
        ).exclude(email="")
        self.users = list(found.exclude(pk__in=with_own_door(found).values("pk")))
        return name

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Have each of the accounts sent a mail with its link. Returns the name typed."""
        send_links(self.users)
        return self.cleaned_data["email"]


class ProfileForm(PlainText, forms.ModelForm):
    """What a person may correct himself."""

    phone = forms.CharField(
        label=_("手机"),
        required=False,
        validators=[mobile_number],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "numeric"}),
    )
    email = forms.EmailField(
        label=_("邮箱"),
        required=False,
        help_text=_("用来接收办理提醒；忘记密码时，也靠它重设。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    class Meta:
        model = User
        fields = ["phone", "email"]


class UploadForm(forms.Form):
    """The workbook of units and people."""

    MAX_BYTES = 5 * 1024 * 1024

    file = forms.FileField(
        label=_("Excel 文件（.xlsx）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("请选择要导入的 Excel 文件。"),
            "empty": _("这个文件是空的（0 字节）。"),
        },
    )

    def clean_file(self) -> Any:
        """Check name and size; what is inside is read afterwards."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError(
                _("请上传 .xlsx 文件。旧的 .xls 文件请用 Excel 另存为 .xlsx。")
            )
        if file.size > self.MAX_BYTES:
            raise forms.ValidationError(_("文件超过 5 MB，请删去不用的工作表和图片。"))
        return file


class PersonForm(PlainText, forms.ModelForm):
    """An account as the office keeps it: no groups, no password."""

    staff_no = forms.CharField(
        label=_("工号"),
        required=False,
        max_length=20,
        validators=[RegexValidator(r"^[0-9A-Za-z_-]+$", _("只能由字母、数字、- 和 _ 组成。"))],
        help_text=_("校内人员必填；用工号登录，也按工号与导入表对应。"),
    )
    username = forms.CharField(
        label=_("用户名"),
        required=False,
        max_length=150,
        validators=[RegexValidator(r"^[\w.@+-]+$", _("只能由文字、数字和 @ . + - _ 组成。"))],
        help_text=_("不填就用工号；校外专家没有工号，请填一个用户名。"),
    )
    phone = forms.CharField(label=_("手机"), required=False, validators=[mobile_number])
    is_expert = forms.BooleanField(
        label=_("评审专家"), required=False, help_text=_("可以被指派评审申报表和总结表。")
    )

    class Meta:
        model = User
        fields = ["name", "staff_no", "username", "phone", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["is_expert"].initial = Role.EXPERT in self.instance.roles

    def clean_staff_no(self) -> str | None:
        """Return None for nothing: several people may have no staff number."""
        return self.cleaned_data["staff_no"] or None

    def clean(self) -> dict[str, Any]:
        """Take the staff number as user name where none was chosen."""
        cleaned = super().clean()
        cleaned["username"] = cleaned.get("username") or cleaned.get("staff_no") or ""
        if not cleaned["username"] and not self.errors:
            self.add_error("staff_no", _("请填写工号；没有工号的人，请填写用户名。"))
        return cleaned
