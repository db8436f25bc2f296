"""How e-mails leave the outbox: once, later when the mail server fails, never to people who left."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from portal.messaging import delivery
from portal.messaging.models import Channel, Message
from portal.units.models import Role
from tests.factories.units import UserFactory, person_with

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def email(tell):
    tell(UserFactory(name="示例甲", email="jia@example.com"))
    return Message.objects.get(channel=Channel.EMAIL)


@pytest.fixture
def dead_mail_server(monkeypatch):
    """The mail server refuses connections; the network is what may be replaced in a test."""

    def refuse(self, messages):
        raise ConnectionRefusedError("nobody answers on port 25")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_a_mail_says_what_happened_and_where_to_go(email, settings):
    settings.BASE_URL = "https://union.example.edu"

    delivery.sweep()

    sent = mail.outbox[0]
    assert sent.to == ["jia@example.com"]
    assert sent.subject == "【一会一品】茶好了"
    assert "示例甲，您好：" in sent.body
    assert "请示例甲来喝茶。" in sent.body
    assert "https://union.example.edu/my/" in sent.body


def test_a_delivered_mail_is_not_sent_again(email):
    delivery.sweep()

    assert delivery.sweep() == 0
    assert len(mail.outbox) == 1


def test_a_mail_that_another_worker_holds_is_left_alone(email):
    Message.objects.update(leased_until=timezone.now() + timedelta(minutes=1))

    assert delivery.sweep() == 0
    assert not mail.outbox


def test_a_lease_that_ran_out_is_taken_over_with_the_same_message_id(email, time_machine):
    Message.objects.filter(pk=email.pk).update(leased_until=timezone.now() + delivery.LEASE)
    time_machine.move_to(timezone.now() + delivery.LEASE + timedelta(seconds=1))

    delivery.sweep()

    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<message-{email.pk}@")


def test_a_dead_mail_server_postpones_the_mail_and_keeps_the_reason(email, dead_mail_server):
    delivery.sweep()

    email.refresh_from_db()
    assert email.delivered_at is None
    assert email.leased_until is None
    assert email.attempts == 1
    assert "nobody answers" in email.error
    assert email.due_at > timezone.now()


def test_a_postponed_mail_is_sent_when_its_time_has_come(email, time_machine):
    Message.objects.filter(pk=email.pk).update(due_at=timezone.now() + delivery.BACK_OFF[0])
    assert delivery.sweep() == 0
    time_machine.move_to(timezone.now() + delivery.BACK_OFF[0] + timedelta(seconds=1))

    assert delivery.sweep() == 1


def test_after_the_last_attempt_the_mail_is_given_up(email, dead_mail_server):
    Message.objects.filter(pk=email.pk).update(attempts=len(delivery.BACK_OFF))

    delivery.sweep()

    email.refresh_from_db()
    assert email.gave_up_at is not None
    assert delivery.sweep() == 0


def test_a_person_who_left_gets_no_mail(email):
    email.recipient.is_active = False
    email.recipient.save()

    delivery.sweep()

    email.refresh_from_db()
    assert not mail.outbox
    assert email.gave_up_at is not None


@pytest.fixture
def three_mails(tell):
    tell(*(UserFactory(email=f"{n}@example.com") for n in "abc"))
    return Message.objects.filter(channel=Channel.EMAIL).order_by("pk")


def test_a_mail_server_that_hangs_is_asked_once_and_the_others_keep_their_turn(
    three_mails, monkeypatch
):
    asked = []

    def hang(self, messages):
        asked.append(messages)
        raise TimeoutError("timed out")

    monkeypatch.setattr(EmailBackend, "send_messages", hang)

    assert delivery.sweep() == 0

    assert len(asked) == 1
    assert [mail.attempts for mail in three_mails] == [1, 0, 0]


def test_a_mail_that_the_server_refuses_holds_up_no_other(three_mails, monkeypatch):
    send = EmailBackend.send_messages

    def refuse_the_first(self, messages):
        if messages[0].to == ["a@example.com"]:
            raise SMTPRecipientsRefused({"a@example.com": (550, b"no such mailbox")})
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_the_first)

    assert delivery.sweep() == 2


def test_a_slow_mail_server_gets_half_a_minute_a_sweep(three_mails, monkeypatch, time_machine):
    time_machine.move_to(timezone.now(), tick=False)

    def take_a_while(self, messages):
        time_machine.shift(delivery.SWEEP_FOR * 0.6)
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", take_a_while)

    assert delivery.sweep() == 2
    assert delivery.sweep() == 1


def test_two_sweeps_of_one_process_do_not_hold_both_its_threads(email, monkeypatch):
    inside = []

    def sweep_again(self, messages):
        inside.append(delivery.sweep())
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", sweep_again)

    assert delivery.sweep() == 1
    assert inside == [0]


@pytest.mark.parametrize(
    "fault", [{"kind": "renamed since"}, {"context": {}}, {"context": {"what": "茶\n茶"}}]
)
def test_a_message_that_cannot_be_written_is_given_up_at_once(fault, email, three_mails):
    Message.objects.filter(pk=email.pk).update(**fault)

    assert delivery.sweep() == 3

    email.refresh_from_db()
    assert email.gave_up_at is not None
    assert email.error


def test_a_message_of_a_kind_that_is_gone_breaks_no_list(email, client):
    Message.objects.update(kind="renamed since")
    client.force_login(email.recipient)
    assert "renamed since" in client.get("/my/messages/").text

    client.force_login(person_with(Role.SCHOOL_UNION))
    assert "renamed since" in client.get("/admin/register/messages/").text
    assert client.get(f"/admin/register/messages/inspect/{email.pk}/").status_code == 200
