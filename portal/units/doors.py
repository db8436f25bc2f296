"""Accounts that open by a door of their own and never by a password; the floor that keeps the door says which these are."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from .models import User

Choose = Callable[[QuerySet[User]], QuerySet[User]]

_choosers: list[Choose] = []


def register_own_door(choose: Choose) -> None:
    """Declare accounts that never get a password.

    Args:
        choose: narrows a query of people down to them.

    Side effects: no reset by mail, no initial password and no sign-in by name and password for these accounts.
    """
    _choosers.append(choose)


def with_own_door(people: QuerySet[User]) -> QuerySet[User]:
    """Return those of some people who come in by a door of their own."""
    ours = Q(pk__in=[])
    for choose in _choosers:
        ours |= Q(pk__in=choose(User.objects.order_by()).values("pk"))
    return people.filter(ours)


def has_own_door(person: User) -> bool:
    """Return whether somebody comes in by a door of his own (one query)."""
    return with_own_door(User.objects.filter(pk=person.pk)).exists()
