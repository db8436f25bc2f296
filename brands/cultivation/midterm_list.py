"""How projects stand with their mid-term check, as lists filter and count them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Conclusion, MidtermStatus
from ..models.midterm import WITH_THE_UNIT
from .checking import ASKABLE

# (code of the filter, label, what of the project's check must hold)
STANDINGS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("none", _("没有发起"), {"midterm__isnull": True, "status__in": ASKABLE}),
    ("missing", _("未交"), {"midterm__status__in": WITH_THE_UNIT}),
    ("sent", _("待阅"), {"midterm__status": MidtermStatus.SENT}),
    *((one.value, one.label, {"midterm__conclusion": one.value}) for one in Conclusion),
)


def with_standing(projects: QuerySet, code: str) -> QuerySet:
    """Return the projects that stand so; an unknown code leaves all."""
    where = next((found for name, _label, found in STANDINGS if name == code), {})
    return projects.filter(**where)
