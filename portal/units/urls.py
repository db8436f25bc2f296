"""Addresses of sign-in and of one's own data. Only these of allauth's: nobody registers himself."""

from allauth.account import views as allauth
from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access

from .campus.views import back, there
from .user_admin import OwnAccountView
from .views.door import SignInView, cms_door
from .views.profile import change_password, download_own_data, profile

urlpatterns = [
    path("accounts/login/", SignInView.as_view(), name="account_login"),
    path("accounts/campus/", there, name="campus"),
    path("accounts/campus/back/", back, name="campus_back"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/password/change/", change_password, name="account_change_password"),
    path("accounts/password/reset/", allauth.password_reset, name="account_reset_password"),
    path(
        "accounts/password/reset/done/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("admin/login/", cms_door),
    path("admin/account/", require_admin_access(OwnAccountView.as_view())),
    path("my/profile/", profile, name="profile"),
    path("my/profile/data/", download_own_data, name="profile_data"),
]
