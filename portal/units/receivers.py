"""Audit records of what django and allauth tell."""

from typing import Any

from allauth.account import signals as account
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .auditing import record
from .campus.backend import came_by_campus
from .lockout import forgive
from .middleware import keep_awake
from .models import AuditAction, User


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Record a sign-in, through whichever door; from it on the idle time counts."""
    keep_awake(request.session)
    if came_by_campus(request):
        action, tried = AuditAction.CAMPUS_SIGN_IN, user.staff_no
    else:
        action, tried = AuditAction.SIGN_IN, user.username
    record(action, request=request, actor=user, person=user, tried=tried)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Record a sign-out; who came by the campus is told that he is still signed in there."""
    if user:
        if came_by_campus(request):
            messages.warning(
                request,
                _(
                    "这里已经退出，但统一身份认证还登录着：在这台电脑上不用密码就能进入校内别的系统。用的是公用电脑，请把浏览器全部关闭。"
                ),
                fail_silently=True,  # signed out by a command, with nobody to read it
            )
        record(AuditAction.SIGN_OUT, request=request, actor=user, person=user)


@receiver(account.password_changed)
def password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Record that somebody changed his password."""
    record(AuditAction.PASSWORD_CHANGE, request=request, actor=user, person=user)


@receiver(account.password_reset)
def password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Record that a password was set through the link in a mail; it also lifts a lock-out."""
    record(AuditAction.PASSWORD_RESET, request=request, person=user)
    forgive(user)
