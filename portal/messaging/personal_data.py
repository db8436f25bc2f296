"""What the outbox keeps about a person: the messages to him."""

from typing import Any

from portal.units.models import User

from .models import Message


def messages_of(user: User) -> tuple[str, list[dict[str, Any]]]:
    """Return the messages sent to a person, for his own data."""
    rows = Message.objects.filter(recipient=user).order_by("created_at", "pk")
    return "messages", [
        {
            "at": row.created_at.isoformat(),
            "kind": row.kind,
            "channel": row.channel,
            "content": row.context,
            "delivered": row.delivered_at and row.delivered_at.isoformat(),
            "read": row.read_at and row.read_at.isoformat(),
        }
        for row in rows
    ]
