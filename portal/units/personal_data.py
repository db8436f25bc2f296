"""What the portal keeps about one person, for that person."""

from typing import Any

from wagtail import hooks

from .models import User


def personal_data(user: User) -> dict[str, Any]:
    """Return a person's own data, in values that JSON can hold.

    Upper floors add theirs with the hook `personal_data`: `(user) -> (key, data)`.
    """
    data = {
        "account": {
            "username": user.username,
            "name": user.name,
            "staff_no": user.staff_no,
            "phone": user.phone,
            "email": user.email,
            "joined": user.date_joined.isoformat(),
            "last_login": user.last_login and user.last_login.isoformat(),
            "roles": sorted(user.roles),
        },
        "posts": [
            {
                "unit": held.unit.name,
                "post": str(held.post_title),
                "since": held.since.isoformat(),
                "until": held.until and held.until.isoformat(),
            }
            for held in user.memberships.select_related("unit")
        ],
        "account_records": [
            {
                "at": record.at.isoformat(),
                "action": record.action,
                "result": record.result,
                "ip": record.ip,
            }
            for record in user.audit_records.all()
        ],
    }
    for contribute in hooks.get_hooks("personal_data"):
        key, more = contribute(user)
        data[key] = more
    return data


def correct_contact(*, person: User, phone: str, email: str) -> None:
    """Store a person's own correction of phone and e-mail address."""
    person.phone, person.email = phone, email
    person.save(update_fields=["phone", "email"])
