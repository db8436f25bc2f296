"""The reviewers' screen and the office's buttons, as each person meets them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.cms.models import NoticeIndexPage, NoticePage
from portal.cms.moderation.doors import approve, submit_for_review
from portal.units.models import Role
from tests.factories.pages import draft_notice, published, reviewed, stage_of
from tests.factories.units import UserFactory, person_with


@pytest.fixture
def page(office):
    page = draft_notice(office, title="待审的通知")
    submit_for_review(page, actor=office)
    return page


def decide(browser, page, decision, comment="", state=None):
    return browser.post(
        reverse("cms_review", args=[page.pk]),
        {
            "task_state": (state or stage_of(page)).pk,
            "decision": decision,
            "comment": comment,
        },
        follow=True,
    )


def test_a_reviewer_finds_the_page_on_his_dashboard_and_approves_it(page, reviewers, sign_in):
    browser = sign_in(reviewers[0])
    dashboard = browser.get("/admin/").content.decode()
    assert "待审的通知" in dashboard
    assert reverse("cms_review", args=[page.pk]) in dashboard
    assert "已通过：待审的通知" in decide(browser, page, "approve").content.decode()
    assert "待审的通知" not in sign_in(reviewers[0]).get("/admin/").content.decode()


def test_the_three_reviewers_make_it_public_on_their_screens(page, reviewers, sign_in, client):
    answers = [decide(sign_in(reviewer), page, "approve") for reviewer in reviewers]
    page = NoticePage.objects.get(pk=page.pk)
    assert page.live
    assert "现在公开：待审的通知" in answers[-1].text
    assert page.url in answers[-1].text
    assert client.get(page.url).status_code == 200


def test_a_return_without_a_reason_keeps_the_form(page, reviewers, sign_in):
    answer = decide(sign_in(reviewers[0]), page, "return")
    assert answer.status_code == 422
    assert stage_of(page).status == "in_progress"


def test_a_return_shows_its_reason_to_the_author(page, office, reviewers, sign_in):
    decide(sign_in(reviewers[0]), page, "return", "请补联系电话")
    text = sign_in(office).get(reverse("cms_review", args=[page.pk])).content.decode()
    assert "请补联系电话" in text


def test_a_stale_tab_is_told_what_happened(page, reviewers, sign_in):
    other = person_with(Role.FIRST_REVIEW)
    state = stage_of(page)
    approve(state, actor=other)
    answer = decide(sign_in(reviewers[0]), page, "approve", state=state)
    assert "已经有人办理" in answer.content.decode()
    assert stage_of(page).task.specific.stage == "second"


def test_the_author_reads_why_he_may_not_decide(page, office, reviewers, sign_in):
    office.groups.add(*reviewers[0].groups.all())
    text = sign_in(office).get(reverse("cms_review", args=[page.pk])).content.decode()
    assert "须由其他人审核" in text
    assert 'value="approve"' not in text


def test_only_those_concerned_see_a_review(page, sign_in, client):
    address = reverse("cms_review", args=[page.pk])
    assert client.get(address).status_code == 302
    auditor = person_with(Role.AUDITOR)
    assert sign_in(auditor).get(address).status_code == 404
    assert sign_in(UserFactory()).get(address).status_code in (302, 403)


def test_the_office_withdraws_by_post_only(page, office, sign_in):
    address = reverse("cms_withdraw", args=[page.pk])
    browser = sign_in(office)
    assert browser.get(address).status_code == 405
    browser.post(address)
    assert NoticePage.objects.get(pk=page.pk).current_workflow_state is None


def test_the_office_takes_a_page_down_on_its_screen(office, reviewers, sign_in, client):
    page = published(draft_notice(office))
    address = reverse("cms_take_down", args=[page.pk])
    assert sign_in(reviewers[0]).get(address).status_code == 302
    browser = sign_in(office)
    assert browser.post(address, {"reason": ""}).status_code == 200
    assert client.get(page.url).status_code == 200
    browser.post(address, {"reason": "日期有误"})
    assert client.get(page.url).status_code == 404
    history = browser.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "日期有误" in history


def test_a_page_that_waits_for_its_time_is_kept_from_the_public(office, sign_in):
    page = draft_notice(office)
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=office)
    reviewed(page)
    browser = sign_in(office)
    address = reverse("cms_take_down", args=[page.pk])
    editor = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address in editor
    assert "取消公开" in editor
    assert "自动公开" in browser.get(address).content.decode()
    browser.post(address, {"reason": "活动取消"})
    assert NoticePage.objects.get(pk=page.pk).approved_schedule is False


def test_a_fixed_section_is_not_taken_down(office, sign_in):
    index = NoticeIndexPage.objects.get()
    address = reverse("cms_take_down", args=[index.pk])
    for answer in (
        sign_in(office).get(address, follow=True),
        sign_in(office).post(address, {"reason": "试试"}, follow=True),
    ):
        assert "不能撤下" in answer.content.decode()
    index.refresh_from_db()
    assert index.live


def test_a_returned_page_stands_on_its_authors_desk_with_the_reason(
    page, office, reviewers, sign_in
):
    decide(sign_in(reviewers[0]), page, "return", "请补联系电话")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    browser = sign_in(office)
    for address in ("/admin/", edit):
        text = browser.get(address).text
        assert "请补联系电话" in text
        assert edit in text
    assert reverse("cms_review", args=[page.pk]) in browser.get(edit).text
    assert "请补联系电话" not in sign_in(person_with(Role.SCHOOL_UNION)).get("/admin/").text
    submit_for_review(page, actor=office)
    assert "请补联系电话" not in sign_in(office).get("/admin/").text


def test_the_office_finds_its_messages_from_the_cms(page, office, reviewers, sign_in):
    decide(sign_in(reviewers[0]), page, "return", "请补联系电话")
    desk = sign_in(office).get("/admin/").text
    assert "1 条未读消息" in desk
    assert reverse("workspace:inbox") in desk


def test_the_office_takes_down_from_the_public_page(office, sign_in, client):
    page = published(draft_notice(office))
    ways = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("cms_take_down", args=[page.pk]),
    ]
    assert all(way in sign_in(office).get(page.url).text for way in ways)
    for reader in (sign_in(person_with(Role.FIRST_REVIEW)), sign_in(UserFactory()), client):
        assert not any(way in reader.get(page.url).text for way in ways)
    assert "撤下" not in sign_in(office).get("/notices/").text
