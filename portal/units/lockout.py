"""Lock-out after failed sign-ins (等级保护 level 2), counted in the audit records.

The records are in the database that all processes share, so it is the same with every cache and survives a restart.
A name that belongs to nobody is counted and locked like an account: a stranger cannot tell the two apart.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from .auditing import client_ip, record
from .models import AuditAction, AuditRecord, AuditResult, User

FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
# A campus often shares one address: wide enough for its typing errors, narrow for somebody who tries all accounts.
FAILURES_PER_ADDRESS = 50


def find_person(login: str) -> User | None:
    """Return the person with this user name or, failing that, this staff number."""
    return (
        User.objects.filter(username=login).first() or User.objects.filter(staff_no=login).first()
    )


def locked_until(login: str, request: HttpRequest) -> datetime | None:
    """Return until when nobody may sign in under this name, or from this address; None where he may."""
    moments = [_account_locked_until(_scope(login)), _address_locked_until(client_ip(request))]
    return max((moment for moment in moments if moment), default=None)


def count_failure(login: str, request: HttpRequest) -> int:
    """Record a failed sign-in and lock the account at the fifth.

    Args:
        login: the name typed.
        request: where it came from.

    Returns:
        How many attempts are left before the account is locked; 0 when it was locked now.
    """
    scope, person = _scope(login), find_person(login)
    failed = {"request": request, "person": person, "tried": login, "result": AuditResult.FAILURE}
    record(AuditAction.SIGN_IN, **failed)
    left = FAILURES - _failures_since_cleared(scope)
    if left <= 0:
        record(AuditAction.LOCK, request=request, person=person, tried=login)
    return max(left, 0)


def _scope(login: str) -> Q:
    """Return the records of one account, whichever of its names was typed; of one name where there is no account."""
    person = find_person(login)
    return Q(person=person) if person else Q(person=None, tried=login[:150])


def _account_locked_until(scope: Q) -> datetime | None:
    last = AuditRecord.objects.filter(
        scope,
        at__gt=timezone.now() - LOCKED_FOR,
        action__in=[
            AuditAction.LOCK,
            AuditAction.PASSWORD_RESET,
            AuditAction.INITIAL_PASSWORD,
        ],
    ).first()
    return last.at + LOCKED_FOR if last and last.action == AuditAction.LOCK else None


def _failures_since_cleared(scope: Q) -> int:
    """Count the failures of the last 15 minutes after the last success, lock or new password."""
    recent = AuditRecord.objects.filter(scope, at__gt=timezone.now() - LOCKED_FOR)
    cleared = recent.exclude(action=AuditAction.SIGN_IN, result=AuditResult.FAILURE).exclude(
        action__in=[AuditAction.SIGN_OUT, AuditAction.IMPORT]
    )
    failures = recent.filter(action=AuditAction.SIGN_IN, result=AuditResult.FAILURE)
    if last := cleared.first():
        failures = failures.filter(Q(at__gt=last.at) | Q(at=last.at, pk__gt=last.pk))
    return failures.count()


def _address_locked_until(ip: str | None) -> datetime | None:
    failures = AuditRecord.objects.filter(
        ip=ip,
        action=AuditAction.SIGN_IN,
        result=AuditResult.FAILURE,
        at__gt=timezone.now() - LOCKED_FOR,
    )
    oldest = failures[FAILURES_PER_ADDRESS - 1 : FAILURES_PER_ADDRESS] if ip else []
    return next((failure.at + LOCKED_FOR for failure in oldest), None)
