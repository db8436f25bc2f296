"""The one door: what it admits it records, what it refuses it leaves as it was, and it says why."""

import pytest
from django.utils import translation

from forms_app.models import Entry, EntryStatus
from portal.append_only import AppendOnly
from portal.lifecycle.door import Refused, carried_out, carry_out, why_not
from portal.lifecycle.table import Table, Transition
from portal.messaging.models import Message
from tests.factories.forms import Cast, draft, entry_in
from tests.factories.units import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def entry():
    return draft()


@pytest.fixture
def officer(entry):
    return Cast(entry.unit).officer


@pytest.fixture
def on_carried_out():
    """Connect receivers for one test."""
    connected = []

    def connect(receiver):
        carried_out.connect(receiver, sender=Entry, weak=False)
        connected.append(receiver)

    yield connect
    for receiver in connected:
        carried_out.disconnect(receiver, sender=Entry)


def refusal(subject, action, **details):
    with pytest.raises(Refused) as refused:
        carry_out(subject, action, **details)
    return refused.value


def test_what_it_carries_out_is_written_down_with_who_and_what_was_said(entry, officer):
    carry_out(entry, "withdraw", actor=officer, comment="明年再报")

    event = entry.events.get()
    assert (event.from_status, event.to_status, event.action) == ("draft", "withdrawn", "withdraw")
    assert (event.actor, event.comment) == (officer, "明年再报")
    assert event.at == Entry.objects.get(pk=entry.pk).closed_at


def test_it_looks_at_the_row_not_at_a_stale_copy(entry, officer):
    stale = Entry.objects.get(pk=entry.pk)
    carry_out(entry, "withdraw", actor=officer)

    assert stale.status == "draft"
    assert refusal(stale, "withdraw", actor=officer).code == "wrong_state"


def test_who_may_not_is_told_who_may(entry):
    refused = refusal(entry, "withdraw", actor=UserFactory())

    assert refused.code == "forbidden"
    assert str(refused) == "只有本单位经办人或工会主席可以放弃申报。"


def test_at_the_wrong_moment_it_says_where_things_stand():
    entry = entry_in(EntryStatus.AWAITING_CHAIR)
    refused = refusal(entry, "send", actor=Cast(entry.unit).officer)

    assert refused.code == "wrong_state"
    assert str(refused) == "现在的状态是“待主席签署”，到“草稿”或“退回修改”时才能报送。"


def test_at_the_end_it_says_that_nothing_follows(entry, officer):
    carry_out(entry, "withdraw", actor=officer)

    refused = refusal(entry, "withdraw", actor=officer)
    assert str(refused) == "已经是“已放弃”，到此为止，不能再放弃申报。"


def test_a_guard_says_what_is_missing(entry, officer):
    Entry.objects.filter(pk=entry.pk).update(answers={})
    refused = refusal(entry, "send", actor=officer)

    assert refused.code == "guard"
    assert "项目名称" in str(refused)


def test_a_refusal_leaves_everything_as_it_was(entry):
    before = Entry.objects.filter(pk=entry.pk).values().get()
    refusal(entry, "withdraw", actor=UserFactory())

    assert Entry.objects.filter(pk=entry.pk).values().get() == before
    assert not entry.events.exists()
    assert not Message.objects.exists()


def test_what_follows_fails_or_succeeds_together_with_the_change(entry, officer, on_carried_out):
    def fails(**_signal):
        raise RuntimeError("what should follow did not")

    on_carried_out(fails)
    with pytest.raises(RuntimeError):
        carry_out(entry, "withdraw", actor=officer)

    assert Entry.objects.get(pk=entry.pk).status == "draft"
    assert not entry.events.exists()


def test_what_follows_is_told_the_subject_and_the_event(entry, officer, on_carried_out):
    told = []
    on_carried_out(lambda subject, event, **_signal: told.append((subject.pk, event.action)))
    carry_out(entry, "withdraw", actor=officer)

    assert told == [(entry.pk, "withdraw")]


def test_asking_why_not_changes_nothing(entry, officer):
    assert why_not(entry, "withdraw", actor=officer) is None
    refused = why_not(entry, "withdraw", actor=UserFactory())
    assert str(refused) == "只有本单位经办人或工会主席可以放弃申报。"
    assert Entry.objects.get(pk=entry.pk).status == "draft"


def test_an_action_that_no_table_knows_is_a_mistake_of_ours(entry, officer):
    with pytest.raises(ValueError, match="no action"):
        carry_out(entry, "publish", actor=officer)


def test_what_happened_is_never_changed_or_deleted(entry, officer):
    carry_out(entry, "withdraw", actor=officer)
    event = entry.events.get()
    event.comment = "没有这回事"

    for change in (event.save, event.delete, entry.events.all().delete):
        with pytest.raises(AppendOnly):
            change()


def test_a_table_with_two_ways_out_of_one_state_is_refused():
    row = Transition(
        action="go",
        sources=("here",),
        target="there",
        label="走",
        may=lambda actor, subject: True,
        who="谁都",
    )
    with pytest.raises(ValueError, match="declared twice"):
        Table(name="example", states=EntryStatus, transitions=(row, row))


def test_what_is_kept_is_chinese_whoever_acts(entry, officer):
    Cast(entry.unit).take_up_posts()
    with translation.override("en"):
        carry_out(entry, "send", actor=officer)

    told = Message.objects.filter(kind="entry_to_sign").first()
    assert told.context["until"].startswith("截止时间：")
