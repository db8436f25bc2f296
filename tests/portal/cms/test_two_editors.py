"""Two windows with one page, or one form definition: the second save is told of the first, and what was typed stays."""

import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from forms_app.models import FormDefinition
from portal.units.models import Role
from tests.factories.pages import draft_notice
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db


def opened(browser, address):
    """Return what the editor's form says about what was opened."""
    content = browser.get(address).content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', content)[1]
        for name in ("loaded_revision_id", "loaded_revision_created_at")
    }


def in_editor(words):
    """Return words as they stand in the data that the editor's page hands to its script."""
    return words.encode("unicode_escape").decode().replace("\\", "\\\\")


def notice_data(title, loaded):
    return nested_form_data(
        {
            "title": title,
            "slug": "",
            "summary": "",
            "issued_on": "",
            "body": streamfield([("text", rich_text(f"<p>{title}的正文</p>"))]),
            "attachments": streamfield([]),
            "go_live_at": "",
            "expire_at": "",
            **loaded,
        }
    )


def form_data(definition, name, loaded):
    empty = {stream: streamfield([]) for stream in ("body", "rules", "warnings")}
    return nested_form_data({"name": name, "kind": definition.kind, **empty, **loaded})


def test_the_second_save_of_a_page_is_refused_and_keeps_what_was_typed(office, sign_in):
    page = draft_notice(office)
    colleague = person_with(Role.SCHOOL_UNION, name="示例同事")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first, second = sign_in(colleague), sign_in(office)
    by_first, by_second = opened(first, edit), opened(second, edit)
    first.post(edit, notice_data("同事写的", by_first))

    answer = second.post(edit, notice_data("我写的", by_second))

    page.refresh_from_db()
    assert page.draft_title == "同事写的"
    words = answer.content.decode()
    assert "没有保存：您打开以后，示例同事" in words
    assert in_editor("我写的的正文") in words
    compare = reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[page.pk, by_second["loaded_revision_id"], "latest"],
    )
    assert compare in words
    assert "同事写的" in second.get(compare).content.decode()


def test_after_the_refusal_saving_again_is_a_decision(office, sign_in):
    page = draft_notice(office)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    browser = sign_in(office)
    loaded = opened(browser, edit)
    browser.post(edit, notice_data("第一个窗口", loaded))
    refused = browser.post(edit, notice_data("第二个窗口", loaded)).content.decode()
    assert "您在另一个窗口" in refused

    now_known = re.search(r'name="loaded_revision_id" value="(\d+)"', refused)[1]
    browser.post(edit, notice_data("第二个窗口", {"loaded_revision_id": now_known}))

    page.refresh_from_db()
    assert page.draft_title == "第二个窗口"
    assert page.revisions.filter(content__title="第一个窗口").exists()


def test_sending_a_stale_page_to_review_is_refused_as_well(office, sign_in):
    page = draft_notice(office)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    browser = sign_in(office)
    loaded = opened(browser, edit)
    browser.post(edit, notice_data("第一个窗口", loaded))

    browser.post(edit, {**notice_data("第二个窗口", loaded), "action-submit": "1"})

    page.refresh_from_db()
    assert page.draft_title == "第一个窗口"
    assert page.current_workflow_state is None


def test_a_stale_window_still_shows_its_preview(office, sign_in):
    page = draft_notice(office)
    browser = sign_in(office)
    loaded = opened(browser, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    page.save_revision(user=office)

    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert browser.post(preview, notice_data("我写的", loaded)).json()["is_valid"]


def test_the_second_save_of_a_form_definition_is_refused(office, sign_in):
    definition = FormDefinition.objects.create(name="示例申报表", kind="application")
    definition.save_revision(user=office)
    edit = reverse(definition.snippet_viewset.get_url_name("edit"), args=[definition.pk])
    browser = sign_in(office)
    loaded = opened(browser, edit)
    browser.post(edit, form_data(definition, "第一个窗口的名称", loaded))

    refused = browser.post(edit, form_data(definition, "第二个窗口的名称", loaded)).content.decode()

    assert "没有保存：您在另一个窗口" in refused
    assert "第二个窗口的名称" in refused
    assert (
        FormDefinition.objects.get(pk=definition.pk).latest_revision.content["name"]
        == "第一个窗口的名称"
    )
