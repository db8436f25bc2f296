"""The lists that form fields choose from: categories and units. `brands` registers its own beside them."""

from collections.abc import Iterable, Mapping

from portal.units.models import Unit

from .engine import sources
from .engine.context import FillingContext
from .models import Category


def categories(_context: FillingContext) -> list[tuple[str, str]]:
    """Return the programme's categories."""
    return list(Category.objects.values_list("code", "name"))


def category_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Return the names of categories."""
    return dict(Category.objects.filter(code__in=codes).values_list("code", "name"))


def other_units(context: FillingContext) -> list[tuple[str, str]]:
    """Return the units that can be partners: active, and not the applicant itself."""
    own = getattr(context.unit, "pk", None)
    return list(Unit.objects.active().exclude(pk=own).values_list("code", "name"))


def unit_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Return the names of units, also of those that are no longer active."""
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))


sources.register_choices("categories", categories, category_names)
sources.register_choices("units", other_units, unit_names)
