"""The way to the campus and back, which a browser has to end as it began it.

A trip stands in the browser's session under a random mark that travels along. Who comes back with a mark that is not there
(forged, used already, of another browser) has not been sent by us, so what he brings is not looked at.
"""

import secrets
import time
from dataclasses import asdict, dataclass

from django.contrib.sessions.backends.base import SessionBase

KEY = "campus_trips"
MOST = 5  # tabs that may be under way at once; the oldest gives way
LASTS = 15 * 60  # seconds; time enough to find a password


@dataclass(frozen=True)
class Trip:
    """One way to the campus.

    Attributes:
        mark: the random value that comes back (`state`).
        nonce: the random value that an ID token has to hold.
        verifier: the secret by which a code is redeemed (PKCE).
        target: the path to go to afterwards, "" for where the person's work is.
        began: in seconds since 1970.
        afresh: whether he has to sign in there although the campus still knows him.
    """

    mark: str
    nonce: str
    verifier: str
    target: str
    began: float
    afresh: bool = False


def set_out(session: SessionBase, target: str, *, afresh: bool) -> Trip:
    """Begin a trip. Side effects: it stands in the session."""
    trip = Trip(*(secrets.token_urlsafe(32) for _part in range(3)), target, time.time(), afresh)
    under_way = [*session.get(KEY, []), asdict(trip)]
    session[KEY] = under_way[-MOST:]
    return trip


def come_back(session: SessionBase, mark: str) -> Trip | None:
    """Return the trip that this browser began under a mark, once; None where it began none, or too long ago.

    Side effects: the trip is over.
    """
    under_way = [Trip(**kept) for kept in session.get(KEY, [])]
    found = next((trip for trip in under_way if trip.mark == mark), None)
    if found is None:
        return None
    session[KEY] = [asdict(trip) for trip in under_way if trip is not found]
    return found if time.time() - found.began < LASTS else None
