"""CAS, version 3 of its protocol, and 2 where the server knows no later one.

The mark of the trip is part of the service's address, which CAS ties a ticket to: a ticket that was given for another
browser's trip is refused by CAS itself.
"""

from typing import Any
from urllib.parse import urlencode

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.http import QueryDict

from .asking import ask
from .configuring import Campus
from .refusals import NotVouchedFor, Unreachable
from .trips import Trip

SPACE = "{http://www.yale.edu/tp/cas}"
VALIDATION = ("p3/serviceValidate", "serviceValidate")


def way_there(campus: Campus, trip: Trip, back: str) -> str:
    """Return the address where the person signs in.

    Args:
        back: the full address that he comes back to.
    """
    return f"{campus.url}/login?{urlencode(_question(trip, back))}"


def staff_no_of(campus: Campus, trip: Trip, back: str, brought: QueryDict) -> Any:
    """Have the ticket that a person brought back validated, which also uses it up.

    Returns:
        The user name, or the attribute that holds the staff number; a list where there are several.

    Raises:
        NotVouchedFor: no ticket, or CAS does not take it.
        Unreachable: CAS gives no answer that can be read.
    """
    ticket = brought.get("ticket", "")
    if not ticket:
        raise NotVouchedFor("no ticket")
    question = {**_question(trip, back), "ticket": ticket}
    for path in VALIDATION:
        answer = ask("GET", f"{campus.url}/{path}", params=question)
        if answer.status_code != 404:
            break
    try:
        root = fromstring(answer.content)
    except (ParseError, DefusedXmlException) as error:
        raise Unreachable(f"CAS answered {answer.status_code}, not XML") from error
    success = root.find(f"{SPACE}authenticationSuccess")
    if success is None:
        failure = root.find(f"{SPACE}authenticationFailure")
        code = "no answer of CAS" if failure is None else failure.get("code", "")
        raise NotVouchedFor(f"CAS: {code}")
    holders = [*success.iterfind(f"{SPACE}user")]
    if campus.staff_no:
        attributes = success.iterfind(f"{SPACE}attributes/*")
        holders = [element for element in attributes if element.tag == SPACE + campus.staff_no]
    values = [(element.text or "").strip() for element in holders]
    return values[0] if len(values) == 1 else values


def _question(trip: Trip, back: str) -> dict[str, str]:
    """Return for what a ticket is, which CAS compares: the service, and whether it takes a fresh sign-in."""
    service = {"service": f"{back}?{urlencode({'state': trip.mark})}"}
    return service | {"renew": "true"} if trip.afresh else service
