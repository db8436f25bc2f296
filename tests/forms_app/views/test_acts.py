"""Signing, withdrawing and answering on the page: one decision, told back, with its reason."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from forms_app.entries import saving, sending
from forms_app.models import Conclusion, Entry, SignOffLevel
from portal.dates import day_and_time
from portal.units.models import Post
from portal.workspace.keeping import WHOSE, mark_of
from tests.factories.forms import CallFactory, Cast, draft, entry_in
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db
NOT_SIGNED = "您写的意见已填回，还没有签署"


def address(page, entry):
    return reverse(f"forms_app:{page}", args=[entry.pk])


def status_of(entry):
    return Entry.objects.get(pk=entry.pk).status


def test_the_chair_agrees(client):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).chair)

    answer = client.post(
        address("sign", entry), {"version": 1, "conclusion": "agree", "text": "同意申报"}
    )

    assert answer["Location"] == address("entry", entry)
    assert status_of(entry) == "awaiting_party"
    assert "同意申报" in client.get(answer["Location"]).content.decode()


def test_a_return_without_a_reason_asks_for_one(client):
    entry = entry_in("awaiting_party")
    client.force_login(Cast(entry.unit).party)

    answer = client.post(address("sign", entry), {"version": 1, "conclusion": "return", "text": ""})

    assert answer.status_code == 422
    assert "请写明需要修改什么" in answer.content.decode()
    assert status_of(entry) == "awaiting_party"


def test_what_is_wrong_with_an_opinion_is_shown_under_an_address_that_back_leads_over(client):
    entry = entry_in("awaiting_party")
    party = Cast(entry.unit).party
    client.force_login(party)
    sent = {"version": 1, "conclusion": "return", "text": "", WHOSE: mark_of(party)}

    answer = client.post(address("sign", entry), sent, headers={"origin": "http://testserver"})

    page = client.get(answer["Location"]).text
    assert "请写明需要修改什么" in page
    assert NOT_SIGNED not in page


def test_an_opinion_sent_after_the_session_ended_comes_back_and_is_said_to_be_unsigned(client):
    entry = entry_in("awaiting_party")
    party = Cast(entry.unit).party
    sent = {"version": 1, "conclusion": "agree", "text": "同意推荐", WHOSE: mark_of(party)}

    away = client.post(address("sign", entry), sent, headers={"origin": "http://testserver"})
    client.force_login(party)
    page = client.get(parse_qs(urlsplit(away["Location"]).query)["next"][0]).text

    assert "同意推荐</textarea>" in page
    assert NOT_SIGNED in page
    assert status_of(entry) == "awaiting_party"
    assert NOT_SIGNED not in client.get(address("sign", entry)).text


def test_an_opinion_that_is_too_long_stays_in_the_field(client):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).chair)

    answer = client.post(
        address("sign", entry), {"version": 1, "conclusion": "agree", "text": "好" * 301}
    )

    assert "最多 300 字，现在 301 字" in answer.content.decode()
    assert "好" * 301 in answer.content.decode()


def test_the_second_signature_is_told_it_came_too_late(client):
    entry = entry_in("awaiting_party")
    client.force_login(Cast(entry.unit).party)
    client.post(address("sign", entry), {"version": 1, "conclusion": "agree"})

    answer = client.post(address("sign", entry), {"version": 1, "conclusion": "agree"})

    assert answer.status_code == 409
    assert entry.signoffs.filter(level="party").count() == 1


def test_who_goes_back_after_signing_is_told_that_he_has_signed_and_when(client):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).chair)
    client.post(address("sign", entry), {"version": 1, "conclusion": "agree"})

    answer = client.get(address("sign", entry))

    signed = entry.signoffs.get()
    assert answer.status_code == 409
    assert f"您已于 {day_and_time(signed.signed_at)} 签署同意，不用再签" in answer.text
    assert "待党组织签署" in answer.text
    assert address("entry", entry) in answer.text


def test_another_is_told_who_has_signed(client):
    entry = entry_in("awaiting_party")
    signer = entry.signoffs.get().signer
    client.force_login(person_of(entry.unit, Post.CHAIR))

    assert f"{signer}已于" in client.get(address("sign", entry)).text


def test_who_signed_as_chair_signs_nothing_by_a_second_click_where_he_is_the_party_secretary_too(
    client,
):
    entry = entry_in("awaiting_chair")
    both = person_of(entry.unit, Post.CHAIR)
    entry.unit.memberships.create(user=both, post=Post.PARTY)
    client.force_login(both)
    level = client.get(address("sign", entry)).context["level"]
    click = {"version": 1, "conclusion": "agree", "level": level}
    client.post(address("sign", entry), click)

    second = client.post(address("sign", entry), click)

    assert second.status_code == 409
    assert "不用再签" in second.text
    assert status_of(entry) == "awaiting_party"
    assert client.get(address("sign", entry)).context["level"] == SignOffLevel.PARTY


@pytest.mark.parametrize(
    ("status", "who", "words"),
    [
        ("awaiting_chair", "party", "要先由工会主席签署"),
        ("draft", "chair", "还没有报送"),
        ("awaiting_chair", "officer", "只有本单位的工会主席和党组织书记可以签署"),
        ("in_review", "chair", "已于"),
    ],
)
def test_whose_turn_it_is_not_is_told_why(client, status, who, words):
    entry = entry_in(status)
    client.force_login(getattr(Cast(entry.unit), who))

    assert words in client.get(address("sign", entry)).text


def test_what_is_wrong_with_an_opinion_stands_at_the_top_and_leads_to_the_field(client):
    entry = entry_in("awaiting_chair")
    client.force_login(Cast(entry.unit).chair)

    page = client.post(
        address("sign", entry), {"version": 1, "conclusion": "return", "text": ""}
    ).text

    assert page.index('href="#id_text"') < page.index('id="sign"')
    assert 'aria-invalid="true"' in page


def test_the_check_leads_to_the_first_thing_to_mend(client):
    entry = draft(answers={"title": ""})
    client.force_login(Cast(entry.unit).officer)

    page = client.get(address("check", entry)).text

    assert page.count(f'{address("edit", entry)}?check=1#field-f-title"') == 2


@pytest.mark.parametrize("conclusion", ["agree", "return"])
def test_nobody_signs_what_he_has_not_read(client, conclusion):
    """The other chair sends it back, the officer sends it anew, and an old window still shows the first text."""
    entry = entry_in("awaiting_chair")
    cast = Cast(entry.unit)
    client.force_login(cast.chair)
    read = client.get(address("sign", entry)).context["version"]
    back = {"level": SignOffLevel.CHAIR, "conclusion": Conclusion.RETURN, "text": "口号不通"}
    sending.sign(entry, actor=cast.chair, **back)
    saving.save(Entry.objects.get(pk=entry.pk), answers={"title": "另一个名称"}, actor=cast.officer)
    sending.send(entry, actor=cast.officer)

    answer = client.post(
        address("sign", entry), {"version": read, "conclusion": conclusion, "text": "可以"}
    )

    assert answer.status_code == 409
    assert "又改过并重新报送了" in answer.text
    assert "另一个名称" in answer.text
    assert status_of(entry) == "awaiting_chair"
    assert entry.signoffs.count() == 1
    shown = {"version": answer.context["version"], "conclusion": conclusion, "text": "可以"}
    assert client.post(address("sign", entry), shown).status_code == 302


def test_withdrawing_asks_first(client):
    entry = entry_in("submitted")
    client.force_login(Cast(entry.unit).officer)
    client.get(address("withdraw", entry))
    assert status_of(entry) == "submitted"

    client.post(address("withdraw", entry), {"text": "改报下一年"})

    assert status_of(entry) == "withdrawn"


def test_a_proposal_is_shown_beside_what_was_applied_for(client):
    entry = entry_in("adjusting")
    client.force_login(Cast(entry.unit).officer)

    page = client.get(address("answer", entry)).content.decode()
    assert "示例书香工会·全校共读" in page
    assert "建议扩大到新校区" in page

    client.post(address("answer", entry), {"answer": "accepted"})
    assert status_of(entry) == "deciding"


def test_an_objection_says_why(client):
    entry = entry_in("adjusting")
    client.force_login(Cast(entry.unit).officer)

    answer = client.post(address("answer", entry), {"answer": "objected", "text": ""})

    assert answer.status_code == 422
    assert status_of(entry) == "adjusting"


def test_starting_from_the_call(client):
    entry = entry_in("withdrawn")
    client.force_login(Cast(entry.unit).officer)
    start = reverse("forms_app:start", args=[entry.call.pk])
    assert "开始填写" in client.get(start).content.decode()

    answer = client.post(start, {"unit": entry.unit.code})

    assert answer["Location"] == address("edit", Entry.objects.latest("pk"))


def test_starting_for_somebody_elses_unit(client):
    entry, other = entry_in("withdrawn"), entry_in("withdrawn")
    client.force_login(Cast(entry.unit).officer)

    answer = client.post(
        reverse("forms_app:start", args=[other.call.pk]), {"unit": other.unit.code}
    )

    assert answer.status_code == 404


def test_the_party_secretary_is_told_who_starts(client):
    entry = entry_in("withdrawn")
    client.force_login(Cast(entry.unit).party)
    start = reverse("forms_app:start", args=[entry.call.pk])

    assert "没有这两个职务" in client.get(start).content.decode()
    assert client.post(start, {"unit": entry.unit.code}).status_code == 403


@pytest.mark.parametrize(("page", "most"), [("entries", 14), ("entry", 20)])
def test_lists_and_pages_ask_the_same_at_every_size(
    client, page, most, django_assert_max_num_queries, django_assert_num_queries
):
    entry = entry_in("in_review")
    client.force_login(Cast(entry.unit).officer)
    target = reverse("forms_app:entries") if page == "entries" else address("entry", entry)
    client.get(target)
    with django_assert_max_num_queries(most) as small:
        client.get(target)
    for _number in range(3):
        entry_in("in_review", unit=entry.unit)
    with django_assert_num_queries(len(small)):
        client.get(target)


def test_a_draft_is_handed_over_to_a_colleague_who_is_led_to_it(client):
    entry = entry_in("draft")
    cast = Cast(entry.unit)
    client.force_login(cast.officer)

    answer = client.post(address("hand_over", entry), {"to": cast.chair.pk, "text": "还差经费。"})

    assert answer["Location"] == address("entry", entry)
    [told] = cast.chair.messages_received.filter(kind="entry_handed_over", channel="inbox")
    assert told.path == address("edit", entry)
    assert told.context["comment"] == "还差经费。"


def test_a_draft_goes_to_nobody_outside_of_its_unit(client):
    entry = entry_in("draft")
    stranger = Cast(UnitFactory()).officer
    client.force_login(Cast(entry.unit).officer)

    answer = client.post(address("hand_over", entry), {"to": stranger.pk})

    assert answer.status_code == 422
    assert not stranger.messages_received.exists()


def test_what_has_been_sent_is_handed_over_no_more(client):
    entry = entry_in("submitted")
    client.force_login(Cast(entry.unit).officer)

    assert client.get(address("hand_over", entry)).status_code == 409


def test_who_is_alone_in_his_unit_is_told_what_to_do(client):
    entry = entry_in("draft")
    officer = Cast(entry.unit).officer
    entry.unit.memberships.exclude(user=officer).delete()
    client.force_login(officer)

    assert "请校工会在人员台账里登记任职" in client.get(address("hand_over", entry)).text


def test_a_unit_with_more_time_reads_its_own_date_before_it_starts(client):
    call, unit = CallFactory(), UnitFactory()
    until = call.closes_at + timedelta(days=5)
    call.extensions.create(unit=unit, until=until, reason="换届")
    client.force_login(person_of(unit))

    shown = client.get(reverse("forms_app:start", args=[call.pk]))

    assert shown.context["until"] == until


def test_who_signs_again_reads_why_it_came_back_and_what_changed_since_he_signed(client):
    entry = entry_in("returned")
    cast = Cast(entry.unit)
    client.force_login(cast.chair)
    saving.save(entry, answers={**entry.answers, "slogan": "改过的口号"}, actor=cast.officer)
    sending.send(entry, actor=cast.officer)

    answer = client.get(address("sign", entry))

    assert entry.last_return().comment in answer.text
    assert "与您上次签署的一版相比，改了 1 处" in answer.text
    [(was, now)] = answer.context["changes"]
    assert (was.shape, now.value) == ("blank", "改过的口号")
    assert answer.text.count("后来又改过，已不作数") == entry.signoffs.count() == 2


def test_who_signs_for_the_first_time_is_shown_no_changes(client):
    entry = entry_in("awaiting_party")
    client.force_login(Cast(entry.unit).party)

    page = client.get(address("sign", entry)).text

    assert "上次签署" not in page
    assert "退回修改：" not in page
    assert "已不作数" not in page


def test_an_opinion_on_what_was_taken_back_meanwhile_is_shown_to_copy(client):
    entry = entry_in("awaiting_chair")
    cast = Cast(entry.unit)
    client.force_login(cast.chair)
    sending.take_back(entry, actor=cast.officer)

    answer = client.post(
        address("sign", entry), {"version": 1, "conclusion": "agree", "text": "同意，预算合理"}
    )

    assert answer.status_code == 409
    assert "可以从这里复制" in answer.text
    assert "同意，预算合理" in answer.text
