"""Lock-out after failed sign-ins (等级保护 level 2): five wrong passwords lock for a quarter of an hour.

Who guesses must not be able to lock out whom he guesses at. So a browser in which somebody has signed in before is known by
a signed cookie and has five tries of its own at his account, whatever strangers do; all browsers that are not known share
five, and lock the account for each other only. An address that tries many names is locked as well, again for strangers only.

A try is counted before the password is looked at: of many at the same moment five are judged. The counters are rows of the
database that all processes share, so it is the same with every cache and survives a restart. A name that belongs to nobody
is counted and locked like an account: a stranger cannot tell the two apart.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .auditing import client_ip, record
from .devices import device_of, remember
from .models import AuditAction, AuditRecord, AuditResult, SignInTries, User

FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
# A campus often shares one address, and one person may fail often: only who fails at many names is guessing.
FAILURES_PER_ADDRESS = 50
NAMES_PER_ADDRESS = 20


def find_person(login: str) -> User | None:
    """Return the person with this user name or, failing that, this staff number."""
    return (
        User.objects.filter(username=login).first() or User.objects.filter(staff_no=login).first()
    )


def take_a_try(login: str, request: HttpRequest) -> datetime | None:
    """Count a try at signing in, before the password is looked at.

    Args:
        login: the name typed.
        request: the browser it comes from.

    Returns:
        None: look at the password. Otherwise until when this browser may not try this name, and the password is not
        looked at, right or wrong.

    Side effects: one row; counters of more than a quarter of an hour ago are removed.
    """
    counter, now = _counter(login, request), timezone.now()
    SignInTries.objects.filter(last_at__lte=now - LOCKED_FOR).delete()
    if not counter["device"] and (until := _address_locked_until(client_ip(request))):
        return until
    SignInTries.objects.get_or_create(**counter, defaults={"last_at": now})
    # One UPDATE both asks and takes: the sixth of six at the same moment finds nothing left.
    free = SignInTries.objects.filter(**counter, count__lt=FAILURES)
    if free.update(count=F("count") + 1, last_at=now):
        return None
    locked = SignInTries.objects.filter(**counter).first()
    return (locked.last_at if locked else now) + LOCKED_FOR


def count_failure(login: str, request: HttpRequest) -> int:
    """Record that a try which was taken has failed, and the lock when it was the last.

    Args:
        login: the name typed.
        request: where it came from.

    Returns:
        How many tries are left before the account is locked for this browser; 0 when it is locked now.

    Side effects: audit records.
    """
    person = find_person(login)
    failed = {"request": request, "person": person, "tried": login, "result": AuditResult.FAILURE}
    record(AuditAction.SIGN_IN, **failed)
    counter = SignInTries.objects.filter(**_counter(login, request))
    left = max(FAILURES - sum(counter.values_list("count", flat=True)), 0)
    # One more than allowed says that the lock stands in the record already.
    if left == 0 and counter.filter(count=FAILURES).update(count=FAILURES + 1):
        record(AuditAction.LOCK, request=request, person=person, tried=login)
    return left


def admit(person: User, request: HttpRequest, response: HttpResponse) -> None:
    """Let the count start anew for whoever has just signed in, and know his browser by a cookie from now on.

    Side effects: removes the counter; a cookie on the response.
    """
    counter = {"account": _account(person), "device": device_of(request, person)}
    SignInTries.objects.filter(**counter).delete()
    remember(person, request, response)


def forgive(*people: User) -> None:
    """Lift the locks of people who got a new password."""
    SignInTries.objects.filter(account__in=[_account(person) for person in people]).delete()


def _counter(login: str, request: HttpRequest) -> dict[str, str]:
    """Return what counts tries at an account, whichever of its names was typed, or at a name without an account."""
    if person := find_person(login):
        return {"account": _account(person), "device": device_of(request, person)}
    return {"account": f"name {login[:150]}", "device": ""}


def _account(person: User) -> str:
    return f"person {person.pk}"


def _address_locked_until(ip: str | None) -> datetime | None:
    failures = AuditRecord.objects.filter(
        ip=ip,
        action=AuditAction.SIGN_IN,
        result=AuditResult.FAILURE,
        at__gt=timezone.now() - LOCKED_FOR,
    )
    oldest = failures[FAILURES_PER_ADDRESS - 1 : FAILURES_PER_ADDRESS] if ip else []
    names = failures.order_by().values("tried").distinct()
    return next(
        (failure.at + LOCKED_FOR for failure in oldest if names.count() >= NAMES_PER_ADDRESS), None
    )
