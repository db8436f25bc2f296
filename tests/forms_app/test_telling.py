"""Each step tells the people whose turn it is, once, and leads them to the right page."""

import pytest
from django.urls import reverse

from portal.messaging.models import Channel, Message
from portal.messaging.rendering import render
from tests.factories.forms import Cast, entry_in

pytestmark = pytest.mark.django_db


def told(entry):
    """Return (who, kind, page) of the inbox messages of an entry's last event."""
    last = entry.events.last()
    return {
        (message.recipient, message.kind, message.path)
        for message in Message.objects.filter(
            channel=Channel.INBOX, dedupe_key__contains=f":entry-event:{last.pk}:"
        )
    }


def page(name, entry):
    return reverse(name if ":" in name else f"forms_app:{name}", args=[entry.pk])


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("awaiting_chair", [("chair", "entry_to_sign", "sign")]),
        ("awaiting_party", [("party", "entry_to_sign", "sign")]),
        (
            "submitted",
            [
                ("office", "entry_to_check", "office:entry"),
                ("officer", "entry_received", "entry"),
                ("chair", "entry_received", "entry"),
            ],
        ),
        ("returned", [("officer", "entry_returned", "edit"), ("chair", "entry_returned", "edit")]),
        (
            "adjusting",
            [("officer", "entry_proposal", "answer"), ("chair", "entry_proposal", "answer")],
        ),
        (
            "in_notice",
            [("officer", "entry_in_notice", "entry"), ("chair", "entry_in_notice", "entry")],
        ),
        (
            "approved",
            [("officer", "entry_approved", "entry"), ("chair", "entry_approved", "entry")],
        ),
        (
            "rejected",
            [("officer", "entry_rejected", "entry"), ("chair", "entry_rejected", "entry")],
        ),
        ("withdrawn", []),
    ],
)
def test_who_is_told_what(status, expected):
    entry = entry_in(status)
    cast = Cast(entry.unit)

    assert told(entry) == {
        (getattr(cast, who), kind, page(name, entry)) for who, kind, name in expected
    }


@pytest.mark.parametrize("status", ["approved", "rejected", "returned", "adjusting", "in_notice"])
def test_every_message_can_be_read(status):
    entry_in(status)

    for message in Message.objects.select_related("recipient"):
        subject, text = render(message)
        assert subject
        assert "{" not in text


def test_an_approval_names_the_grant():
    entry = entry_in("approved")

    message = Message.objects.filter(kind="entry_approved", channel=Channel.INBOX).first()

    assert f"《{entry}》已经立项，批准经费 8,000.00 元" in render(message)[1]
