"""A front end elsewhere shows a draft to whom the CMS sends there, that one draft, for an hour, and to nobody else."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.headless import previewing
from portal.cms.models import NoticePage
from portal.cms.moderation.doors import submit_for_review
from portal.units.models import Role
from tests.browsing import read
from tests.factories import files
from tests.factories.pages import draft_notice, live_notice, published
from tests.factories.units import UserFactory, person_with

pytestmark = pytest.mark.django_db
API = "/api/v2/preview/"


@pytest.fixture(autouse=True)
def front_end(settings):
    settings.HEADLESS_PREVIEW_URL = "https://news.example.edu.cn/preview"


@pytest.fixture
def page(office):
    return draft_notice(office, "示例未发布")


@pytest.fixture
def token(sign_in, office, page):
    """The token with which the CMS sends the office to the front end."""
    return token_in(sign_in(office).get(reverse("cms_preview", args=[page.pk])))


def token_in(answer):
    address = urlsplit(answer["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}".startswith("https://news.example")
    return parse_qs(address.query)["token"][0]


def test_the_draft_is_said_as_a_page_would_be(client, page, token):
    answer = client.get(API, {"token": token})

    said = answer.json()
    assert (said["id"], said["title"]) == (page.pk, "示例未发布")
    assert said["body"][0]["value"] == "<p>示例正文</p>"
    page = published(page)
    public = client.get(f"/api/v2/pages/{page.pk}/").json()
    assert said.keys() == public.keys()
    assert said["meta"].keys() == public["meta"].keys()


def test_a_document_linked_in_the_text_opens_with_the_token(client, office, page):
    offered = store_document(files.pdf(), title="示例附件", actor=office)
    page.body = [("text", f'<p><a linktype="document" id="{offered.pk}">示例附件</a></p>')]
    page.save_revision(user=office)
    token = previewing.token_for(page.latest_revision, office)
    text = client.get(API, {"token": token}).json()["body"][0]["value"]
    address = text.split('href="')[1].split('"')[0]
    assert client.get(address.split("?")[0]).status_code == 404
    assert read(client.get(address)).startswith(b"%PDF")


def test_nothing_keeps_it(client, settings, token):
    settings.PAGE_CACHE = True
    answer = client.get(API, {"token": token})

    assert {"no-store", "private"} <= set(answer["Cache-Control"].replace(",", "").split())


@pytest.mark.parametrize("asked", [{}, {"token": ""}, {"token": "x"}, {"token": "a:b:c"}])
def test_without_a_token_there_is_nothing(client, page, asked):
    assert client.get(API, asked).status_code == 404


def test_a_token_of_another_kind_opens_nothing(client, office, page):
    other = signing.dumps({"revision": page.latest_revision_id, "user": office.pk}, salt="other")

    assert client.get(API, {"token": other}).status_code == 404


def test_it_holds_for_an_hour(client, token):
    for minutes, status in ((59, 200), (61, 404)):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
            assert client.get(API, {"token": token}).status_code == status


def test_it_shows_the_one_revision(client, office, page, token):
    page.title = "示例改过"
    page.save_revision(user=office)

    assert client.get(API, {"token": token}).json()["title"] == "示例未发布"


def test_it_ends_with_what_its_person_may(client, office, token):
    office.groups.clear()

    assert client.get(API, {"token": token}).status_code == 404


def test_it_ends_with_the_account(client, office, token):
    office.is_active = False
    office.save()

    assert client.get(API, {"token": token}).status_code == 404


def test_reviewers_see_what_is_under_review_and_nothing_else(client, sign_in, office, page):
    reviewer = person_with(Role.FINAL_REVIEW)
    address = reverse("cms_preview", args=[page.pk])
    assert sign_in(reviewer).get(address).status_code == 404

    submit_for_review(page, actor=office)

    token = token_in(sign_in(reviewer).get(address))
    assert client.get(API, {"token": token}).status_code == 200


def test_the_cms_sends_nobody_else_there(client, sign_in, page):
    address = reverse("cms_preview", args=[page.pk])
    assert "/login/?next=" in client.get(address)["Location"]
    assert "/login/?next=" in sign_in(UserFactory()).get(address)["Location"]
    assert sign_in(person_with(Role.AUDITOR)).get(address).status_code == 404


def test_without_a_front_end_it_is_not_offered(settings, sign_in, office, page):
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "在独立前端预览" in sign_in(office).get(editor).content.decode()

    settings.HEADLESS_PREVIEW_URL = ""

    assert "在独立前端预览" not in sign_in(office).get(editor).content.decode()
    assert sign_in(office).get(reverse("cms_preview", args=[page.pk])).status_code == 404


def test_a_file_of_the_draft_comes_with_its_token_another_file_does_not(client, office, page):
    shown, other = (store_document(files.pdf(), title="示例", actor=office) for _one in range(2))
    page.attachments = [("document", shown)]
    revision = page.save_revision(user=office)
    token = previewing.token_for(revision, office)

    def status(file, **asked):
        answer = client.get(file.url, asked)
        read(answer)
        return answer.status_code

    assert status(shown, preview=token) == 200
    assert status(shown) == 404
    assert status(shown, preview="x") == 404
    assert status(other, preview=token) == 404


def test_pictures_and_files_in_the_body_of_a_draft_come_with_their_addresses(client, office, page):
    picture = store_picture(
        check_picture(files.photo()), title="示例", actor=office, caption="示例说明"
    )
    linked, attached = (
        store_document(files.pdf(), title="示例", actor=office) for _one in range(2)
    )
    link = f'<p><a linktype="document" id="{linked.pk}">文件</a></p>'
    page.body = [("picture", {"picture": picture, "caption": ""}), ("text", link)]
    page.attachments = [("document", attached)]
    token = previewing.token_for(page.save_revision(user=office), office)

    said = client.get(API, {"token": token}).json()

    [shown] = said["pictures"]
    assert (shown["id"], shown["caption"]) == (picture.pk, "示例说明")
    assert [file["id"] for file in said["documents"]] == [linked.pk, attached.pk]
    addresses = [shown["thumbnail"]["url"], shown["large"]["url"]]
    for address in [*addresses, *(file["url"] for file in said["documents"])]:
        assert f"preview={token}".replace(":", "%3A") in address
        answer = client.get(address)
        read(answer)
        assert answer.status_code == 200
        assert client.get(address.split("?")[0]).status_code == 404


def test_published_articles_say_where_their_pictures_are(client, office):
    picture = store_picture(check_picture(files.photo()), title="示例", actor=office)
    for number in range(2):
        live_notice(f"示例{number}")
    shown = live_notice("示例")
    shown.body = [("picture", {"picture": picture, "caption": ""})]
    shown.save()

    listed = client.get("/api/v2/pages/", {"type": "cms.NoticePage", "fields": "pictures"}).json()

    told = {item["id"]: item["pictures"] for item in listed["items"]}
    assert [one["id"] for one in told.pop(shown.pk)] == [picture.pk]
    assert list(told.values()) == [[], []]


def test_a_preview_makes_nothing_public(client, page, token):
    client.get(API, {"token": token})

    assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 404
    assert not NoticePage.objects.get(pk=page.pk).live
