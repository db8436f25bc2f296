"""Who may sign in with what."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from .doors import has_own_door
from .lockout import find_person
from .models import RoleGroup, User


class NameOrStaffNumberBackend(ModelBackend):
    """A local account: user name or staff number, and the password. Rights come by roles, never to one person alone."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **others: Any,
    ) -> User | None:
        """Return the active person whose password this is, or None; nobody who comes in by another door."""
        if not username or password is None:
            return None
        person = find_person(username)
        if person is None or has_own_door(person):
            # An unknown name must take as long as a wrong password.
            User().set_password(password)
            return None
        if person.check_password(password) and self.user_can_authenticate(person):
            return person
        return None

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, with what every screen asks of him, or None (one query)."""
        roles = RoleGroup.objects.filter(group__user=OuterRef("pk"))
        people = User.objects.select_related("wagtail_userprofile").annotate(
            holds_role=Exists(roles)
        )
        person = people.filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.none()
