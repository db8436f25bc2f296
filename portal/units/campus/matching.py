"""Whose account it is: by staff number, letter for letter, and by nothing else."""

from typing import Any

from ..doors import has_own_door
from ..models import User
from .refusals import Deactivated, NoAccount, NotVouchedFor, OwnDoor

LONGEST = User._meta.get_field("staff_no").max_length


def person_with(staff_no: Any) -> User:
    """Return the active person with this staff number. Nobody is created, no name or e-mail address is compared.

    Args:
        staff_no: what the campus gave, of whatever type.

    Raises:
        NotVouchedFor: not a text. A number has lost its leading zeros, of several values one would be chosen.
        NoAccount: nobody has it; or the account is closed, or opens by an invitation only.
    """
    if not isinstance(staff_no, str) or not staff_no:
        raise NotVouchedFor(f"no staff number, but {type(staff_no).__name__}")
    if len(staff_no) > LONGEST or not staff_no.isprintable():
        raise NoAccount("not a staff number", staff_no=staff_no)
    person = User.objects.filter(staff_no=staff_no).first()
    if person is None:
        raise NoAccount("nobody has this staff number", staff_no=staff_no)
    if not person.is_active:
        raise Deactivated("deactivated", staff_no=staff_no, person=person)
    if has_own_door(person):
        raise OwnDoor("comes in by invitation", staff_no=staff_no, person=person)
    return person
