"""The registry of field kinds. A new kind is a module with `KINDS`, and its line in MODULES."""

from . import choice, contact, date, files, number, registered, rows, system, text, url
from .base import CellKind, Fault, Kind, Labels, Spec
from .designer import column_blocks, field_blocks
from .unknown import Unknown

MODULES = (text, contact, number, date, choice, registered, files, url, system)
_simple: dict[str, Kind] = {kind.code: kind for module in MODULES for kind in module.KINDS}
CELLS: dict[str, CellKind] = {
    code: kind for code, kind in _simple.items() if isinstance(kind, CellKind)
}
KINDS: dict[str, Kind] = {
    **_simple,
    "rows": rows.Rows(CELLS, lambda: column_blocks(CELLS.values())),
}
UNKNOWN = Unknown()


def kind_of(field: Spec) -> Kind:
    """Return the kind of a schema's field; a stand-in that shows raw text where the kind is gone."""
    return KINDS.get(field["kind"], UNKNOWN)


__all__ = [
    "CELLS",
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
