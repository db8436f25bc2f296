"""What is told, to whom, and never twice."""

import pytest
from django.db import transaction

from portal.messaging.models import Channel, Message
from portal.messaging.posting import post
from tests.factories.units import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_person_with_an_address_is_told_in_the_inbox_and_by_mail(tell):
    tell(UserFactory(email="someone@example.com"))

    assert sorted(Message.objects.values_list("channel", flat=True)) == [
        Channel.EMAIL,
        Channel.INBOX,
    ]


def test_a_person_without_an_address_is_told_in_the_inbox_only(tell):
    tell(UserFactory(email=""))

    assert [message.channel for message in Message.objects.all()] == [Channel.INBOX]


def test_a_person_with_two_posts_is_told_once(tell):
    person = UserFactory()

    tell(person, person)

    assert Message.objects.inbox_of(person).count() == 1


def test_the_same_news_told_again_writes_nothing(tell):
    person = UserFactory()
    tell(person)

    tell(person)

    assert Message.objects.count() == 2


def test_other_news_of_the_same_kind_is_told(tell):
    person = UserFactory()
    tell(person)

    tell(person, about="tea:2")

    assert Message.objects.inbox_of(person).count() == 2


def test_a_change_that_is_rolled_back_tells_nobody(tell):
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_an_unknown_kind_is_a_mistake_in_the_code():
    with pytest.raises(KeyError):
        post("nobody-registered-this", to=[UserFactory()], about="x")
