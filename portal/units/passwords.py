"""What a password must be, and the initial passwords that the office hands out."""

import secrets
import string
from collections.abc import Iterable

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .doors import with_own_door
from .lockout import forgive
from .models import AuditAction, AuditRecord, User

MIN_LENGTH = 10
MIN_KINDS = 3
# Without characters that look alike on paper: 0 O 1 l I.
LETTERS_AND_DIGITS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class LengthAndKindsValidator:
    """At least 10 characters of at least 3 of 4 kinds (等级保护 level 2)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Check a new password.

        Raises:
            ValidationError: it is too short or too uniform.
        """
        kinds = [
            any(c.isascii() and c.islower() for c in password),
            any(c.isascii() and c.isupper() for c in password),
            any(c.isascii() and c.isdigit() for c in password),
            any(not (c.isascii() and c.isalnum()) for c in password),
        ]
        if len(password) < MIN_LENGTH or sum(kinds) < MIN_KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_simple")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _(
            "密码至少 %(length)d 位，并包含大写字母、小写字母、数字、符号中的 %(kinds)d 种。"
        ) % {
            "length": MIN_LENGTH,
            "kinds": MIN_KINDS,
        }


class NotOwnNameValidator:
    """A password must not contain the user name or the staff number."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Check a new password.

        Raises:
            ValidationError: it contains a name under which the person signs in.
        """
        names = [user.username, user.staff_no] if user else []
        if any(name and name.lower() in password.lower() for name in names):
            raise ValidationError(self.get_help_text(), code="password_contains_name")

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("密码中不能含有用户名或工号。")


class InitialPasswordHasher(PBKDF2PasswordHasher):
    """Fewer rounds for initial passwords: twelve random characters need no stretching, and a thousand people are
    hashed in seconds. Django computes the full rounds when the person signs in."""

    iterations = 5_000


def random_password() -> str:
    """Return an initial password such as "kT7m-Qw3r-Zp9x": about 69 bits, easy to read from paper."""
    while True:
        drawn = "".join(secrets.choice(LETTERS_AND_DIGITS) for _n in range(12))
        kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
        if all(any(c in kind for c in drawn) for kind in kinds):
            return "-".join(drawn[i : i + 4] for i in (0, 4, 8))


def give_initial_passwords(
    people: Iterable[User], *, actor: User | None = None, ip: str | None = None
) -> list[tuple[User, str]]:
    """Give people a new random password which they must change when they sign in.

    Args:
        people: the people.
        actor: who asked for it; None for a command.
        ip: the address he asked from.

    Returns:
        Each person with the password. It is kept nowhere: who loses it asks for a new one. Who comes in by a door of
        his own gets none and is left out.

    Side effects: ends the people's sessions and lifts lock-outs; one audit record each.
    """
    hasher = InitialPasswordHasher()
    people = list(people)
    apart = with_own_door(User.objects.filter(pk__in=[person.pk for person in people]))
    keys = set(apart.values_list("pk", flat=True))
    given = [(person, random_password()) for person in people if person.pk not in keys]
    for person, password in given:
        person.password = hasher.encode(password, hasher.salt())
        person.must_change_password = True
    now = timezone.now()
    with transaction.atomic():
        User.objects.bulk_update(
            [person for person, _password in given],
            ["password", "must_change_password"],
            batch_size=200,
        )
        AuditRecord.objects.bulk_create(
            [
                AuditRecord(
                    action=AuditAction.INITIAL_PASSWORD, actor=actor, person=person, ip=ip, at=now
                )
                for person, _password in given
            ],
            batch_size=200,
        )
        forgive(*(person for person, _password in given))
    return given
