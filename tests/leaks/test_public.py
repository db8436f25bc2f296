"""Whatever the public can reach by following addresses says nothing that was not published."""

from urllib.parse import quote

import pytest
from django.test import Client
from wagtail.models import Page

from portal.cms.models import PolicyIndexPage, PolicyPage
from tests.crawling import answers_to, words_of
from tests.factories.pages import live_notice
from tests.leaks.conftest import STRANGERS
from tests.leaks.world import SECRETS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def crawled(the_world, made_once):
    """What the public finds, followed once for all who look at it: (address, status, words)."""

    def make():
        live_notice("示例通知")
        PolicyIndexPage.objects.get().add_child(instance=PolicyPage(title="示例办法"))
        return list(answers_to(Client()))

    return made_once(make)


def test_the_crawler_reaches_the_public_page(world, crawled):
    reached = [address for address, _status, _words in crawled]

    assert f"/brands/{world.page.slug}/" in reached
    assert any(address.startswith("/media/") for address in reached)
    assert f"/api/v2/pages/{world.page.pk}/" in reached


def test_every_public_address_leads_somewhere(world, crawled):
    reached = {address: status for address, status, _words in crawled}
    del reached["/health/ready"]  # no worker runs beside a test

    assert {page.url for page in Page.objects.live().filter(depth__gt=1)} <= set(reached)
    assert {address: status for address, status in reached.items() if status >= 400} == {}


def test_nothing_unpublished_and_nothing_personal_is_reached(crawled):
    told = {
        address: [secret for secret in SECRETS if secret in words]
        for address, _status, words in crawled
    }

    assert {address: found for address, found in told.items() if found} == {}


@pytest.mark.both
@pytest.mark.parametrize("secret", SECRETS)
def test_no_search_finds_it(client, world, secret):
    assert client.get("/search/", {"q": secret}).context_data["results"] == []
    found = client.get("/api/v2/pages/", {"search": secret}).json()
    assert found["meta"]["total_count"] == 0


def test_drafts_have_no_address(client, world):
    for address in (
        "/notices/",
        f"/notices/{world.notice.slug}/",
        f"/api/v2/pages/{world.notice.pk}/",
        f"/api/v2/pages/?child_of={world.notice.get_parent().pk}",
        f"/api/v2/pages/find/?id={world.notice.pk}",
        f"/api/v2/pages/find/?html_path=/notices/{world.notice.slug}/",
        f"/api/v2/images/{world.office_picture.pk}/",
        f"/api/v2/documents/{world.document.pk}/",
    ):
        assert "未公开" not in words_of(client.get(address)), address


@pytest.mark.both
@pytest.mark.parametrize("field", ["owner", "draft_title", "latest_revision", "project", "form"])
def test_the_api_filters_orders_and_tells_by_declared_fields_only(client, world, field):
    for query in (f"{field}=1", f"order={field}", f"fields={field}", f"{field}__pk=1"):
        kind = "type=brands.BrandPage"
        assert client.get(f"/api/v2/pages/?{kind}&{query}").status_code == 400, query


# Reviewers read what they approve, pictures included.
@pytest.mark.parametrize("stranger", sorted(set(STRANGERS) - {"reviewer"}), indirect=True)
def test_pictures_and_documents_of_drafts_are_not_handed_out(stranger, world):
    for picture in (world.material.picture, world.office_picture):
        shown = [picture.get_rendition(spec) for spec in ("fill-480x360", "max-1600x1200")]
        for file in (picture, *shown):
            assert stranger.get(file.file.url).status_code == 404
    for name in (world.document.filename, quote(world.document.filename), "x"):
        assert stranger.get(f"/documents/{world.document.pk}/{name}").status_code == 404


@pytest.mark.both
@pytest.mark.parametrize(
    "path",
    ["../var/portal.sqlite3", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc/passwd", "/etc/passwd"],
)
def test_media_leads_nowhere_else(client, world, path):
    assert client.get(f"/media/{path}").status_code == 404
