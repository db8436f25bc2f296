"""What is missing or wrong in a set of answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the field's key and what to do, in words for the person who fills in."""

    field_key: str
    message: str
