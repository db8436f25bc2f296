"""What passes a public brand on: share picture, QR code, media kit; never of a draft, never a picture without consent."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from brands.models import BrandPage, Project
from brands.promotion.drawings import LONG_WIDTH, POSTER, SHARE
from portal.cms.models import Picture
from portal.cms.moderation import doors
from portal.cms.typesetting import CLOSING, OPENING, SANS, face, lines_of
from tests.factories.forms import Cast
from tests.factories.projects import picture_of, project_in, public_page, written_page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def one_brand(made_once):
    def make():
        project = project_in(answers={"title": "示例晨读"})
        shown = [
            picture_of(project, caption=f"示例照片{n}", credit=f"示例摄影{n}").picture_id
            for n in range(2)
        ]
        public_page(project, slogan="一早一页书", gallery=shown)
        return project.pk

    return made_once(make)


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path, monkeypatch):
    from django.core.files.storage import storages

    monkeypatch.setattr(storages["private"], "base_location", str(tmp_path))
    monkeypatch.setattr(storages["private"], "location", str(tmp_path))


@pytest.fixture
def project(db, one_brand):
    return Project.objects.select_related("page", "unit").get(pk=one_brand)


def kit_of(client, project):
    response = client.get(f"{project.page.url}kit.zip")
    assert response.status_code == 200
    return zipfile.ZipFile(BytesIO(response.content))


def pictures_in(kit):
    return sorted(name.rpartition("/")[2] for name in kit.namelist() if "/图片/" in name)


def test_the_share_picture_has_the_size_that_link_cards_take(client, project):
    response = client.get(f"{project.page.url}share.jpg")

    assert Image.open(BytesIO(response.content)).size == SHARE
    assert "no-cache" in response["Cache-Control"]


def test_the_page_names_it_for_link_cards_where_the_page_itself_stands(client, project):
    text = client.get(project.page.url, secure=True).content.decode()

    assert f'rel="canonical" href="{project.page.full_url}"' in text
    assert f'property="og:image" content="{project.page.full_url}share.jpg' in text
    assert 'itemtype="https://schema.org/CreativeWork"' in text


def test_the_qr_code_is_a_drawing(client, project):
    response = client.get(f"{project.page.url}qr.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")


def test_the_kit_holds_poster_long_picture_press_text_and_pictures(client, project):
    kit = kit_of(client, project)
    names = {name.rpartition("/")[2] for name in kit.namelist()}

    assert {"海报.jpg", "长图.jpg", "新闻稿.docx", "图片说明.txt"} <= names
    assert [name[3:] for name in pictures_in(kit)][-2:] == ["示例照片0.jpg", "示例照片1.jpg"]
    [folder] = {name.partition("/")[0] for name in kit.namelist()}
    assert Image.open(BytesIO(kit.read(f"{folder}/海报.jpg"))).size == POSTER
    assert Image.open(BytesIO(kit.read(f"{folder}/长图.jpg"))).width == LONG_WIDTH
    words = "\n".join(
        it.text for it in Document(BytesIO(kit.read(f"{folder}/新闻稿.docx"))).paragraphs
    )
    assert "一早一页书" in words
    assert project.unit.name in words
    assert "13800000000" not in words
    said = kit.read(f"{folder}/图片说明.txt").decode()
    for text in (said, words):
        assert "示例照片0（摄影：示例摄影0）" in text
        assert "请署摄影者姓名" in text
    assert "64×48像素" in said


def test_the_kit_hands_out_pictures_large_enough_to_print(client):
    project = project_in()
    public_page(
        project, gallery=[picture_of(project, caption="示例远景", size=(3000, 2000)).picture_id]
    )
    kit = kit_of(client, project)

    [name] = [name for name in kit.namelist() if "示例远景" in name]

    assert Image.open(BytesIO(kit.read(name))).size == (2400, 1600)


@pytest.mark.parametrize("drawing", ["poster.jpg", "long.jpg"])
def test_poster_and_long_picture_are_opened_from_the_page(client, project, drawing):
    address = f"{project.page.url}{drawing}"

    assert f'href="{address}"' in client.get(project.page.url).content.decode()
    response = client.get(address)
    assert response["Content-Disposition"].startswith("inline")
    assert Image.open(BytesIO(response.content)).format == "JPEG"


def test_the_page_says_on_what_terms_its_pictures_may_be_used(client, project):
    assert "请署摄影者姓名" in client.get(project.page.url).content.decode()


def test_consent_taken_back_takes_the_picture_out_of_the_kit(client, project):
    before = pictures_in(kit_of(client, project))
    Picture.objects.filter(caption="示例照片1").update(portrait_consent=False)

    after = pictures_in(kit_of(client, project))

    assert [name for name in before if "示例照片1" in name]
    assert not [name for name in after if "示例照片1" in name]


def test_it_is_made_once_and_again_after_a_change(client, project):
    first = kit_of(client, project).read
    same = client.get(f"{project.page.url}share.jpg").content
    assert client.get(f"{project.page.url}share.jpg").content == same
    assert first

    project.unit.name = "示例更名工会"
    project.unit.save()

    assert client.get(f"{project.page.url}share.jpg").content != same


@pytest.mark.parametrize("what", ["share.jpg", "poster.jpg", "long.jpg", "qr.svg", "kit.zip"])
def test_a_page_taken_down_takes_all_of_it_along(client, project, what):
    assert client.get(f"{project.page.url}{what}").status_code == 200
    doors.take_down(project.page, actor=Cast(project.unit).office, reason="不再公开")

    assert client.get(f"/brands/{project.page.slug}/{what}").status_code == 404


@pytest.mark.parametrize("what", ["share.jpg", "poster.jpg", "long.jpg", "qr.svg", "kit.zip"])
def test_a_draft_has_none_of_it_even_for_its_unit(client, what):
    project = project_in()
    written_page(project)
    page = BrandPage.objects.get(project=project)
    client.force_login(Cast(project.unit).officer)

    assert client.get(f"/brands/{page.slug}/{what}").status_code == 404


TEXT = "读书会（每周三）在“灯下有书”开始，大家都来；有问有答，很好。ABC 123，完！" * 3


@pytest.mark.parametrize("width", range(120, 420, 23))
def test_lines_begin_and_end_as_chinese_is_set(width):
    lines = lines_of(TEXT, face(SANS, 20), width)

    assert "".join(lines).replace(" ", "") == TEXT.replace(" ", "")
    assert not [line for line in lines if line[0] in CLOSING or line[-1] in OPENING]
    # A closing mark may hang over by its own width.
    assert all(face(SANS, 20).getlength(line) <= width + 20 for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = lines_of(TEXT, face(SANS, 20), 200, 2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
