"""What follows a release: the notice's own page, the announcement as a draft, and the printable trail."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from brands.announcing import draft_announcement
from forms_app.decision.noticing import object_to, take_step
from forms_app.entries.sending import send
from forms_app.group_texts import texts_for
from forms_app.models import Entry, PublicNotice
from portal.cms.models import NoticePage
from portal.lifecycle.door import Refused
from tests.factories.forms import Cast, entry_in
from tests.factories.pages import live_notice, published


@pytest.fixture
def entry(call, office):
    return entry_in("in_notice", call=call, answers={"leader_name": "示例负责人"})


@pytest.fixture
def notice(entry):
    return PublicNotice.objects.get()


def test_a_notice_has_a_page_of_its_own_for_everybody(entry, notice, client):
    page = client.get(notice.path)

    assert page.status_code == 200
    assert entry.title in page.text
    assert reverse("objection:object", args=[entry.pk]) in page.text
    assert "示例负责人" not in page.text


def test_after_its_end_the_page_stays_and_takes_no_objections(entry, notice, client):
    past = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.update(starts_on=past, ends_on=past)

    page = client.get(notice.path)

    assert "公示已结束" in page.text
    assert entry.title in page.text
    assert reverse("objection:object", args=[entry.pk]) not in page.text


def test_what_an_objection_overturned_is_no_longer_listed(entry, notice, office, client):
    objection = object_to(entry, name="示例职工", contact="示例电话", text="重复")
    for step in ("accept", "investigate", "uphold"):
        take_step(objection, step, actor=office, text="情况说明")

    assert entry.title not in client.get(notice.path).text


@pytest.fixture
def told(call, entry):
    """The notice in which the school union tells of the list."""
    return live_notice("示例公示", about=call)


def test_a_notice_about_a_call_leads_to_its_list_and_to_objecting(told, notice, call, client):
    page = client.get(told.url).text

    assert "公示进行中" in page
    assert f'<a class="btn" href="{notice.path}#list">提出异议</a>' in page
    assert f'href="{call.url}"' in page
    assert told.url in client.get(call.url).text


def test_a_notice_about_nothing_has_no_panel(entry, client):
    assert "公示进行中" not in client.get(live_notice("示例放假通知").url).text


def test_working_days_are_counted_to_the_last_one(told, notice, client):
    # A Thursday, the Saturday after it, and the Tuesday on which it ends.
    notice.starts_on, notice.ends_on = datetime(2024, 3, 20).date(), datetime(2024, 3, 26).date()
    notice.save()

    for day, words in (
        (21, "还有 4 个工作日，到 2024年3月26日"),
        (23, "还有 2 个工作日，到 2024年3月26日"),
        (26, "今天是最后一天"),
        (27, "公示已结束"),
    ):
        with time_machine.travel(timezone.make_aware(datetime(2024, 3, day, 9)), tick=False):
            assert words in client.get(told.url).text
            assert words in client.get(notice.path).text


def test_after_the_end_notice_list_and_call_lead_to_the_announcement(call, office, client):
    entry_in("approved", call=call)
    notice = PublicNotice.objects.get()
    past = timezone.localdate() - timedelta(days=1)
    PublicNotice.objects.update(starts_on=past, ends_on=past)
    told = live_notice("示例公示", about=call)
    draft = draft_announcement(call, actor=office)
    for address in (told.url, notice.path, call.url):
        assert draft.title not in client.get(address).text

    announcement = published(draft)

    for address in (told.url, notice.path, call.url):
        assert f'href="{announcement.url}"' in client.get(address).text
    assert "提出异议</a>" not in client.get(told.url).text
    assert f'href="{notice.path}"' in client.get(call.url).text


def test_a_notice_does_not_tell_of_a_call_that_is_not_public(told, call, client):
    call.live = False
    call.save()

    assert call.title not in client.get(told.url).text


@pytest.mark.parametrize("tail", ["public-notice/999999/", "public-notice/x/", "public-notice/"])
def test_there_is_no_page_of_a_notice_that_is_not_this_calls(tail, entry, call, client):
    assert client.get(f"{call.url}{tail}").status_code == 404


def test_the_group_text_lists_what_is_in_notice(entry, call, notice):
    [text] = [one for one in texts_for(call, host="https://union.example") if "notice" in one.code]

    assert f"{entry.unit}《{entry}》" in text.text
    assert text.address == f"https://union.example{notice.path}"


def test_the_announcement_is_a_draft_with_numbers_and_sums(call, office, client):
    entry = entry_in("approved", call=call)

    page = draft_announcement(call, actor=office)

    assert not NoticePage.objects.get(pk=page.pk).live
    body = str(page.get_latest_revision_as_object().body.render_as_block())
    assert entry.project.project_no in body
    assert str(entry.unit) in body
    assert "8,000.00" in body
    assert client.get(f"/notices/{page.slug}/").status_code == 404


def test_the_same_list_is_announced_by_one_draft_and_a_longer_one_by_another(call, office):
    entry_in("approved", call=call)
    first = draft_announcement(call, actor=office)

    assert draft_announcement(call, actor=office) == first
    entry_in("approved", call=call)
    assert draft_announcement(call, actor=office) != first


def test_what_has_been_announced_is_not_announced_again(call, office, as_):
    entry_in("approved", call=call)
    address = reverse("office:call", args=[call.pk])
    draft = draft_announcement(call, actor=office)
    assert "生成公布稿" in as_(office).get(address).text
    published(draft)

    with pytest.raises(Refused, match="都已经公布"):
        draft_announcement(call, actor=office)
    page = as_(office).get(address).text
    assert "生成公布稿" not in page
    assert "立项的项目都已经公布" in page


def test_an_announcement_shows_no_notice_that_runs_for_others(call, office, client):
    entry_in("approved", call=call)
    draft = draft_announcement(call, actor=office)
    entry_in("in_notice", call=call)
    announcement = published(draft)

    page = client.get(announcement.url).text

    assert "公示进行中" not in page
    assert call.title in page


def test_a_draft_that_is_opened_again_is_not_called_new(call, office, as_):
    entry_in("approved", call=call)
    browser, address = as_(office), reverse("announce", args=[call.pk])

    first = browser.post(address, follow=True)
    again = browser.post(address, follow=True)

    assert "公布稿已按立项名单生成" in first.text
    assert "打开的是已有的公布稿" in again.text


def test_there_is_nothing_to_announce_before_an_approval(entry, call, office, people, as_):
    with pytest.raises(Refused, match="还没有正式立项"):
        draft_announcement(call, actor=office)
    assert "还没有正式立项" in as_(office).get(reverse("office:call", args=[call.pk])).text
    as_(people["auditor"]).post(reverse("announce", args=[call.pk]))
    assert as_(people["officer"]).post(reverse("announce", args=[call.pk])).status_code in (
        302,
        404,
    )
    assert not NoticePage.objects.exists()


def test_the_trail_leads_from_the_decision_back_to_each_step(call, office, as_):
    entry = entry_in("in_notice", call=call)
    object_to(entry, name="示例某某", contact="示例电话", text="与往年重复")

    page = as_(office).get(reverse("office:trail", args=[entry.pk])).text

    rows = page[page.index("<tbody>") :]
    places = [
        rows.index(words)
        for words in ("开始填写", "报送", "提交评分", "拟定决定", "示例会议纪要", "收到异议")
    ]
    assert places == sorted(places)
    assert "示例某某" not in page
    assert Entry.objects.filter(pk=entry.pk, status="in_notice").exists()


def test_a_stamped_scan_can_stand_for_signing(call, unit, office):
    call.scan_instead = True
    call.save()
    paper = entry_in("draft", call=call, unit=unit)
    Entry.objects.filter(pk=paper.pk).update(answers={**paper.answers, "signed_scan": [1]})
    signed = entry_in("draft", call=call)

    for entry in (paper, signed):
        send(entry, actor=Cast(entry.unit).officer)

    assert Entry.objects.get(pk=paper.pk).status == "submitted"
    assert Entry.objects.get(pk=signed.pk).status == "awaiting_chair"
