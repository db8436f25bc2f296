"""The office's screens speak Chinese: each is opened, and no English word may stand on it."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Workflow

from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.models import NoticeIndexPage, PolicyIndexPage
from portal.cms.moderation.doors import return_page, submit_for_review
from tests.factories.pages import draft_notice, published, stage_of
from tests.portal.cms.chinese.english import english_left, english_on
from tests.portal.cms.test_media import photo

pytestmark = pytest.mark.once


@pytest.fixture
def screens(office, reviewers):
    """The addresses that the office opens, with something on each."""
    picture = store_picture(check_picture(photo()), title="合影", actor=office)
    document = store_document(
        SimpleUploadedFile("方案.pdf", b"%PDF-1.4"),
        title="方案",
        actor=office,
    )
    live = published(draft_notice(office, "公开的"))
    live.title = "改过的"
    changed = live.save_revision(user=office)
    waiting = draft_notice(office, "待审的")
    submit_for_review(waiting, actor=office)
    returned = draft_notice(office, "退回的")
    submit_for_review(returned, actor=office)
    return_page(stage_of(returned), actor=reviewers[0], reason="请改")
    index, policies = NoticeIndexPage.objects.get(), PolicyIndexPage.objects.get()
    pages, bulk = "wagtailadmin_pages", "wagtail_bulk_action"
    return {
        "home": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[index.pk]),
        "explorer_root": reverse("wagtailadmin_explore_root"),
        "search": reverse(f"{pages}:search") + "?q=公开",
        "add_subpage": reverse(f"{pages}:add_subpage", args=[index.get_parent().pk]),
        "create_notice": reverse(f"{pages}:add", args=["cms", "noticepage", index.pk]),
        "create_policy": reverse(f"{pages}:add", args=["cms", "policypage", policies.pk]),
        "edit_live": reverse(f"{pages}:edit", args=[live.pk]),
        "edit_waiting": reverse(f"{pages}:edit", args=[waiting.pk]),
        "edit_returned": reverse(f"{pages}:edit", args=[returned.pk]),
        "history": reverse(f"{pages}:history", args=[live.pk]),
        "workflow_history": reverse(f"{pages}:workflow_history", args=[live.pk]),
        "compare": reverse(f"{pages}:revisions_compare", args=[live.pk, "live", changed.pk]),
        "revert": reverse(f"{pages}:revisions_revert", args=[live.pk, live.live_revision_id]),
        "usage": reverse(f"{pages}:usage", args=[live.pk]),
        "copy": reverse(f"{pages}:copy", args=[live.pk]),
        "move": reverse(f"{pages}:move", args=[waiting.pk]),
        "delete": reverse(f"{pages}:delete", args=[returned.pk]),
        "bulk_delete": reverse(bulk, args=["wagtailcore", "page", "delete"])
        + f"?id={returned.pk}&childOf={index.pk}",
        "bulk_move": reverse(bulk, args=["wagtailcore", "page", "move"])
        + f"?id={returned.pk}&childOf={index.pk}",
        "review": reverse("cms_review", args=[waiting.pk]),
        "review_returned": reverse("cms_review", args=[returned.pk]),
        "take_down": reverse("cms_take_down", args=[live.pk]),
        "policy_from_file": reverse("cms_policy_from_file"),
        "images": reverse("wagtailimages:index"),
        "image_add": reverse("wagtailimages:add"),
        "images_add": reverse("wagtailimages:add_multiple"),
        "image_edit": reverse("wagtailimages:edit", args=[picture.pk]),
        "image_delete": reverse("wagtailimages:delete", args=[picture.pk]),
        "image_usage": reverse("wagtailimages:image_usage", args=[picture.pk]),
        "documents": reverse("wagtaildocs:index"),
        "document_add": reverse("wagtaildocs:add"),
        "documents_add": reverse("wagtaildocs:add_multiple"),
        "document_edit": reverse("wagtaildocs:edit", args=[document.pk]),
        "document_delete": reverse("wagtaildocs:delete", args=[document.pk]),
        "report_locked": reverse("wagtailadmin_reports:locked_pages"),
        "report_workflow": reverse("wagtailadmin_reports:workflow"),
        "report_tasks": reverse("wagtailadmin_reports:workflow_tasks"),
        "report_history": reverse("wagtailadmin_reports:site_history"),
        "report_aging": reverse("wagtailadmin_reports:aging_pages"),
        "report_types": reverse("wagtailadmin_reports:page_types_usage"),
        "settings": reverse("wagtailsettings:edit", args=["cms", "sitesettings"]),
        "account": reverse("wagtailadmin_account"),
        "image_chooser": reverse("wagtailimages_chooser:choose"),
        "document_chooser": reverse("wagtaildocs_chooser:choose"),
        "page_chooser": reverse("wagtailadmin_choose_page"),
    }


def test_no_english_word_stands_on_a_screen_of_the_office(screens, office, sign_in):
    assert english_left(sign_in(office), screens) == {}


def test_no_english_word_stands_on_a_screen_of_the_administrators(db, admin, sign_in):
    group, workflow = Group.objects.first(), Workflow.objects.get()
    screens = {
        "users": reverse("wagtailusers_users:index"),
        "user_add": reverse("wagtailusers_users:add"),
        "user_edit": reverse("wagtailusers_users:edit", args=[admin.pk]),
        "groups": reverse("wagtailusers_groups:index"),
        "group_add": reverse("wagtailusers_groups:add"),
        "group_edit": reverse("wagtailusers_groups:edit", args=[group.pk]),
        "workflows": reverse("wagtailadmin_workflows:index"),
        "workflow_edit": reverse("wagtailadmin_workflows:edit", args=[workflow.pk]),
        "workflow_add": reverse("wagtailadmin_workflows:add"),
        "tasks": reverse("wagtailadmin_workflows:task_index"),
        "sites": reverse("wagtailsites:index"),
        "site_add": reverse("wagtailsites:add"),
        "collections": reverse("wagtailadmin_collections:index"),
        "collection_add": reverse("wagtailadmin_collections:add"),
        "redirects": reverse("wagtailredirects:index"),
        "redirect_add": reverse("wagtailredirects:add"),
        "form_definitions": reverse("wagtailsnippets_forms_app_formdefinition:list"),
        "form_definition_add": reverse("wagtailsnippets_forms_app_formdefinition:add"),
    }
    assert english_left(sign_in(admin), screens) == {}


def test_the_scripts_of_the_cms_speak_chinese(office, sign_in):
    text = sign_in(office).get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert "\\u7f51\\u7edc\\u51fa\\u9519" in text or "网络出错" in text


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_no_english_word_stands_on_a_reviewers_dashboard(reviewers, sign_in, stage):
    assert english_on(sign_in(reviewers[stage]).get("/admin/").content.decode()) == []
