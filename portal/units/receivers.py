"""Audit records of what django and allauth tell."""

from typing import Any

from allauth.account import signals as account
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from .auditing import record
from .lockout import forgive
from .models import AuditAction, User


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Record a sign-in, through whichever door."""
    record(AuditAction.SIGN_IN, request=request, actor=user, person=user, tried=user.username)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Record a sign-out."""
    if user:
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
