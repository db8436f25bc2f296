"""Wagtail's user management, for superusers: who may do what in the CMS. Everyday people are in the register 人员."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NameEmailSettingsPanel
from wagtail.admin.widgets.button import Button
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from .models import User
from .permissions import may_manage_person

FIELDS = ["username", "name", "staff_no", "phone", "email", "is_superuser", "groups"]


class _InOurWords:
    """The hint at the user name, which Wagtail does not translate."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = gettext_lazy("文字、数字和 @ . + - _；一般就用工号。")


class PersonCreationForm(_InOurWords, UserCreationForm):
    """A new account; its initial password is drawn afterwards."""

    first_name = None
    last_name = None
    email = forms.EmailField(label=gettext_lazy("邮箱"), required=False)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS

    def save(self, commit: bool = True) -> User:
        """Store the account without a password: the initial one is drawn on the list of users."""
        self.instance.set_unusable_password()
        self.instance.must_change_password = True
        return super().save(commit)


class PersonEditForm(_InOurWords, UserEditForm):
    """An account, its groups and whether it may sign in."""

    first_name = None
    last_name = None
    email = forms.EmailField(label=gettext_lazy("邮箱"), required=False)

    class Meta(UserEditForm.Meta):
        model = User
        fields = [*FIELDS, "is_active"]


class OwnAccountView(AccountView):
    """The CMS settings of the person who is signed in, without first and last names; his own data are at /my/profile/."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Return Wagtail's panels but the one of names."""
        return [p for p in super().get_panels() if not isinstance(p, NameEmailSettingsPanel)]


class PeopleIndexView(IndexView):
    search_fields = ["name", "username", "staff_no", "email"]


class PeopleViewSet(UserViewSet):
    """Registered through portal.units.apps.WagtailUsersConfig."""

    index_view_class = PeopleIndexView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form of creating or of editing."""
        return PersonEditForm if for_update else PersonCreationForm


def initial_password_button(user: User, request_user: User) -> list[Button]:
    """Offer a new initial password in the list of users."""
    if not may_manage_person(request_user, user):
        return []
    address = reverse("units_initial_password", args=[user.pk])
    return [Button(_("发放初始密码"), address, icon_name="key", priority=30)]


def refuse_deleting(request: HttpRequest, *args: object) -> HttpResponse:
    """Keep everybody who has ever had an account: the records of what he did name him."""
    messages.error(request, _("账号不能删除，因为审批和审计记录要一直写明是谁办理的。请改为停用。"))
    return redirect(reverse("wagtailusers_users:index"))
