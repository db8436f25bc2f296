"""The CMS's editor over a session that ran out: what was typed comes back to its writer, unsaved."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.units.models import Role
from tests.factories.pages import draft_notice
from tests.factories.units import person_with

pytestmark = pytest.mark.django_db
HERE = {"HTTP_REFERER": "http://testserver/"}


@pytest.fixture
def office():
    return person_with(Role.SCHOOL_UNION, name="示例编辑")


@pytest.fixture
def page(office):
    return draft_notice(office, "存着的标题")


def typed(browser, page):
    """Return the editor's form as somebody has changed it."""
    content = browser.get(edit_of(page)).content.decode()
    hidden = {
        name: re.search(rf'name="{name}" value="([^"]*)"', content)[1]
        for name in ("whose", "loaded_revision_id", "loaded_revision_created_at")
    }
    return nested_form_data(
        {
            "title": "过期前写的标题",
            "slug": "",
            "summary": "",
            "issued_on": "",
            "body": streamfield([("text", rich_text("<p>第一行\n“引号”</p>"))]),
            "attachments": streamfield([]),
            "go_live_at": "",
            "expire_at": "",
            "action-submit": "1",
            **hidden,
        }
    )


def in_editor(words):
    """Return words as they stand in the data that the editor's page hands to its script."""
    return words.encode("unicode_escape").decode().replace("\\", "\\\\")


def edit_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def signed_in(person, browser=None):
    browser = browser or Client()
    browser.force_login(person)
    return browser


def posted_without_session(page, office):
    """Return the address that signing in leads back to."""
    browser = signed_in(office)
    data = typed(browser, page)
    answer = Client().post(edit_of(page), data, **HERE)
    assert urlsplit(answer["Location"]).path == settings.LOGIN_URL
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def fields_in(content):
    """Return the hidden inputs of the page that brings something back."""
    form = re.search(r'<form method="post" action="/admin/pages.*?</form>', content, re.S)[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    entities = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&"))
    clean = {}
    for name, value in pairs:
        for entity, sign in entities:
            value = value.replace(entity, sign)
        clean[name] = value
    return clean


def test_what_was_typed_comes_back_unsaved(page, office):
    back = posted_without_session(page, office)
    browser = signed_in(office)
    offered = browser.get(back).content.decode()
    assert "过期前写的标题" in offered

    returned = browser.post(edit_of(page), fields_in(offered)).content.decode()

    assert "登录以前写的内容已经放回下面，还没有保存" in returned
    assert 'value="过期前写的标题"' in returned
    assert in_editor("第一行") in returned
    page.refresh_from_db()
    assert page.draft_title == "存着的标题"
    assert page.current_workflow_state is None


def test_what_comes_back_is_compared_with_what_was_saved_meanwhile(page, office):
    back = posted_without_session(page, office)
    page.save_revision(user=person_with(Role.SCHOOL_UNION, name="示例同事"))
    browser = signed_in(office)

    returned = browser.post(edit_of(page), fields_in(browser.get(back).content.decode()))

    assert "示例同事" in returned.content.decode()


def test_nobody_else_is_shown_it(page, office):
    back = posted_without_session(page, office)
    someone = signed_in(person_with(Role.SCHOOL_UNION))

    assert "过期前写的标题" not in someone.get(back).content.decode()


def test_another_site_fills_in_nothing(page, office):
    data = typed(signed_in(office), page)

    answer = Client().post(edit_of(page), data, HTTP_REFERER="http://elsewhere.example/")

    assert "kept" not in answer["Location"]


def test_signing_in_in_another_window_brings_it_back_too(page, office):
    browser = Client(enforce_csrf_checks=True)
    signed_in(office, browser)
    data = typed(browser, page)
    signed_in(office, browser)

    refused = browser.post(edit_of(page), data, **HERE)

    assert refused.status_code == 403
    back = re.search(r'href="(/admin/pages/[^"]+kept=[^"]+)"', refused.content.decode())[1]
    assert "过期前写的标题" in browser.get(back).content.decode()
