"""Who serves as an expert of a call: the school's own experts, and those invited to it from outside."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from forms_app.models import CallPage
from portal.units.models import Role, User
from portal.units.permissions import people_with


def experts_of(call: CallPage) -> QuerySet[User]:
    """Return the experts who can be given entries of a call: nobody whose invitation is to another one, or void."""
    return people_with(Role.EXPERT).filter(
        Q(invitation__isnull=True)
        | Q(
            invitation__call=call,
            invitation__revoked_at__isnull=True,
            invitation__expires_at__gt=timezone.now(),
        )
    )


def serves(expert: User, call: CallPage) -> bool:
    """Return whether somebody is an expert of the call (one query)."""
    return experts_of(call).filter(pk=expert.pk).exists()
