"""A unit's own films: uploaded, told on the brand page with a poster, handed out in parts, gone with the page."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from brands.blocks import StoryVideoBlock
from brands.cultivation import recording
from brands.models import Material, MaterialKind
from brands.writing.content import Block
from portal.cms.files.media import store_document
from portal.cms.files.uploads import UploadRefused
from portal.cms.models import Document
from portal.cms.moderation.doors import take_down
from portal.lifecycle.door import Refused
from tests.browsing import read
from tests.factories import files
from tests.factories.forms import Cast
from tests.factories.projects import picture_of, project_in, public_page, written_page
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(project):
    """An uploaded film of the project."""
    officer = Cast(project.unit).officer
    return recording.keep_video(project, files.film(), actor=officer, title="示例短片").video


@pytest.fixture
def shown(project, film):
    """The public page of the project, which shows the film with a poster."""
    story = [Block("text", "示例故事"), Block("video", "示例短片", video=film.pk)]
    story[1].picture = picture_of(project).picture_id
    return public_page(project, story=story)


def fetched(client, film, **headers):
    """Return status, headers and bytes of the film as the client gets them."""
    answer = client.get(film.url, headers=headers)
    return answer.status_code, answer.headers, read(answer)


class TestUploading:
    def test_it_joins_the_collection(self, client, project):
        client.force_login(Cast(project.unit).officer)
        address = reverse("brands:materials", args=[project.project_no])
        typed = {"do": "video", "video-video": files.film(), "video-title": "示例短片"}

        refused = client.post(address, typed)
        assert refused.status_code == 422
        assert "都同意公开" in refused.content.decode()
        client.post(address, {**typed, "video-video": files.film(), "video-consent": "on"})

        material = Material.objects.get(kind=MaterialKind.VIDEO)
        assert (material.title, material.video.unit) == ("示例短片", project.unit)
        assert "示例短片" in client.get(address).content.decode()

    def test_the_place_it_was_taken_at_is_gone(self, film):
        with film.file.open("rb") as stored:
            assert b"+30.1800" not in stored.read()

    def test_anything_but_a_film_is_refused(self, project):
        with pytest.raises(UploadRefused):
            recording.keep_video(
                project, files.pdf(), actor=Cast(project.unit).officer, title="示例"
            )

    def test_nobody_else_can_watch_it_yet(self, client, project, film):
        assert fetched(client, film)[0] == 404
        client.force_login(UserFactory())
        assert fetched(client, film)[0] == 404
        client.force_login(Cast(project.unit).chair)
        assert fetched(client, film)[0] == 200


class TestOnThePage:
    def test_the_page_shows_it_with_its_poster_and_fetches_nothing_of_it(self, client, shown, film):
        text = client.get(shown.url).content.decode()

        assert f'<source src="{film.url}" type="video/mp4">' in text
        assert 'preload="none"' in text
        assert 'poster="/media/' in text
        assert "<figcaption>示例短片</figcaption>" in text

    def test_it_goes_with_the_page(self, client, shown, film):
        assert fetched(client, film)[0] == 200

        take_down(shown, actor=Cast(film.unit).office, reason="示例原因")

        assert fetched(client, film)[0] == 404

    def test_the_editor_offers_the_projects_own_films(self, client, project, film):
        written_page(project, story=[Block("text", "示例"), Block("video", "示例短片")])
        client.force_login(Cast(project.unit).officer)

        text = client.get(reverse("brands:edit_page", args=[project.project_no])).content.decode()

        assert f'<option value="{film.pk}">示例短片</option>' in text

    def test_another_projects_film_is_refused(self, film):
        with pytest.raises(Refused, match="不属于这个项目"):
            written_page(project_in(), story=[Block("video", "别人的", video=film.pk)])

    def test_it_stays_while_a_page_shows_it(self, project, film):
        officer = Cast(project.unit).officer
        page = written_page(project, story=[Block("text", "示例"), Block("video", video=film.pk)])
        material = Material.objects.get(video=film)
        with pytest.raises(Refused, match="用在品牌页上"):
            recording.remove_material(material, actor=officer)

        written_page(project, cover=page.get_latest_revision_as_object().cover_id)
        recording.remove_material(Material.objects.get(video=film), actor=officer)

        assert not Document.objects.filter(pk=film.pk).exists()

    def test_the_api_tells_of_it(self, client, shown, film):
        [told] = [
            block["value"]
            for block in client.get(f"/api/v2/pages/{shown.pk}/").json()["story"]
            if block["type"] == "video"
        ]

        assert told["title"] == "示例短片"
        assert told["file"]["url"] == film.url
        assert told["file"]["type"] == "video/mp4"
        assert told["poster"]["large"]["width"] > 0

    def test_the_cms_takes_no_other_document_for_a_film(self, project):
        paper = store_document(files.pdf(), title="示例", actor=Cast(project.unit).office)
        block = StoryVideoBlock()

        with pytest.raises(ValidationError) as wrong:
            block.clean(block.to_python({"title": "示例", "file": paper.pk}))

        assert "file" in wrong.value.block_errors


class TestParts:
    """Players jump about in a film: they ask for a range of its bytes and get that."""

    @pytest.fixture
    def whole(self, client, shown, film):
        status, headers, body = fetched(client, film)
        assert (status, headers["Accept-Ranges"]) == (200, "bytes")
        return body

    def test_a_part_is_what_was_asked_for(self, client, film, whole):
        for asked, first, last in (
            ("bytes=0-9", 0, 9),
            ("bytes=10-", 10, None),
            ("bytes=-5", -5, None),
            ("bytes=3-3", 3, 3),
        ):
            status, headers, body = fetched(client, film, range=asked)

            expected = whole[first:] if last is None else whole[first : last + 1]
            assert (status, body) == (206, expected), asked
            begin = first % len(whole)
            assert headers["Content-Range"] == (
                f"bytes {begin}-{begin + len(expected) - 1}/{len(whole)}"
            )

    def test_no_such_part(self, client, film, whole):
        for asked in ("bytes=999999-", "bytes=9-3", "bytes=-0"):
            status, headers, body = fetched(client, film, range=asked)

            assert (status, body) == (416, b""), asked
            assert headers["Content-Range"] == f"bytes */{len(whole)}"

    def test_what_is_no_single_range_gets_the_whole(self, client, film, whole):
        for asked in ("bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x-y"):
            assert fetched(client, film, range=asked)[::2] == (200, whole), asked

    def test_a_part_of_another_version_is_not_added(self, client, film, whole):
        older = {"range": "bytes=0-9", "if-range": '"another"'}

        assert fetched(client, film, **older)[::2] == (200, whole)
