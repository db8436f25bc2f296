"""Whose turn it becomes by the clock: told once, in the inbox and by e-mail, and only to those whose turn it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forms_app.models import CallPage, Entry, PublicNotice
from forms_app.review.reviewing import assign
from forms_app.tasks import tell_by_the_clock
from portal.messaging.models import Channel, Message
from portal.units.models import Post, Role
from tests.factories.forms import Cast, entry_in
from tests.factories.reviews import finish
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = pytest.mark.django_db


def told(kind):
    """Return who was told, each once for every message of the inbox."""
    rows = Message.objects.filter(kind=kind, channel=Channel.INBOX).order_by("pk")
    return [row.recipient for row in rows.select_related("recipient")]


def test_the_units_that_may_apply_are_told_once_when_a_call_opens(call, unit):
    CallPage.objects.filter(pk=call.pk).update(for_associations=False)
    officer, chair, _party = (person_of(unit, post) for post in Post)
    person_of(UnitFactory(kind="association"))
    has_applied = entry_in("submitted", call=call).unit
    Message.objects.all().delete()

    tell_by_the_clock()
    tell_by_the_clock()

    assert has_applied != unit
    assert {*told("call_opened")} == {officer, chair}
    assert len(told("call_opened")) == 2
    first = Message.objects.filter(kind="call_opened").first()
    assert first.path == f"/my/calls/{call.pk}/start/?unit={unit.code}"
    assert first.context["unit"] == unit.name
    mails = Message.objects.filter(kind="call_opened", channel=Channel.EMAIL)
    assert mails.count() == sum(bool(person.email) for person in (officer, chair))


@pytest.mark.parametrize("change", ["not_yet", "over", "draft"])
def test_nobody_is_told_of_a_call_that_is_not_open(call, unit, change):
    person_of(unit)
    now, day = timezone.now(), timedelta(days=1)
    changes = {
        "not_yet": {"opens_at": now + day},
        "over": {"closes_at": now},
        "draft": {"live": False},
    }
    CallPage.objects.filter(pk=call.pk).update(**changes[change])

    tell_by_the_clock()

    assert told("call_opened") == []


def test_the_office_is_told_when_the_last_expert_has_handed_in(call, office):
    entries = [entry_in("in_review", call=call) for _ in range(2)]
    expert = person_with(Role.EXPERT)
    given = [assign(entry, experts=[expert], actor=office)[0] for entry in entries]
    for assignment in given:
        assert told("reviews_done") == []
        finish(assignment)
        tell_by_the_clock()
    tell_by_the_clock()

    assert told("reviews_done").count(office) == 1
    assert Message.objects.filter(kind="reviews_done").first().context["count"] == 2


def test_the_office_is_told_when_a_public_notice_has_run_out(call, office):
    entry = entry_in("in_notice", call=call)
    tell_by_the_clock()
    assert told("notice_over") == []
    yesterday = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.update(starts_on=yesterday, ends_on=yesterday)

    tell_by_the_clock()
    tell_by_the_clock()

    assert Entry.objects.get(pk=entry.pk).status == "in_notice"
    assert told("notice_over").count(office) == 1
    assert Cast(entry.unit).officer not in told("notice_over")
