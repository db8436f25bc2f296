"""The desk on the CMS home screen, and the registers."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from forms_app.decision.noticing import object_to
from forms_app.entries import sending
from forms_app.models import PublicNotice
from portal.cms.models import SiteSettings
from portal.messaging.models import Channel, Message
from portal.messaging.posting import post
from portal.workspace.due import due_for
from tests.factories.forms import Cast, entry_in

HOME = "/admin/"


def settled():
    """Say who runs the site, which a new installation does not know yet."""
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"union_name": "示例大学工会"}
    )


def test_the_office_sees_what_waits_for_it(call, office, as_):
    type(call).objects.filter(pk=call.pk).update(opens_at=timezone.now() - timedelta(days=9))
    call.refresh_from_db()
    with time_machine.travel(timezone.now() - timedelta(days=4, hours=1)):
        entry_in("submitted", call=call)
    entry_in("deciding", call=call)
    noticed = entry_in("in_notice", call=call)
    object_to(noticed, name="示例职工", contact="示例电话", text="示例")
    past = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.update(starts_on=past, ends_on=past)

    page = as_(office).get(HOME).text

    assert "形式审查：1 份" in page
    assert "已等了 4 天" in page
    assert "待决定：1 份" in page
    assert "公示期满：1 项" in page
    assert "公示异议待处理" in page


def test_a_return_begins_a_new_wait(call, office, as_):
    type(call).objects.filter(pk=call.pk).update(opens_at=timezone.now() - timedelta(days=9))
    call.refresh_from_db()
    with time_machine.travel(timezone.now() - timedelta(days=4)):
        entry = entry_in("returned", call=call)
    again = sending.send(entry, actor=Cast(entry.unit).officer)
    again = sending.sign(
        again, actor=Cast(entry.unit).chair, level="chair", conclusion="agree", text="同意"
    )
    sending.sign(
        again, actor=Cast(entry.unit).party, level="party", conclusion="agree", text="同意"
    )

    assert "都是今天收到的" in as_(office).get(HOME).text


def test_a_quiet_desk_says_so(call, unit, office, as_):
    settled()

    assert "现在没有等您办的事" in as_(office).get(HOME).text


def test_coverage_and_the_five_steps_stand_on_the_desk(call, unit, office, as_):
    entry_in("submitted", call=call, unit=unit)

    page = as_(office).get(HOME).text

    assert "1 / 1" in page
    for step in ("项目申报", "评审立项", "过程培育", "评估验收", "表彰奖励"):
        assert step in page


@pytest.mark.parametrize(("who", "sees"), [("auditor", True), ("reviewer", False)])
def test_the_year_is_shown_to_those_who_read_all(who, sees, call, people, as_):
    assert (call.title in as_(people[who]).get(HOME).text) is sees


def test_nobody_else_is_asked_to_do_the_offices_work(call, people):
    entry_in("submitted", call=call)

    titles = {
        item.title for who in ("auditor", "reviewer", "expert") for item in due_for(people[who])
    }

    assert not any("形式审查" in title for title in titles)


def test_the_register_of_entries_is_read_and_never_changed(call, office, as_):
    entry = entry_in("submitted", call=call)
    client = as_(office)

    assert entry.title in client.get("/admin/register/entries/").text
    assert client.get(f"/admin/register/entries/inspect/{entry.pk}/").status_code == 200
    for act in ("create", f"edit/{entry.pk}", f"delete/{entry.pk}"):
        answer = client.get(f"/admin/register/entries/{act}/")
        assert answer.status_code in (302, 403, 404)


@pytest.mark.parametrize("model", ["programmeyear", "category", "rubric", "calendarday"])
@pytest.mark.parametrize(("who", "adds"), [("office", True), ("auditor", False)])
def test_the_office_settles_the_year_and_the_auditor_reads(model, who, adds, people, call, as_):
    client = as_(people[who])

    assert client.get(f"/admin/{model}/").status_code == 200
    assert (client.get(f"/admin/{model}/new/").status_code == 200) is adds


@pytest.fixture
def stuck(office, call):
    post("review_assigned", to=[office], about="test", call="示例", count=1)
    mail = Message.objects.get(channel=Channel.EMAIL)
    Message.objects.filter(pk=mail.pk).update(
        attempts=6, error="no route", gave_up_at=timezone.now()
    )
    return mail


def send_again(client, message):
    return client.post(reverse("messaging_send_again", args=[message.pk]))


def test_a_message_that_was_given_up_is_sent_again(stuck, office, as_):
    client = as_(office)

    listed = client.get("/admin/register/messages/").text
    shown = client.get(f"/admin/register/messages/inspect/{stuck.pk}/").text
    send_again(client, stuck)

    assert "已放弃" in listed
    assert "重新发送" in shown
    assert stuck in Message.objects.awaiting_delivery()


def test_what_has_arrived_is_not_sent_again(stuck, office, as_):
    Message.objects.filter(pk=stuck.pk).update(delivered_at=timezone.now())

    send_again(as_(office), stuck)

    assert stuck not in Message.objects.awaiting_delivery()


@pytest.mark.parametrize("who", ["auditor", "reviewer", "expert", "officer", "anonymous"])
def test_only_the_office_sends_again(who, stuck, people, as_):
    send_again(as_(people[who]), stuck)

    assert stuck not in Message.objects.awaiting_delivery()


def test_sending_again_is_posted(stuck, office, as_):
    assert as_(office).get(reverse("messaging_send_again", args=[stuck.pk])).status_code == 405
