"""Two people in one draft: each sees the other, different fields are brought together, the same field is left to choose."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from forms_app.engine.schema import fields_of
from forms_app.entries import saving
from forms_app.models import Entry
from portal.merging import fingerprint
from portal.units.models import Post
from portal.workspace import keeping, presence
from portal.workspace.autosaving import Page
from portal.workspace.models import Presence
from tests.factories.answers import complete_application_answers, default_schema, posted
from tests.factories.forms import CallFactory, Cast, draft, form_with
from tests.factories.units import UnitFactory, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SHOWN = complete_application_answers()


@pytest.fixture
def entry():
    return draft(
        call=CallFactory(form=form_with(default_schema("application"))), answers=dict(SHOWN)
    )


@pytest.fixture
def officer(entry):
    return Cast(entry.unit).officer


@pytest.fixture
def chair(entry):
    return person_of(entry.unit, Post.CHAIR, name="示例主席")


def type_in(entry, actor, *, shown=SHOWN, page="", **changes):
    """Save what a page that showed `shown` holds after some fields were changed."""
    answers = {**shown, **changes}
    seen = fingerprint(shown)
    return saving.save(entry, answers=answers, page=Page(name=page, seen=seen), actor=actor)


def now(entry):
    return Entry.objects.get(pk=entry.pk)


def test_what_had_been_saved_already_has_arrived_from_the_page_that_sent_it_again(entry, officer):
    first = type_in(entry, officer, page="first", slogan="写过的口号")
    type_in(entry, officer, shown=first.entry.answers, page="again")

    assert now(entry).saved_from["page"] == "again"
    assert now(entry).save_count == first.entry.save_count


def test_different_fields_are_brought_together_and_said(entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")

    outcome = type_in(entry, officer, audience="经办人写的对象")

    saved = now(entry).answers
    assert (saved["slogan"], saved["audience"]) == ("主席写的口号", "经办人写的对象")
    assert (outcome.taken, outcome.conflicts, outcome.writers) == (
        ["slogan"],
        [],
        {"slogan": chair},
    )


def test_a_page_that_shows_the_old_words_goes_on_without_bringing_them_back(entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")
    first = type_in(entry, officer, page="p", audience="第一次")

    answers = {**SHOWN, "audience": "第二次"}
    saving.save(entry, answers=answers, page=Page(name="p", seen=first.seen), actor=officer)

    saved = now(entry).answers
    assert (saved["slogan"], saved["audience"]) == ("主席写的口号", "第二次")


def test_the_same_field_is_not_overwritten_and_the_rest_is_saved(entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")

    outcome = type_in(entry, officer, slogan="经办人写的口号", audience="经办人写的对象")

    saved = now(entry).answers
    assert (saved["slogan"], saved["audience"]) == ("主席写的口号", "经办人写的对象")
    assert outcome.conflicts == ["slogan"]


@pytest.mark.parametrize("kept", [None, "", [], {}])
def test_in_one_window_what_was_and_stays_empty_is_nobody_s_change(client, entry, officer, kept):
    """Of every kind of field; an answer may have been kept as nothing by a form of before, or not at all."""
    asked = {one["key"]: one for one in fields_of(entry.form_version.schema)}
    entry.answers = {"title": "示例"} | {key: kept for key in asked if key != "title"}
    entry.save()
    client.force_login(officer)
    page = client.get(reverse("forms_app:edit", args=[entry.pk]) + "?check=1")
    data = posted(entry.form_version.schema, {"title": "示例二"})
    data["seen"], data["page"] = page.context["seen"], page.context["page_name"]

    told = client.post(reverse("forms_app:autosave", args=[entry.pk]), data)

    assert told.status_code == 200
    assert "merged" not in told.json()
    assert now(entry).answers["title"] == "示例二"


def test_a_conflict_stays_one_until_somebody_chooses(entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")
    first = type_in(entry, officer, page="p", slogan="经办人写的口号")

    second = saving.save(
        entry,
        answers={**SHOWN, "slogan": "经办人又改了口号"},
        page=Page(name="p", seen=first.seen),
        actor=officer,
    )

    assert second.conflicts == ["slogan"]
    assert now(entry).answers["slogan"] == "主席写的口号"


def test_an_answer_that_got_lost_is_no_quarrel_with_oneself(entry, officer):
    type_in(entry, officer, page="p", slogan="第一句")  # saved, but the browser never heard of it

    outcome = type_in(entry, officer, page="p", slogan="第一句，又添几个字")

    assert outcome.conflicts == []
    assert now(entry).answers["slogan"] == "第一句，又添几个字"


def test_sums_are_those_of_both(entry, officer, chair):
    type_in(entry, chair, amount_matching="3000.00")

    type_in(entry, officer, amount_requested="9000.00")

    assert now(entry).answers["amount_total"] == "12000.00"


def post(client, entry, page, actor, **changes):
    client.force_login(actor)
    answers = {key: value for key, value in {**SHOWN, **changes}.items() if value is not None}
    data = posted(entry.form_version.schema, answers)
    data["seen"] = fingerprint(SHOWN)
    return client.post(reverse(f"forms_app:{page}", args=[entry.pk]), data)


ROW = {"category": "other", "item": "茶歇", "amount": "500.00"}
MINE = {"category": "publicity", "item": "海报", "amount": "800.00"}


@pytest.mark.parametrize(
    ("take", "items"),
    [
        ("mine", ["教练课酬", "年底展演", "海报"]),
        ("saved", ["教练课酬", "年底展演", "茶歇"]),
        ("both", ["教练课酬", "年底展演", "茶歇", "海报"]),
    ],
)
def test_a_table_both_changed_is_chosen_or_kept_twice(client, entry, officer, chair, take, items):
    rows = SHOWN["budget_items"]
    type_in(entry, chair, budget_items=[*rows, ROW], slogan="主席写的口号")
    answer = post(client, entry, "edit", officer, budget_items=[*rows, MINE])
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "茶歇" in page
    assert "海报" in page
    assert "已自动合并" in page

    client.post(
        reverse("forms_app:choose", args=[entry.pk]),
        {"held": answer.context["held"], "take-budget_items": take},
    )

    saved = now(entry).answers
    assert [row["item"] for row in saved["budget_items"]] == items
    assert saved["slogan"] == "主席写的口号"


@pytest.mark.parametrize("take", ["both", "neither"])
def test_what_was_not_offered_to_choose_is_refused_and_nothing_is_lost(
    client, entry, officer, chair, take
):
    type_in(entry, chair, start_date="2026-03-01")
    answer = post(client, entry, "edit", officer, start_date="2026-04-01")

    told = client.post(
        reverse("forms_app:choose", args=[entry.pk]),
        {"held": answer.context["held"], "take-start_date": take},
    )

    assert told.status_code == 422
    assert "只能在两边里选一边" in told.text
    assert "2026年4月1日" in told.text
    assert now(entry).answers["start_date"] == "2026-03-01"


def test_saved_once_more_while_somebody_chooses_it_is_asked_again(client, entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")
    answer = post(client, entry, "edit", officer, slogan="经办人写的口号")
    type_in(entry, chair, shown=now(entry).answers, slogan="主席改了主意")

    again = client.post(
        reverse("forms_app:choose", args=[entry.pk]),
        {"held": answer.context["held"], "take-slogan": "mine"},
    )

    assert again.status_code == 409
    assert "主席改了主意" in again.content.decode()
    assert "经办人写的口号" in again.content.decode()


def test_autosave_brings_the_other_s_words_to_the_page(client, entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")

    told = post(client, entry, "autosave", officer, audience="经办人写的对象").json()

    assert told["values"] == {"f-slogan": "主席写的口号"}
    assert "示例主席同时改了：品牌口号" in told["merged"]


def test_autosave_names_the_field_that_both_changed(client, entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")

    answer = post(client, entry, "autosave", officer, slogan="经办人写的口号")

    assert answer.status_code == 409
    assert "示例主席刚刚也改了“品牌口号”" in answer.json()["message"]


def test_who_typed_the_field_is_named_and_not_who_saved_last(client, entry, officer, chair):
    third = person_of(entry.unit, Post.OFFICER, name="示例同事")
    type_in(entry, chair, slogan="主席写的口号")
    type_in(entry, third, shown=now(entry).answers, audience="同事写的对象")

    message = post(client, entry, "autosave", officer, slogan="经办人写的口号").json()["message"]

    assert "示例主席刚刚也改了“品牌口号”" in message
    assert "示例同事" not in message


def test_ones_own_other_window_is_not_called_by_a_name(client, entry, officer):
    type_in(entry, officer, slogan="一个窗口写的口号")

    answer = post(client, entry, "autosave", officer, slogan="另一个窗口写的口号")

    assert "您在另一个窗口刚刚也改了“品牌口号”" in answer.json()["message"]


# --- seeing each other --------------------------------------------------------------------------


def beat(client, entry, actor, **more):
    client.force_login(actor)
    return client.post(reverse("forms_app:present", args=[entry.pk]), more)


def test_two_people_see_each_other_and_where(client, entry, officer, chair):
    section = entry.form_version.schema["sections"][1]
    beat(client, entry, chair, screen=section["key"])

    told = beat(client, entry, officer).json()["colleagues"]

    assert "示例主席" in told
    assert section["title"] in told
    assert str(officer) not in told


@pytest.mark.parametrize("how", ["leaves", "is gone"])
def test_who_has_gone_is_no_longer_seen(client, entry, officer, chair, how):
    beat(client, entry, chair)
    if how == "leaves":
        beat(client, entry, chair, leaving="1")
    else:
        long_ago = timezone.now() - timedelta(minutes=2)
        Presence.objects.update(heard_at=long_ago, since=long_ago)

    assert "示例主席" not in beat(client, entry, officer).json()["colleagues"]
    presence.be_there(entry, actor=chair)
    assert Presence.objects.get(user=chair).since > timezone.now() - timedelta(minutes=1)


def test_only_those_who_fill_in_are_told(client, entry):
    assert beat(client, entry, person_of(UnitFactory())).status_code == 404
    assert beat(client, entry, person_of(entry.unit, Post.PARTY)).status_code == 404


def test_a_choice_sent_after_the_session_ended_is_asked_again(client, entry, officer, chair):
    type_in(entry, chair, slogan="主席写的口号")
    both = post(client, entry, "edit", officer, slogan="经办人写的口号")
    choose = reverse("forms_app:choose", args=[entry.pk])
    sent = {"held": both.context["held"], keeping.WHOSE: keeping.mark_of(officer)}
    client.logout()

    away = client.post(
        choose,
        {**sent, "take-slogan": "mine"},
        headers={
            "origin": "http://testserver",
            "referer": f"http://testserver{reverse('forms_app:edit', args=[entry.pk])}",
        },
    )
    client.force_login(officer)
    again = client.get(parse_qs(urlsplit(away.url).query)["next"][0])

    assert "主席写的口号" in again.text
    assert "经办人写的口号" in again.text
    client.post(choose, {"held": again.context["held"], "take-slogan": "mine"})
    assert now(entry).answers["slogan"] == "经办人写的口号"
