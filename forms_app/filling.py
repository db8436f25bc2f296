"""Filling in an entry: starting it, saving it, finding what is still missing."""

from .engine.checking import Problem
from .models import Entry


def problems(entry: Entry) -> list[Problem]:
    """Return what keeps the entry from being sent."""
    return []
