"""Sessions that began at the campus."""

from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from ..models import User
from .configuring import campus_in_use

BACKEND = "portal.units.campus.backend.CampusBackend"
VOUCHED = "campus_staff_no"  # in the session: the number that the campus gave


class CampusBackend(BaseBackend):
    """Keeps somebody signed in who came by the campus; what he may do the other backend says."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person, as long as he is active and has a staff number, and the campus sign-in is in use."""
        if campus_in_use() is None:
            return None
        people = User.objects.filter(pk=user_id, is_active=True, staff_no__isnull=False)
        return people.first()


def came_by_campus(request: HttpRequest) -> bool:
    """Return whether the session of a request began at the campus."""
    return request.session.get(BACKEND_SESSION_KEY) == BACKEND


def is_still_his(request: HttpRequest) -> bool:
    """Return whether the account of a session that began at the campus still has the number the campus gave."""
    return request.session.get(VOUCHED) == request.user.staff_no
