"""How fast the portal is: one module for each benchmark, `make bench` runs them all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured value: what it is, how much, in which unit, and the most it may be (None: no limit).

    `note` says in words what was seen beside it.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""
