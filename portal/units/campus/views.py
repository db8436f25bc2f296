"""To the campus and back."""

import logging

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..auditing import record
from ..devices import has_signed_in, remember
from ..models import AuditAction, AuditResult
from ..permissions import home_of
from ..rationing import used_up
from . import cas, oidc
from .backend import BACKEND, VOUCHED
from .configuring import CAS, Campus, campus_in_use
from .matching import person_with
from .refusals import NotVouchedFor, Refusal, TooMany
from .trips import come_back, set_out

logger = logging.getLogger(__name__)
AT_MOST = 600  # ways there and back from one address, which a whole campus may share
WITHIN = 5 * 60  # seconds


@never_cache
@require_GET
def there(request: HttpRequest) -> HttpResponse:
    """Send somebody to sign in at the campus; `next` names the page of ours to come back to.

    A link and not a form: our content policy lets forms lead nowhere else, redirects included. Where somebody has been in
    before, signed out or was idle too long, the campus has to ask for the password again: one click would undo that.
    """
    campus = _campus()
    target = request.GET.get("next", "")
    if not get_adapter(request).is_safe_url(target):
        target = ""
    if request.user.is_authenticated:
        return redirect(target or home_of(request.user))
    try:
        _spend(request)
        trip = set_out(request.session, target, afresh=has_signed_in(request))
        address = _protocol(campus).way_there(campus, trip, _back(request))
    except Refusal as refusal:
        return _refused(request, campus, refusal, target)
    return redirect(address)


@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Sign in whoever comes back with what the campus vouches for; nobody else, and nobody is created."""
    campus = _campus()
    try:
        _spend(request)
    except TooMany as refusal:
        return _refused(request, campus, refusal, "")
    trip = come_back(request.session, request.GET.get("state", ""))
    if trip is None:
        return _refused(request, campus, NotVouchedFor("no such trip"), "")
    try:
        found = _protocol(campus).staff_no_of(campus, trip, _back(request), request.GET)
        person = person_with(found)
    except Refusal as refusal:
        _note(request, refusal)
        return _refused(request, campus, refusal, trip.target)
    login(request, person, backend=BACKEND)
    request.session[VOUCHED] = person.staff_no
    response = redirect(trip.target or home_of(person))
    remember(person, request, response)
    return response


def _campus() -> Campus:
    campus = campus_in_use()
    if campus is None:
        raise Http404
    return campus


def _spend(request: HttpRequest) -> None:
    """Count this request: each costs a row or a question to the campus, and nobody has to have signed in for it.

    Raises:
        TooMany: its address has used up its share.
    """
    if used_up("campus", request, at_most=AT_MOST, within=WITHIN):
        raise TooMany("too many")


def _protocol(campus: Campus):  # noqa: ANN202 - one of two modules
    return cas if campus.kind == CAS else oidc


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("campus_back"))


def _note(request: HttpRequest, refusal: Refusal) -> None:
    """Record whom the campus knows and the portal does not; the rest stands in the log, anybody could fill the record with it."""
    if refusal.staff_no:
        with override(settings.LANGUAGE_CODE):
            record(
                AuditAction.CAMPUS_SIGN_IN,
                request=request,
                person=refusal.person,
                tried=refusal.staff_no,
                result=AuditResult.FAILURE,
                detail=str(refusal.title),
            )


def _refused(request: HttpRequest, campus: Campus, refusal: Refusal, target: str) -> HttpResponse:
    logger.warning("campus sign-in: %s: %s", type(refusal).__name__, refusal)
    context = {"refusal": refusal, "label": campus.label, "target": target}
    return render(request, "units/campus/refused.html", context, status=refusal.status)
