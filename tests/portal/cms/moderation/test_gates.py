"""Every door of the CMS by which a page could become public, tried through HTTP by the most powerful people."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.cms.models import NoticeIndexPage, NoticePage
from portal.cms.moderation.doors import approve, submit_for_review
from portal.units.models import Role
from tests.factories.pages import draft_notice, published, stage_of
from tests.factories.units import person_with

PUBLIC = 200


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def editor_data(title="改过的标题", *, opened=None, **more):
    """Return what the editor posts; `opened` is the page it was opened with."""
    return nested_form_data(
        {
            "loaded_revision_id": fresh(opened).latest_revision_id if opened else "",
            "title": title,
            "slug": "",
            "summary": "",
            "issued_on": "",
            "body": streamfield([("text", rich_text("<p>正文</p>"))]),
            "attachments": streamfield([]),
            "go_live_at": "",
            "expire_at": "",
            **more,
        }
    )


def public_status(client, page):
    return client.get(Page.objects.get(pk=page.pk).specific.get_url()).status_code


@pytest.fixture(params=["office", "admin"])
def powerful(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def browser(powerful, sign_in):
    return sign_in(powerful)


@pytest.fixture
def notice(office):
    return draft_notice(office)


def test_publish_in_the_editor_only_saves(browser, client, notice):
    data = editor_data(opened=notice, **{"action-publish": "1"})
    browser.post(reverse("wagtailadmin_pages:edit", args=[notice.pk]), data)
    assert fresh(notice).draft_title == "改过的标题"
    assert public_status(client, notice) == 404


def test_publish_while_creating_only_saves(browser, client, db):
    index = NoticeIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["cms", "noticepage", index.pk])
    browser.post(address, editor_data("新建", **{"action-publish": "1"}))
    page = NoticePage.objects.get(title="新建")
    assert not page.live
    assert page.slug == "xinjian"
    assert public_status(client, page) == 404


def test_the_editor_offers_no_publish_button(browser, notice):
    content = browser.get(reverse("wagtailadmin_pages:edit", args=[notice.pk])).content.decode()
    assert 'name="action-submit"' in content
    assert 'name="action-publish"' not in content


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_bulk_actions_change_nothing_public(browser, client, office, notice, action):
    live = published(draft_notice(office, title="已公开"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = f"?id={notice.pk}&id={live.pk}&childOf={live.get_parent().pk}"
    browser.post(
        address + query,
        {"include_descendants": "on", "chooser": NoticeIndexPage.objects.get().pk},
    )
    assert fresh(live).live
    if NoticePage.objects.filter(pk=notice.pk).exists():
        assert public_status(client, notice) == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("publish", {}),
        ("unpublish", {"recursive": True}),
        ("delete", {}),
        ("create_alias", {"recursive": False}),
        ("copy", {"recursive": False, "keep_live": True}),
        ("move", {}),
    ],
)
def test_the_actions_of_the_admin_api_change_nothing_public(browser, client, office, name, data):
    live = published(draft_notice(office))
    draft = draft_notice(office)
    draft_pk = draft.pk
    if name == "move":
        data = {"destination_page_id": NoticeIndexPage.objects.get().get_parent().pk}
    for page in (live, draft):
        browser.post(
            f"/admin/api/main/pages/{page.pk}/action/{name}/",
            json.dumps(data),
            content_type="application/json",
        )
    assert fresh(live).live
    assert public_status(client, live) == PUBLIC
    assert not NoticePage.objects.filter(pk=draft_pk, live=True).exists()
    assert NoticePage.objects.live().count() == 1


def test_an_approved_page_is_not_unpublished_behind_the_office(browser, office, client):
    live = published(draft_notice(office))
    browser.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk]))
    assert public_status(client, live) == PUBLIC


def test_a_copy_is_a_draft_and_an_alias_is_refused(browser, office):
    live = published(draft_notice(office))
    address = reverse("wagtailadmin_pages:copy", args=[live.pk])
    for extra in ({"publish_copies": "on"}, {"alias": "on"}):
        browser.post(
            address,
            {
                "new_title": "副本",
                "new_slug": "copy-of-it",
                "new_parent_page": NoticeIndexPage.objects.get().pk,
                **extra,
            },
        )
    copies = NoticePage.objects.exclude(pk=live.pk)
    assert not copies.filter(live=True).exists()
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_who_copied_a_page_may_not_review_the_copy(office, reviewers, sign_in):
    copier = person_with(Role.SCHOOL_UNION, Role.FIRST_REVIEW)
    live = published(draft_notice(office))
    sign_in(copier).post(
        reverse("wagtailadmin_pages:copy", args=[live.pk]),
        {
            "new_title": "副本",
            "new_slug": "copy-of-it",
            "new_parent_page": NoticeIndexPage.objects.get().pk,
        },
    )
    copy = NoticePage.objects.get(slug="copy-of-it")
    submit_for_review(copy, actor=office)
    state = stage_of(copy)
    assert state.task.specific.why_not(state, copier)


def test_a_date_in_the_editor_publishes_nothing(browser, client, notice, time_machine):
    time_machine.move_to("2026-03-01 09:00:00+08:00", tick=False)
    data = editor_data(opened=notice, go_live_at="2026-03-02 09:00", **{"action-publish": "1"})
    browser.post(reverse("wagtailadmin_pages:edit", args=[notice.pk]), data)
    assert fresh(notice).approved_schedule is False


def test_a_public_page_does_not_move(browser, office):
    live = published(draft_notice(office))
    home = NoticeIndexPage.objects.get().get_parent()
    browser.post(reverse("wagtailadmin_pages:move_confirm", args=[live.pk, home.pk]))
    assert fresh(live).get_parent().specific == NoticeIndexPage.objects.get()


def test_the_address_of_a_fixed_section_is_locked(browser, db):
    index = NoticeIndexPage.objects.get()
    browser.post(
        reverse("wagtailadmin_pages:edit", args=[index.pk]),
        nested_form_data({"title": "通知公告", "slug": "elsewhere"}),
    )
    latest = NoticeIndexPage.objects.get().get_latest_revision_as_object()
    assert latest.slug == "notices"


def workflow_url(page, action, state, name="workflow_action"):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, action, state.pk])


def test_an_action_of_another_page_does_not_approve_ones_own(office, reviewers, sign_in):
    """The address ties nothing: the person is barred from his own page, and open to the other."""
    writer = person_with(Role.SCHOOL_UNION, Role.FIRST_REVIEW)
    own, other = draft_notice(writer, "自己的"), draft_notice(office, "别人的")
    submit_for_review(own, actor=writer)
    submit_for_review(other, actor=office)
    sign_in(writer).post(workflow_url(other, "approve", stage_of(own)), {"comment": ""})
    assert stage_of(own).task.specific.stage == "first"


def test_a_later_stage_is_not_reached_through_another_page(office, reviewers, sign_in):
    first = person_with(Role.FIRST_REVIEW, Role.SECOND_REVIEW)
    ahead, behind = draft_notice(office, "走在前"), draft_notice(office, "走在后")
    for page in (ahead, behind):
        submit_for_review(page, actor=office)
    approve(stage_of(ahead), actor=first)
    sign_in(first).post(workflow_url(behind, "approve", stage_of(ahead)), {"comment": ""})
    assert stage_of(ahead).task.specific.stage == "second"


@pytest.mark.parametrize("name", ["workflow_action", "collect_workflow_action_data"])
def test_the_action_addresses_are_closed_to_authors_and_superusers(
    office, admin, reviewers, sign_in, name
):
    office.groups.add(*reviewers[0].groups.all())
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    for user in (office, admin):
        sign_in(user).post(workflow_url(page, "approve", stage_of(page), name), {"comment": ""})
    assert stage_of(page).task.specific.stage == "first"


def test_wagtails_own_action_address_serves_a_rightful_reviewer(office, reviewers, sign_in):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    state = stage_of(page)
    sign_in(reviewers[0]).post(workflow_url(page, "approve", state), {"comment": "同意"})
    assert stage_of(page).task.specific.stage == "second"
    sign_in(reviewers[0]).post(workflow_url(page, "approve", state), {"comment": "再点一次"})
    assert stage_of(page).task.specific.stage == "second"


def test_approving_while_editing_approves_nothing(office, reviewers, sign_in):
    """The editor's form saves first; who saved is an author."""
    both = person_with(Role.SCHOOL_UNION, Role.FIRST_REVIEW)
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    browser = sign_in(both)
    browser.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        editor_data(
            "顺手改了",
            opened=page,
            **{
                "action-workflow-action": "true",
                "workflow-action-name": "approve",
                "workflow-action-extra-data": '{"comment": "", "update": false}',
            },
        ),
    )
    state = stage_of(page)
    assert state.task.specific.stage == "first"
    assert state.task.specific.why_not(state, both)
    assert not fresh(page).live


def test_a_reviewer_reads_but_does_not_edit(office, reviewers, sign_in):
    page = draft_notice(office, title="原稿")
    submit_for_review(page, actor=office)
    browser = sign_in(reviewers[0])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert browser.get(edit).status_code == 200
    browser.post(edit, editor_data("改稿", opened=page))
    assert fresh(page).draft_title == "原稿"
    state = stage_of(page)
    preview = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id])
    assert "原稿" in browser.get(preview).content.decode()


def test_saving_in_the_editor_during_review_begins_anew(office, reviewers, sign_in):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    approve(stage_of(page), actor=reviewers[0])
    sign_in(office).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), editor_data(opened=page)
    )
    state = stage_of(page)
    assert state.task.specific.stage == "first"
    assert state.revision.content["title"] == "改过的标题"


def test_resubmitting_in_the_editor_begins_at_the_first_stage(office, reviewers, sign_in):
    page = draft_notice(office)
    submit_for_review(page, actor=office)
    approve(stage_of(page), actor=reviewers[0])
    review = reverse("cms_review", args=[page.pk])
    sign_in(reviewers[1]).post(
        review, {"task_state": stage_of(page).pk, "decision": "return", "comment": "请改"}
    )
    sign_in(office).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        editor_data(opened=page, **{"action-submit": "1"}),
    )
    state = stage_of(page)
    assert state.task.specific.stage == "first"
    assert state.revision_id == fresh(page).latest_revision_id


def test_the_workflow_reports_and_settings_publish_nothing(browser, notice):
    assert browser.get("/admin/reports/workflow/").status_code in (200, 302)
    assert not fresh(notice).live
