"""What the office does with single accounts. Many at once come by import."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from wagtail.log_actions import log

from .models import AuditAction, AuditRecord, Role, RoleGroup, User


def add_person(*, actor: User, is_expert: bool, **fields: str | None) -> User:
    """Create an account that has no password yet.

    Args:
        actor: who creates it.
        is_expert: whether the person reviews entries.
        fields: username, name, staff_no, phone, email.

    Returns:
        The person; hand out an initial password with `passwords.give_initial_passwords`.

    Side effects: one row, a role, a line in the CMS history.
    """
    with transaction.atomic():
        person = User.objects.create(
            password=make_password(None), must_change_password=True, **fields
        )
        _make_expert(person, is_expert)
        log(person, "wagtail.create", user=actor)
    return person


def correct_person(person: User, *, actor: User, is_expert: bool, **fields: str | None) -> User:
    """Change a person's data. Arguments as for `add_person`. Side effects: a line in the CMS history."""
    with transaction.atomic():
        for name, value in fields.items():
            setattr(person, name, value)
        person.save(update_fields=list(fields))
        _make_expert(person, is_expert)
        log(person, "wagtail.edit", user=actor)
    return person


def set_active(person: User, *, active: bool, actor: User, ip: str | None = None) -> None:
    """Let a person sign in, or no longer. What he did and wrote stays.

    Side effects: an audit record; a deactivated person's sessions end with the next click.
    """
    with transaction.atomic():
        person.is_active = active
        person.save(update_fields=["is_active"])
        AuditRecord.objects.create(
            action=AuditAction.ACTIVATE if active else AuditAction.DEACTIVATE,
            actor=actor,
            person=person,
            ip=ip,
        )


def _make_expert(person: User, is_expert: bool) -> None:
    group = RoleGroup.objects.get(code=Role.EXPERT).group
    if is_expert:
        person.groups.add(group)
    else:
        person.groups.remove(group)
