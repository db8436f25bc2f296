"""How django-allauth signs people in here: nobody registers himself, failures lock, everybody lands where he belongs."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .lockout import LOCKED_FOR, admit, count_failure, take_a_try
from .models import User
from .permissions import home_of


class AccountAdapter(DefaultAccountAdapter):
    """Named in ACCOUNT_ADAPTER."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: the office creates accounts."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where the person belongs, when he asked for nothing in particular."""
        return home_of(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where the person belongs."""
        return home_of(request.user)

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether an address of `next` stays on this host; allauth would follow it to any allowed host."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, and refuse before looking at the password while the account or the address is locked.

        Raises:
            ValidationError: says when to try again and whom to ask.
        """
        if until := take_a_try(credentials["username"], request):
            raise ValidationError(_locked(until), code="locked")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the failure and say what remains.

        Raises:
            ValidationError: always; the same words for a wrong password, an unknown name and a deactivated account.
        """
        left = count_failure(credentials["username"], request)
        if left == 0:
            raise ValidationError(_locked(timezone.now() + LOCKED_FOR), code="locked")
        raise ValidationError(
            _("用户名（工号）或密码不正确。")
            + ngettext(
                "再错 %(left)d 次，账号将锁定 15 分钟。",
                "再错 %(left)d 次，账号将锁定 15 分钟。",
                left,
            )
            % {"left": left},
            code="wrong",
        )

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Send the person where he belongs, and know his browser from now on."""
        response = super().post_login(request, user, **how)
        admit(user, request, response)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Store a password that the person chose himself."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])


def _locked(until: datetime) -> str:
    return _("登录失败次数过多，已暂时锁定。请在 %(time)s 以后再试；急用请联系校工会办公室。") % {
        "time": formats.time_format(timezone.localtime(until + timedelta(minutes=1)), "H:i")
    }
