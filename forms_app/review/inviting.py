"""Inviting experts from outside: a link by mail, a code by another way, for one call and a limited time.

Nobody registers himself: the account is the office's, has no password and opens by this door only.
"""

import secrets
from datetime import date, datetime, time

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app import messages
from forms_app.models import CallPage, Invitation
from portal.dates import day
from portal.lifecycle.door import Refused
from portal.messaging.posting import post
from portal.units.doors import register_own_door
from portal.units.lockout import forgive
from portal.units.models import User
from portal.units.people import add_person, set_active
from portal.units.permissions import is_school_union

register_own_door(lambda people: people.filter(invitation__isnull=False))

_signer = Signer(salt="forms_app.inviting")
# Read out on the telephone: no letters that sound or look alike.
DIGITS = "23456789"
CODE_LENGTH = 8


def invite(
    call: CallPage, *, actor: User, name: str, email: str, institution: str, until: date
) -> tuple[Invitation, str]:
    """Invite an expert from outside to one call.

    Args:
        until: the last day on which the link works.

    Returns:
        The invitation, and the code, which is kept nowhere else: the office tells it by another way than the link.

    Raises:
        Refused: not the office, or the day has passed.

    Side effects: an account without a password, a message with the link.
    """
    _check(actor, until)
    with transaction.atomic():
        person = add_person(
            actor=actor,
            is_expert=True,
            username=f"invited-{secrets.token_hex(6)}",
            name=name,
            email=email,
        )
        person.must_change_password = False
        person.save(update_fields=["must_change_password"])
        code = _new_code()
        invitation = Invitation.objects.create(
            call=call,
            user=person,
            institution=institution,
            code=make_password(code),
            invited_by=actor,
            expires_at=_end_of(until),
        )
        _tell(invitation)
    return invitation, code


def renew(invitation: Invitation, *, actor: User, until: date) -> str:
    """Give an invited expert a new code and more time; the old code no longer opens the door.

    Returns:
        The new code.

    Raises:
        Refused: not the office, or the day has passed.

    Side effects: the account is active again and no longer locked, a message with the link.
    """
    _check(actor, until)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        code = _new_code()
        invitation.code = make_password(code)
        invitation.expires_at = _end_of(until)
        invitation.revoked_at = None
        invitation.save()
        if not invitation.user.is_active:
            set_active(invitation.user, active=True, actor=actor)
        forgive(invitation.user)
        _tell(invitation)
    return code


def revoke(invitation: Invitation, *, actor: User) -> None:
    """Close the door to an invited expert at once; what he handed in stays.

    Raises:
        Refused: not the office.

    Side effects: the account is deactivated, which ends its sessions.
    """
    _check(actor, timezone.localdate())
    with transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(revoked_at=timezone.now())
        set_active(invitation.user, active=False, actor=actor)


def link_to(invitation: Invitation) -> str:
    """Return the path of the invitation's door; it names nobody and cannot be guessed."""
    return reverse("review:enter", args=[_signer.sign(str(invitation.pk))])


def behind(token: str) -> Invitation | None:
    """Return the valid invitation of a link, or None."""
    try:
        key = _signer.unsign(token)
    except BadSignature:
        return None
    return Invitation.objects.valid().select_related("user", "call").filter(pk=key).first()


def opens(invitation: Invitation, code: str) -> bool:
    """Return whether a code is the invitation's; spaces do not matter."""
    return check_password("".join(code.split()), invitation.code)


def note_entry(invitation: Invitation) -> None:
    """Note that the expert has come in by his link now."""
    Invitation.objects.filter(pk=invitation.pk).update(entered_at=timezone.now())


class InvitationBackend(BaseBackend):
    """Keeps an invited expert signed in for as long as his invitation is good, and not a click longer."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session that began with link and code, or None once the invitation is void."""
        invitation = Invitation.objects.valid().select_related("user").filter(user=user_id).first()
        return invitation.user if invitation else None


def _check(actor: User, until: date) -> None:
    if not is_school_union(actor):
        raise Refused(_("只有校工会办公室可以邀请专家。"), code="forbidden")
    if until < timezone.localdate():
        raise Refused(_("有效期要到今天或以后。"), code="guard")


def _new_code() -> str:
    return "".join(secrets.choice(DIGITS) for _n in range(CODE_LENGTH))


def _end_of(last_day: date) -> datetime:
    return timezone.make_aware(datetime.combine(last_day, time.max))


def _tell(invitation: Invitation) -> None:
    post(
        messages.EXPERT_INVITED,
        to=[invitation.user],
        about=f"invitation:{invitation.pk}:{secrets.token_hex(4)}",
        path=link_to(invitation),
        call=invitation.call.title,
        until=day(timezone.localdate(invitation.expires_at)),
    )
