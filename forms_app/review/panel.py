"""Who serves as an expert of a call: the school's own experts, and those invited to it from outside."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from forms_app.models import CallPage
from portal.units.models import Role, User
from portal.units.permissions import READS_ALL, people_with


def experts_of(call: CallPage) -> QuerySet[User]:
    """Return the experts who can be given entries of a call.

    Nobody whose invitation is to another one, or void, and nobody who reads all scores anyway.
    """
    return (
        _experts()
        .exclude(pk__in=_readers())
        .filter(
            Q(invitation__isnull=True)
            | Q(
                invitation__call=call,
                invitation__revoked_at__isnull=True,
                invitation__expires_at__gt=timezone.now(),
            )
        )
    )


def readers_among_experts() -> QuerySet[User]:
    """Return the experts who are given nothing: as people of the office, or auditors, they read what the others score."""
    return _experts().filter(pk__in=_readers())


def serves(expert: User, call: CallPage) -> bool:
    """Return whether somebody is an expert of the call (one query)."""
    return experts_of(call).filter(pk=expert.pk).exists()


def _experts() -> QuerySet[User]:
    return people_with(Role.EXPERT)


def _readers() -> QuerySet[User]:
    return people_with(*READS_ALL).values("pk")
