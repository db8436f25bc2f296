"""Public notice: the public list, objections by name, and how they end."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms_app.decision.deciding import conclude_notice
from forms_app.decision.noticing import object_to, take_step
from forms_app.models import CallPage, Entry, Objection, PublicNotice
from forms_app.views.objection import AT_MOST
from portal.lifecycle.door import Refused
from portal.units.models import Post, Role
from tests.factories.forms import CallFactory, entry_in
from tests.factories.units import UnitFactory, person_with

TYPED = {"name": "示例职工", "contact": "0000-80000000", "text": "内容与去年的项目相同"}


@pytest.fixture(scope="module")
def in_notice(made, made_once):
    """An entry in its public notice, made once for the file."""

    def make():
        call, unit = CallPage.objects.get(pk=made[0]), UnitFactory(name="示例学院工会")
        return entry_in("in_notice", call=call, unit=unit, answers={"leader_name": "示例负责人"}).pk

    return made_once(make)


@pytest.fixture
def entry(db, in_notice):
    return Entry.objects.get(pk=in_notice)


@pytest.fixture
def unit(entry):
    return entry.unit


@pytest.fixture
def another_call(office):
    """A call without any entry."""
    return CallFactory(experts_per_entry=2)


@pytest.fixture
def objection(entry):
    return object_to(entry, **TYPED)


def public_list(call):
    return Template("{% load forms_app_notice %}{% public_notice call %}").render(
        Context({"call": call})
    )


def let_run_out():
    past = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.update(starts_on=past, ends_on=past)


def test_the_public_list_names_unit_title_and_sum_but_no_person(entry, call):
    page = public_list(call)

    assert entry.title in page
    assert entry.unit.name in page
    assert "8,000.00" in page
    assert reverse("objection:object", args=[entry.pk]) in page
    assert "示例负责人" not in page


def test_what_is_not_in_notice_is_not_listed(another_call):
    entry_in("deciding", call=another_call, answers={"title": "还没定"})
    entry_in("approved", call=another_call, answers={"title": "公示已过"})

    assert public_list(another_call).strip() == ""


def test_the_last_day_of_the_notice_still_counts(entry, call, client):
    today = timezone.localdate()
    PublicNotice.objects.update(starts_on=today, ends_on=today)

    assert client.get(reverse("objection:object", args=[entry.pk])).status_code == 200


def test_anybody_can_object_with_his_name(entry, office, client):
    response = client.post(reverse("objection:object", args=[entry.pk]), TYPED)

    assert response.url == reverse("objection:thanks")
    assert client.get(response.url).status_code == 200
    assert Objection.objects.get().text == TYPED["text"]
    [told] = office.messages_received.filter(kind="objection_received", channel="inbox")
    assert TYPED["name"] not in str(told.context)
    assert told.path == reverse("office:objection", args=[Objection.objects.get().pk])


@pytest.mark.parametrize("missing", TYPED)
def test_an_unsigned_or_empty_objection_comes_back_filled(missing, entry, client):
    typed = {**TYPED, missing: ""}

    response = client.post(reverse("objection:object", args=[entry.pk]), typed)

    assert response.status_code == 422
    assert not Objection.objects.exists()
    assert all(value in response.text for value in typed.values())


@pytest.mark.parametrize("contact", ["x", "8012", "张三@"])
def test_who_objects_can_be_reached(contact, entry, client):
    response = client.post(
        reverse("objection:object", args=[entry.pk]), {**TYPED, "contact": contact}
    )

    assert "电话（带区号）或邮箱" in str(response.context["form"].errors["contact"])
    assert not Objection.objects.exists()


def without_cookies(entry, origin):
    """Return a browser that has lost its cookies, and its answer to an objection that was sent then."""
    browser = Client(enforce_csrf_checks=True)
    address = reverse("objection:object", args=[entry.pk])
    return browser, browser.post(address, TYPED, headers={"origin": origin})


def test_an_objection_that_was_sent_without_any_cookie_is_shown_again_and_goes_off_from_there(
    entry,
):
    browser, answer = without_cookies(entry, "http://testserver")

    assert answer.status_code == 403
    assert all(words in answer.text for words in TYPED.values())
    assert "还没有提交" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert not entry.objections.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)[1]
    again = {**TYPED, "csrfmiddlewaretoken": token}
    sent = browser.post(reverse("objection:object", args=[entry.pk]), again)
    assert sent["Location"] == reverse("objection:thanks")
    assert entry.objections.count() == 1


def test_another_site_fills_in_nobodys_objection(entry):
    _browser, answer = without_cookies(entry, "http://evil.example")

    assert answer.status_code == 403
    assert TYPED["text"] not in answer.text


def test_who_opens_the_form_after_him_is_shown_nothing_of_it(entry):
    browser, _answer = without_cookies(entry, "http://testserver")

    assert TYPED["text"] not in browser.get(reverse("objection:object", args=[entry.pk])).text


def test_outside_the_notice_there_is_nothing_to_object_to(entry, client):
    address = reverse("objection:object", args=[entry.pk])
    let_run_out()

    assert client.get(address).status_code == 404
    assert client.post(address, TYPED).status_code == 404
    with pytest.raises(Refused, match="不在公示期"):
        object_to(entry, **TYPED)


def test_from_one_address_only_a_few_objections_an_hour_come_in(entry, client):
    address = reverse("objection:object", args=[entry.pk])
    with time_machine.travel("2026-04-20 10:00+08:00", tick=False) as clock:
        PublicNotice.objects.update(starts_on="2026-04-20", ends_on="2026-04-24")
        answers = [client.post(address, TYPED).status_code for _ in range(AT_MOST + 1)]
        clock.shift(timedelta(minutes=50))
        answers.append(client.post(address, TYPED).status_code)

    assert answers == [302] * AT_MOST + [429, 429]
    assert Objection.objects.count() == AT_MOST


def test_who_objected_is_known_to_whoever_handles_it_and_to_nobody_else(objection, office, as_):
    neighbour, auditor = person_with(Role.SCHOOL_UNION), person_with(Role.AUDITOR)
    objection.entry.unit.memberships.create(user=neighbour, post=Post.PARTY)
    address = reverse("office:objection", args=[objection.pk])
    pages = {who: as_(who).get(address).content.decode() for who in (office, neighbour, auditor)}

    assert {who: TYPED["name"] in page for who, page in pages.items()} == {
        office: True,
        neighbour: False,
        auditor: False,
    }
    assert all(TYPED["contact"] not in pages[who] for who in (neighbour, auditor))


def test_other_methods_are_not_taken(entry, client):
    assert client.put(reverse("objection:object", args=[entry.pk])).status_code == 405


def steps(objection, actor, *names, text="情况说明"):
    for name in names:
        take_step(objection, name, actor=actor, text=text)


def test_an_upheld_objection_takes_the_entry_back_to_its_decision(objection, office, as_):
    steps(objection, office, "accept", "investigate")

    as_(office).post(
        reverse("office:objection", args=[objection.pk]), {"text": "确属重复", "step": "uphold"}
    )

    entry = Entry.objects.get(pk=objection.entry_id)
    objection = Objection.objects.get(pk=objection.pk)
    assert entry.status == "deciding"
    assert not hasattr(entry, "decision")
    assert entry.events.latest("pk").comment == "确属重复"
    assert (objection.status, objection.conclusion) == ("upheld", "确属重复")


def test_each_step_is_recorded_with_its_words_and_shown_in_order(objection, office, as_):
    address = reverse("office:objection", args=[objection.pk])
    for step, words in (
        ("accept", "材料齐全，予以受理"),
        ("investigate", "请两家单位书面说明"),
        ("dismiss", "经核实内容不同"),
    ):
        as_(office).post(address, {"step": step, "text": words})

    page = as_(office).get(address).text

    assert [event.action for event in objection.events.all()] == [
        "accept",
        "investigate",
        "dismiss",
    ]
    assert page.index("予以受理") < page.index("书面说明") < page.index("内容不同")
    assert Entry.objects.get(pk=objection.entry_id).status == "in_notice"


def test_a_refused_objection_holds_nothing_back(objection, call, office):
    steps(objection, office, "refuse")
    let_run_out()

    conclude_notice(objection.entry, actor=office)

    assert Entry.objects.get(pk=objection.entry_id).status == "approved"


@pytest.mark.parametrize("way", [(), ("accept",), ("accept", "investigate")])
def test_an_objection_holds_its_entry_back_until_it_is_concluded(way, objection, office):
    steps(objection, office, *way)
    let_run_out()

    with pytest.raises(Refused, match="异议没有处理完"):
        conclude_notice(objection.entry, actor=office)


def test_an_objection_goes_its_way_step_by_step(objection, office):
    with pytest.raises(Refused, match="已收到"):
        steps(objection, office, "dismiss")
    steps(objection, office, "accept", "investigate", "dismiss")
    with pytest.raises(Refused, match="异议不成立"):
        steps(objection, office, "uphold")


def test_a_step_says_what_was_found(objection, office, as_):
    address = reverse("office:objection", args=[objection.pk])

    assert as_(office).post(address, {"step": "accept"}).status_code == 422
    assert as_(office).post(address, {"step": "forget", "text": "好"}).status_code == 404
    with pytest.raises(Refused, match="请写明"):
        steps(objection, office, "accept", text=" ")


def test_nobody_else_concludes(people, objection, as_):
    for who in ("auditor", "office_of_unit", "officer", "expert", "anonymous"):
        as_(people[who]).post(
            reverse("office:objection", args=[objection.pk]), {"text": "好", "step": "accept"}
        )

        assert Objection.objects.get(pk=objection.pk).status == "received", who


def test_an_open_objection_keeps_only_its_own_entry_from_approval(objection, call, office, as_):
    other = entry_in("in_notice", call=call)
    let_run_out()

    as_(office).post(reverse("office:conclude_notices", args=[call.pk]))

    assert Entry.objects.get(pk=objection.entry_id).status == "in_notice"
    assert Entry.objects.get(pk=other.pk).status == "approved"


@pytest.mark.parametrize("hour", ["09:00", "18:35"])
def test_the_day_of_publication_is_no_working_day_of_the_notice(another_call, time_machine, hour):
    """A Friday: the five working days are those of the next week, in full."""
    time_machine.move_to(f"2026-03-06 {hour}:00+08:00", tick=True)
    call = another_call
    call.opens_at, call.closes_at = timezone.now() - timedelta(9), timezone.now() + timedelta(9)
    call.notice_days = 5
    call.save()

    notice = entry_in("in_notice", call=call).decision.notice

    assert (notice.starts_on, notice.ends_on) == (date(2026, 3, 6), date(2026, 3, 13))
    assert "2026年3月6日至 2026年3月13日" in public_list(call)
