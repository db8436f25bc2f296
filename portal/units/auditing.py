"""Writing the audit record of accounts."""

from ipaddress import ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.plain_text import tidy

from .models import AuditAction, AuditRecord, AuditResult, User


def client_ip(request: HttpRequest | None) -> str | None:
    """Return the address of the person's machine, or None where it is unknown (a command, a unix socket).

    Behind proxies it is read from X-Forwarded-For by counting as many proxies from the right as
    ALLAUTH_TRUSTED_PROXY_COUNT names: what a client writes there himself is not believed.
    """
    if request is None:
        return None
    try:
        return str(ip_address(get_adapter().get_client_ip(request)))
    except (PermissionDenied, ValueError):
        return None


def record(
    action: AuditAction,
    *,
    request: HttpRequest | None = None,
    actor: User | None = None,
    person: User | None = None,
    tried: str = "",
    result: AuditResult = AuditResult.SUCCESS,
    detail: str = "",
) -> AuditRecord:
    """Append a record.

    Args:
        action: what was done.
        request: where it came from; only the address is kept.
        actor: the signed-in person who did it.
        person: whose account it concerns.
        tried: the name typed at sign-in.
        result: how it ended.
        detail: a line for the reader.

    Returns:
        The record.

    Side effects: one row.
    """
    return AuditRecord.objects.create(
        action=action,
        actor=actor,
        person=person,
        tried=tidy(tried)[:150],
        result=result,
        ip=client_ip(request),
        detail=tidy(detail)[:200],
    )
