"""Which browser somebody has signed in with before, told by a signed cookie.

It lets nobody in. It only keeps the lock-out of strangers apart from the people whose browser it is (`lockout.py`), and names
nothing but a random mark and the numbers of the accounts. A second cookie, which ends with the browser, says that somebody has
signed in since it was opened.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .models import User

COOKIE = "known_device"
SIGNED_IN = "signed_in_before"
SALT = "portal.units.devices"
KEPT_FOR = 365 * 24 * 60 * 60  # seconds since the last sign-in
MOST_PEOPLE = 10  # of one browser, the last ones: a union's office often shares its machine


def device_of(request: HttpRequest, person: User) -> str:
    """Return the mark of a browser in which this person has signed in before, "" for one that he has not used."""
    device = _read(request)
    return device["mark"] if person.pk in device["people"] else ""


def browser_of(request: HttpRequest) -> str:
    """Return the mark of a browser in which anybody has signed in before, "" for one that nobody has."""
    device = _read(request)
    return device["mark"] if device["people"] else ""


def has_signed_in(request: HttpRequest) -> bool:
    """Return whether somebody has signed in with a browser since it was opened, whoever it was and however it ended."""
    return SIGNED_IN in request.COOKIES


def remember(person: User, request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookies by which the browser of this person is known from now on."""
    device = _read(request)
    people = [person.pk, *(pk for pk in device["people"] if pk != person.pk)][:MOST_PEOPLE]
    kept = signing.dumps({"mark": device["mark"], "people": people}, salt=SALT)
    for name, value, max_age in ((COOKIE, kept, KEPT_FOR), (SIGNED_IN, "1", None)):
        response.set_cookie(
            name,
            value,
            max_age=max_age,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return {"mark": secrets.token_hex(16), "people": []}
