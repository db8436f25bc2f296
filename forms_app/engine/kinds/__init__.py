"""The registry of field kinds. A new kind is a module here with `KINDS` (or `TABLES`); nothing else names it."""

import pkgutil
from importlib import import_module

from .base import GROUPS, CellKind, Fault, Kind, Labels, Spec
from .designer import column_blocks, field_blocks
from .unknown import Unknown

MODULES = tuple(
    import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
)


def _in_order(kinds: list[Kind]) -> dict[str, Kind]:
    """Return kinds by code, as the designer offers them.

    Raises:
        ValueError: two kinds have one code.
    """
    found = {kind.code: kind for kind in sorted(kinds, key=lambda one: one.place)}
    if len(found) < len(kinds):
        raise ValueError("two field kinds have one code")
    return found


_simple = [kind for module in MODULES for kind in getattr(module, "KINDS", ())]
CELLS: dict[str, CellKind] = {
    code: kind for code, kind in _in_order(_simple).items() if isinstance(kind, CellKind)
}
KINDS: dict[str, Kind] = _in_order(
    [
        *_simple,
        *(
            table(CELLS, lambda: column_blocks(CELLS.values()))
            for module in MODULES
            for table in getattr(module, "TABLES", ())
        ),
    ]
)
UNKNOWN = Unknown()


def kind_of(field: Spec) -> Kind:
    """Return the kind of a schema's field; a stand-in that shows raw text where the kind is gone."""
    return KINDS.get(field["kind"], UNKNOWN)


__all__ = [
    "CELLS",
    "GROUPS",
    "KINDS",
    "CellKind",
    "Fault",
    "Kind",
    "Labels",
    "Spec",
    "column_blocks",
    "field_blocks",
    "kind_of",
]
