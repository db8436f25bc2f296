"""What can be told. Upper floors register their kinds; a kind is a subject and a text with named places."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """A kind of message.

    Attributes:
        code: ASCII, kept on the message.
        subject: one line with {places}.
        text: what happened and what to do now, with {places}.
    """

    code: str
    subject: Promise | str
    text: Promise | str


_kinds: dict[str, Kind] = {}


def register_kind(code: str, *, subject: Promise | str, text: Promise | str) -> None:
    """Register a kind of message.

    Raises:
        ValueError: the code is taken.
    """
    if code in _kinds:
        raise ValueError(f"message kind {code} is registered twice")
    _kinds[code] = Kind(code, subject, text)


def get_kind(code: str) -> Kind:
    """Return a registered kind.

    Raises:
        KeyError: nobody registered it.
    """
    return _kinds[code]
