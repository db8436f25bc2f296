"""After sending: what nobody has signed is taken back, and who goes back is told where the form stands."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from forms_app.entries import sending
from forms_app.models import CallPage, Entry
from portal.dates import day, day_and_time
from portal.units.models import Post
from portal.workspace.keeping import mark_of
from tests.factories.forms import Cast, draft, entry_in
from tests.factories.units import person_of

pytestmark = pytest.mark.django_db


def address(page, entry):
    return reverse(f"forms_app:{page}", args=[entry.pk])


def status_of(entry):
    return Entry.objects.get(pk=entry.pk).status


def test_what_nobody_has_signed_is_taken_back_and_goes_on(client):
    entry = entry_in("awaiting_chair")
    cast = Cast(entry.unit)
    client.force_login(cast.officer)
    assert address("take_back", entry) in client.get(address("entry", entry)).text

    answer = client.post(address("take_back", entry))

    assert answer["Location"] == address("edit", entry)
    assert status_of(entry) == "draft"
    assert client.get(answer["Location"]).status_code == 200
    [told] = cast.chair.messages_received.filter(kind="entry_taken_back", channel="inbox")
    assert told.context["colleague"] == str(cast.officer)
    client.force_login(cast.chair)
    assert "还没有报送" in client.get(address("sign", entry)).text


def test_taking_back_is_asked_once_more_and_says_until_when_to_send_again(client):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).officer)

    asked = client.get(address("take_back", entry)).text

    assert day_and_time(entry.call.closes_at) in asked
    assert "没有重新报送，就等于没有报" in asked
    assert status_of(entry) == "awaiting_chair"


def test_what_the_school_union_returned_may_be_signed_after_the_day_it_is_sent_again_by(client):
    entry = entry_in("returned")
    cast = Cast(entry.unit)
    client.force_login(cast.officer)
    sending.send(entry, actor=cast.officer)

    asked = client.get(address("take_back", entry)).text

    assert f"请在 {day(entry.return_until)}（含当日）前重新报送，签署可以在这以后" in asked
    assert "签署完" not in asked
    assert "就等于没有报" not in asked


def test_what_could_not_be_sent_again_because_the_call_is_over_is_not_taken_back(client):
    entry = entry_in("awaiting_chair")
    CallPage.objects.filter(pk=entry.call_id).update(closes_at=timezone.now())
    client.force_login(Cast(entry.unit).officer)
    page = client.get(address("entry", entry)).text

    answer = client.post(address("take_back", entry))

    assert address("take_back", entry) not in page
    for told in (page, answer.text):
        assert "现在收回就不能再报送了" in told
        assert "已过截止时间" in told
    assert status_of(entry) == "awaiting_chair"


def test_what_was_returned_until_a_day_that_has_passed_is_not_taken_back(client):
    entry = entry_in("returned")
    sending.send(entry, actor=Cast(entry.unit).officer)
    yesterday = timezone.localdate() - timedelta(days=1)
    Entry.objects.filter(pk=entry.pk).update(return_until=yesterday)
    client.force_login(Cast(entry.unit).officer)

    answer = client.post(address("take_back", entry))

    assert f"修改期限 {day(yesterday)} 已过" in answer.text
    assert status_of(entry) == "awaiting_chair"


def test_who_was_not_asked_to_sign_is_told_nothing_of_a_taking_back():
    entry = draft()
    cast = Cast(entry.unit)
    cast.take_up_posts()
    sending.send(entry, actor=cast.chair)
    newcomer = person_of(entry.unit, Post.CHAIR)

    sending.take_back(entry, actor=cast.officer)

    assert not newcomer.messages_received.exists()
    assert not cast.chair.messages_received.filter(kind="entry_taken_back").exists()


def test_what_was_returned_and_is_taken_back_is_returned_again_with_its_remarks(client):
    entry = entry_in("returned")
    cast = Cast(entry.unit)
    reason = entry.last_return()
    sending.send(entry, actor=cast.officer)
    assert not entry.field_comments.filter(resolved_at=None)

    sending.take_back(entry, actor=cast.officer)

    entry = Entry.objects.get(pk=entry.pk)
    assert entry.status == "returned"
    assert entry.field_comments.filter(resolved_at=None).count() == 1
    assert entry.last_return() == reason
    client.force_login(cast.officer)
    page = client.get(address("edit", entry)).text
    assert reason.comment in page
    assert "名称请突出特色" in page
    assert "收回，改好以后请重新报送" in client.get(reverse("workspace:due")).text


def test_what_the_chair_has_signed_is_taken_back_no_more(client):
    entry = entry_in("awaiting_party")
    client.force_login(Cast(entry.unit).officer)
    assert address("take_back", entry) not in client.get(address("entry", entry)).text

    answer = client.post(address("take_back", entry))

    assert answer.status_code == 422
    assert f"{Cast(entry.unit).chair}已于" in answer.text
    assert status_of(entry) == "awaiting_party"


def test_where_only_the_party_signs_it_is_taken_back_until_then(client):
    entry = entry_in("awaiting_party", needs_chair=False)
    client.force_login(Cast(entry.unit).officer)

    client.post(address("take_back", entry))

    assert status_of(entry) == "draft"


@pytest.mark.parametrize("page", ["edit", "check"])
def test_who_goes_back_after_sending_is_told_where_it_stands_and_can_take_it_back(client, page):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).officer)

    answer = client.get(address(page, entry))

    assert answer.status_code == 409
    for part in ("待主席签署", "现在轮到工会主席", address("entry", entry)):
        assert part in answer.text
    assert address("take_back", entry) in answer.text


@pytest.mark.parametrize(
    ("act", "page"), [("send", "check"), ("take_back", "edit"), ("choose", "edit")]
)
def test_an_act_that_is_opened_as_an_address_leads_to_where_its_button_stands(client, act, page):
    entry = draft()
    client.force_login(Cast(entry.unit).officer)

    assert client.get(address(act, entry))["Location"] == address(page, entry)


def test_who_is_signed_out_while_he_sends_comes_back_to_the_button_with_what_he_wrote(client):
    entry = entry_in("returned")
    officer = Cast(entry.unit).officer
    client.force_login(officer)
    page = client.get(address("check", entry))
    data = {
        "seen": page.context["form"]["seen"].value(),
        "text": "进度写细了",
        "whose": mark_of(officer),
    }
    client.logout()

    way = client.post(address("send", entry), data, headers={"origin": "http://testserver"})
    client.force_login(officer)
    back = client.get(parse_qs(urlsplit(way["Location"]).query)["next"][0], follow=True)

    assert status_of(entry) == "returned"
    assert "没有报送成功" in back.text
    assert "进度写细了" in back.text
    assert client.post(address("send", entry), data)["Location"] == address("receipt", entry)


def test_a_second_click_on_taking_back_opens_the_form(client):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).officer)
    client.post(address("take_back", entry))

    assert client.post(address("take_back", entry))["Location"] == address("edit", entry)
