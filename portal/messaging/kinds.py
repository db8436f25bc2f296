"""What can be told. Upper floors register their kinds; a kind is a subject and a text with named places."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Message


@dataclass(frozen=True)
class Kind:
    """A kind of message.

    Attributes:
        code: ASCII, kept on the message.
        subject: one line with {places}.
        text: what happened and what to do now, with {places}.
        secret_path: makes the path of a link that must not be kept, when the mail is sent; None where there is none.
    """

    code: str
    subject: Promise | str
    text: Promise | str
    secret_path: Callable[[Message], str] | None = None


_kinds: dict[str, Kind] = {}


def register_kind(
    code: str,
    *,
    subject: Promise | str,
    text: Promise | str,
    secret_path: Callable[[Message], str] | None = None,
) -> None:
    """Register a kind of message.

    Raises:
        ValueError: the code is taken.
    """
    if code in _kinds:
        raise ValueError(f"message kind {code} is registered twice")
    _kinds[code] = Kind(code, subject, text, secret_path)


def get_kind(code: str) -> Kind:
    """Return a registered kind.

    Raises:
        KeyError: nobody registered it.
    """
    return _kinds[code]
