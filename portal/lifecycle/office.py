"""What only the school union's office does."""

from django.utils.translation import gettext as _

from portal.units.models import User
from portal.units.permissions import is_school_union

from .door import Refused


def only_the_office(actor: User) -> None:
    """Refuse an act of anybody but the school union's office; auditors, who see everything, are told so.

    Raises:
        Refused: forbidden.
    """
    if not is_school_union(actor):
        raise Refused(_("您的账号可以查看全部内容，不办理申报。"), code="forbidden")
