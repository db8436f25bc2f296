"""Each step tells the people whose turn it is, once, and leads them to the right page."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from forms_app.covering import remind_missing
from forms_app.entries import sending
from forms_app.models import Conclusion
from forms_app.office.turns import tell_by_the_clock
from portal.cms.models import SiteSettings
from portal.dates import day
from portal.messaging.models import Channel, Message
from portal.messaging.rendering import render
from portal.units.models import UnitKind
from tests.factories.forms import CallFactory, Cast, draft, entry_in
from tests.factories.units import UnitFactory

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


def unread(who):
    """Return the kinds of what stands unread in somebody's inbox."""
    return sorted(Message.objects.inbox_of(who).unread().values_list("kind", flat=True))


def test_what_somebody_has_signed_does_not_stay_unread():
    entry = entry_in("awaiting_chair")
    cast = Cast(entry.unit)
    assert unread(cast.chair) == ["entry_to_sign"]

    sending.sign(entry, actor=cast.chair, level="chair", conclusion=Conclusion.AGREE)

    assert unread(cast.chair) == []
    assert unread(cast.party) == ["entry_to_sign"]


def test_what_was_taken_back_is_asked_no_more_and_sent_again_is_one_request():
    entry = entry_in("awaiting_chair")
    cast = Cast(entry.unit)

    sending.take_back(entry, actor=cast.officer)
    assert unread(cast.chair) == ["entry_taken_back"]
    sending.send(entry, actor=cast.officer)

    assert unread(cast.chair) == ["entry_to_sign"]


def test_what_was_returned_and_is_sent_again_does_not_stay_unread():
    entry = entry_in("returned")
    cast = Cast(entry.unit)
    assert "entry_returned" in unread(cast.officer)

    sending.send(entry, actor=cast.chair)

    assert "entry_returned" not in unread(cast.officer)
    assert "entry_received" in unread(cast.officer)  # news is for him to open


def test_whoever_has_applied_is_not_asked_to_apply_any_more():
    call = CallFactory()
    entry, other = draft(call=call), Cast(UnitFactory(kind=UnitKind.COLLEGE, is_disciplinary=True))
    cast = Cast(entry.unit)
    cast.take_up_posts(), other.take_up_posts()
    tell_by_the_clock()
    remind_missing(call.programme_year, actor=cast.office)
    asked = ["call_opened", "call_reminder"]
    assert [unread(one) for one in (cast.officer, cast.chair, other.officer)] == [asked] * 3

    sending.send(entry, actor=cast.officer)

    assert unread(cast.officer) == []
    assert unread(cast.chair) == ["entry_to_sign"]
    assert unread(other.officer) == asked


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
            [("officer", "decision_letter", "entry"), ("chair", "decision_letter", "entry")],
        ),
        # Told with its number by whoever makes a project of it.
        ("approved", []),
        (
            "rejected",
            [("officer", "decision_letter", "entry"), ("chair", "decision_letter", "entry")],
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


def test_a_letter_is_signed_by_the_school_union_with_the_day():
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"organiser": "示例大学工会委员会"}
    )
    entry = entry_in("in_notice")

    assert entry.decision.letter.endswith(f"示例大学工会委员会\n{day(timezone.localdate())}")


def test_a_letter_names_title_grant_and_the_days_of_the_notice():
    entry = entry_in("in_notice")

    message = Message.objects.filter(kind="decision_letter", channel=Channel.INBOX).first()
    text = render(message)[1]

    assert f"《{entry}》" in text
    assert "批准经费 8,000.00 元" in text
    assert day(entry.decision.notice.ends_on) in text


@pytest.mark.parametrize(
    ("notice_days", "kinds"),
    [(0, ["project_established_at_once"]), (5, ["decision_letter", "project_established"])],
)
def test_an_establishment_is_told_once_with_its_number(notice_days, kinds):
    entry = entry_in("approved", notice_days=notice_days)
    since = entry.events.get(action="release").at

    told = Message.objects.filter(
        recipient=Cast(entry.unit).officer, channel=Channel.INBOX, created_at__gte=since
    ).order_by("pk")

    assert [message.kind for message in told] == kinds
    text = render(told.last())[1]
    assert "8,000.00 元" in text
    assert entry.project.project_no in text
