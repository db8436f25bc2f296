"""/my/: what is due first, what waits for others below, and an inbox of one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.messaging.models import Message
from portal.units.models import Post, Role
from portal.workspace.due import due_for
from tests.factories.forms import CallFactory, Cast, draft, entry_in
from tests.factories.units import UnitFactory, UserFactory, person_of, person_with

pytestmark = pytest.mark.django_db
MY = "/my/"


def cards(user):
    return {(item.title, item.button, bool(item.waiting_for)) for item in due_for(user)}


def test_strangers_sign_in_first(client):
    answer = client.get(MY)

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/my/")


def test_wrong_method(client):
    client.force_login(UserFactory())

    assert client.post(MY).status_code == 405


def test_without_post_or_role_it_says_what_to_do(client):
    client.force_login(UserFactory())

    assert "请联系校工会办公室登记" in client.get(MY).content.decode()


def test_an_open_call_is_due_until_it_closes():
    call = CallFactory(closes_at=timezone.now() + timedelta(days=9))
    officer = person_of(UnitFactory())

    [card] = due_for(officer)

    assert (card.button, card.left) == ("开始填写", "还剩 9 天")
    assert card.path.startswith(reverse("forms_app:start", args=[call.pk]))
    call.closes_at = timezone.now() - timedelta(minutes=1)
    call.save()
    assert due_for(officer) == []


def test_a_call_is_not_due_for_the_party_secretary():
    CallFactory()

    assert due_for(person_of(UnitFactory(), Post.PARTY)) == []


def test_a_draft_shows_how_far_it_is_and_who_saved_it():
    entry = draft(answers={"title": ""})
    [card] = due_for(Cast(entry.unit).officer)

    assert card.percent == 0
    assert str(Cast(entry.unit).officer) in card.why
    assert "还差 1 处" in card.subject


@pytest.mark.parametrize(
    ("status", "who", "card"),
    [
        ("awaiting_chair", "chair", ("请您签署申报表", "看过并签署", False)),
        ("awaiting_party", "party", ("请您签署申报表", "看过并签署", False)),
        (
            "returned",
            "officer",
            (f"退回修改：{timezone.localdate().year}年度项目申报表", "去修改", False),
        ),
        ("adjusting", "officer", ("校工会的调整建议", "看看改了什么", False)),
        (
            "awaiting_chair",
            "officer",
            (f"{timezone.localdate().year}年度项目申报表", "看一看", True),
        ),
        ("in_review", "officer", (f"{timezone.localdate().year}年度项目申报表", "看一看", True)),
    ],
)
def test_whose_turn_it_is_gets_the_card(status, who, card):
    entry = entry_in(status)

    assert cards(getattr(Cast(entry.unit), who)) == {card}


def test_other_units_cards_stay_theirs():
    entry_in("awaiting_chair")

    assert "示例书香工会" not in {
        item.subject for item in due_for(person_of(UnitFactory(), Post.CHAIR))
    }


def test_the_page_asks_the_same_at_every_size(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    entry = draft()
    client.force_login(Cast(entry.unit).officer)
    client.get(MY)
    with django_assert_max_num_queries(25) as small:
        client.get(MY)
    draft(unit=entry.unit)
    entry_in("returned", unit=entry.unit)
    with django_assert_num_queries(len(small)):
        client.get(MY)


@pytest.fixture
def message():
    entry = entry_in("awaiting_chair")
    return Message.objects.inbox_of(Cast(entry.unit).chair).get()


def test_opening_a_message_marks_it_read_and_leads_on(client, message):
    client.force_login(message.recipient)
    assert "未读" in client.get("/my/messages/").content.decode()

    answer = client.post(f"/my/messages/{message.pk}/")

    assert answer["Location"] == message.path
    message.refresh_from_db()
    assert message.read_at
    assert client.get(f"/my/messages/{message.pk}/").status_code == 405


def test_another_persons_message_is_not_there(client, message):
    client.force_login(person_with(Role.SCHOOL_UNION))

    assert client.post(f"/my/messages/{message.pk}/").status_code == 404
    assert "请您签署" not in client.get("/my/messages/").content.decode()


def test_marking_all_read_touches_nobody_else(client, message):
    client.force_login(UserFactory())
    client.post("/my/messages/read/")
    message.refresh_from_db()
    assert message.read_at is None

    client.force_login(message.recipient)
    client.post("/my/messages/read/")
    message.refresh_from_db()
    assert message.read_at
