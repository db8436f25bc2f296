"""Who sends the mail with which somebody sets a new password: the floor that sends mail says so."""

from collections.abc import Callable

from .models import User

Send = Callable[[list[User]], None]

_senders: list[Send] = []


def register_sender(send: Send) -> Send:
    """Register what sends people their links; a decorator."""
    _senders.append(send)
    return send


def send_links(people: list[User]) -> None:
    """Have a link sent to each of some people, later: nobody waits for it."""
    for send in _senders:
        send(people)
