"""Pictures and documents: public while a live page shows them, and not a moment longer."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from portal.cms.files import access
from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.models import NoticePage, Picture
from portal.cms.moderation.doors import submit_for_review, take_down
from portal.units.models import Role
from tests.factories.pages import draft_notice, published
from tests.factories.units import UserFactory, person_with

GPS = 0x8825


def photo(name="photo.jpg"):
    """A small picture that says where it was taken."""
    picture, out = Image.new("RGB", (60, 40), "teal"), BytesIO()
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (30.0, 18.0, 0.0)}
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def picture(office):
    return store_picture(check_picture(photo()), title="合影", actor=office, consent=True)


@pytest.fixture
def pdf(office):
    upload = SimpleUploadedFile("方案.pdf", b"%PDF-1.4 example", "application/pdf")
    return store_document(upload, title="方案", actor=office)


def showing(office, picture=None, document=None):
    """A public notice that shows the picture and offers the document."""
    page = draft_notice(office)
    body = [("text", "<p>正文</p>")]
    if picture:
        body.append(("picture", {"picture": picture, "caption": ""}))
    page.body = body
    page.attachments = [("document", document)] if document else []
    page.save_revision(user=office)
    return published(NoticePage.objects.get(pk=page.pk))


def fetch(client, file, **headers):
    """Fetch to the end, as a browser does; the file is closed then."""
    answer = client.get(file.url, headers=headers)
    _ = answer.getvalue()
    return answer


def status(client, file, **headers):
    return fetch(client, file, **headers).status_code


def test_a_rendition_is_public_while_a_live_page_shows_it(office, picture, client):
    rendition = picture.get_rendition("width-40")
    assert status(client, rendition) == 404
    page = showing(office, picture)
    answer = fetch(client, rendition)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "no-cache" in answer["Cache-Control"]
    take_down(page, actor=office, reason="撤下")
    assert status(client, rendition, if_none_match=answer["ETag"]) == 404


def test_files_of_a_page_that_only_some_may_read_are_nobody_elses(
    office, picture, pdf, client, sign_in
):
    page = showing(office, picture, pdf)
    rendition = picture.get_rendition("width-40")
    assert (status(client, rendition), status(client, pdf)) == (200, 200)

    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert (status(client, rendition), status(client, pdf)) == (404, 404)
    reader = sign_in(UserFactory())
    assert (status(reader, rendition), status(reader, pdf)) == (200, 200)


def test_files_of_a_collection_with_a_password_are_for_who_knows_it(
    office, picture, pdf, client, sign_in
):
    showing(office, picture, pdf)
    rendition = picture.get_rendition("width-40")
    closed = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="password", password="example"
    )
    for file in (picture, pdf):
        file.collection = closed.add_child(name=file.title)
        file.save()

    assert status(client, rendition) == 404
    assert status(sign_in(office), rendition) == 200
    for kind in ("images", "documents"):
        assert client.get(f"/api/v2/{kind}/").json()["items"] == []
    form = client.get(pdf.url)
    asked = {"password": "example", "return_url": pdf.url}
    client.post(form.context["action_url"], asked)
    assert fetch(client, pdf)["Content-Type"] == "application/pdf"
    assert status(client, rendition) == 200


def test_a_browser_that_has_it_is_told_so(office, picture, client):
    showing(office, picture)
    rendition = picture.get_rendition("width-40")
    etag = fetch(client, rendition)["ETag"]
    assert status(client, rendition, if_none_match=etag) == 304


def test_an_original_is_never_public(office, picture, client, sign_in):
    showing(office, picture)
    assert status(client, picture.file) == 404
    assert status(sign_in(office), picture.file) == 200


def test_a_draft_of_a_live_page_shows_the_public_nothing(office, picture, client, sign_in):
    page = published(draft_notice(office))
    page.body = [("picture", {"picture": picture, "caption": ""})]
    page.save_revision(user=office)
    rendition = picture.get_rendition("width-40")
    assert status(client, rendition) == 404
    assert status(sign_in(UserFactory()), rendition) == 404
    reviewer = sign_in(person_with(Role.FIRST_REVIEW))
    assert status(reviewer, rendition) == 404
    submit_for_review(page, actor=office)
    assert status(reviewer, rendition) == 200


def test_upper_floors_say_who_else_may_read_a_draft(office, picture, sign_in, monkeypatch):
    friend = UserFactory()
    monkeypatch.setattr(access, "_readers", [lambda user, file: user == friend])
    rendition = picture.get_rendition("width-40")
    assert status(sign_in(friend), rendition) == 200
    assert status(sign_in(UserFactory()), rendition) == 404


def test_a_document_is_public_while_a_live_page_offers_it(office, pdf, client, sign_in):
    assert status(client, pdf) == 404
    assert status(sign_in(UserFactory()), pdf) == 404
    assert status(sign_in(office), pdf) == 200
    page = showing(office, document=pdf)
    answer = fetch(client, pdf)
    assert answer.status_code == 200
    assert "no-cache" in answer["Cache-Control"]
    assert client.get(f"/media/{pdf.file.name}").status_code == 404
    take_down(page, actor=office, reason="撤下")
    assert status(client, pdf) == 404


def test_the_api_tells_of_a_document_while_a_live_page_offers_it(office, pdf, client):
    one = f"/api/v2/documents/{pdf.pk}/"

    def listed():
        items = client.get("/api/v2/documents/").json()["items"]
        return [item["title"] for item in items], client.get(one).status_code

    assert listed() == ([], 404)
    page = showing(office, document=pdf)
    assert listed() == (["方案"], 200)
    address = client.get(one).json()["meta"]["download_url"]
    assert client.get(urlsplit(address).path).getvalue() == b"%PDF-1.4 example"

    take_down(page, actor=office, reason="撤下")

    assert listed() == ([], 404)


def test_the_api_finds_public_pictures_and_documents_by_words(office, picture, pdf, client):
    picture.caption = "重阳登高"
    picture.save()
    store_picture(check_picture(photo()), title="登高草稿", actor=office)
    showing(office, picture, pdf)

    def titles(address):
        return [item["title"] for item in client.get(address).json()["items"]]

    assert titles("/api/v2/images/?search=登高") == ["合影"]
    assert titles("/api/v2/images/?search=没有的词") == []
    assert titles("/api/v2/documents/?search=方案&order=title") == ["方案"]
    for words in ('"', " ", "\x00", "文" * 5000):
        assert client.get("/api/v2/images/", {"search": words}).status_code == 200
        assert client.get("/api/v2/documents/", {"search": words}).status_code == 200


def test_the_api_tells_of_no_document_of_a_draft_or_under_review(office, pdf, client):
    page = showing(office)
    page.attachments = [("document", pdf)]
    page.save_revision(user=office)
    assert client.get("/api/v2/documents/").json()["items"] == []

    submit_for_review(page, actor=office)
    assert client.get("/api/v2/documents/").json()["items"] == []


@pytest.mark.parametrize("path", ["nothing.jpg", "../manage.py", "..%2fmanage.py", "images/"])
def test_other_addresses_are_not_found(client, db, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_the_address_only_reads(client, office, picture):
    assert client.post(picture.get_rendition("width-40").url).status_code == 405


def test_location_data_is_gone_from_what_the_cms_takes_in(office, sign_in):
    answer = sign_in(office).post(
        reverse("wagtailimages:add"), {"title": "合影", "file": photo(), "collection": 1}
    )
    assert answer.status_code == 302
    with Picture.objects.get().file.open() as stored:
        assert GPS not in Image.open(stored).getexif()


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("x.jpg", b"MZ program"), "不是"),
        (SimpleUploadedFile("x.jpg", b""), "空"),
        (SimpleUploadedFile("x.exe", b"MZ program"), "不是图片"),
    ],
)
def test_what_is_no_picture_is_refused_beside_the_field(office, sign_in, upload, words):
    answer = sign_in(office).post(
        reverse("wagtailimages:add"), {"title": "合影", "file": upload, "collection": 1}
    )
    assert words in " ".join(answer.context["form"].errors["file"])
    assert not Picture.objects.exists()


def test_a_renamed_program_is_no_document(office, sign_in):
    upload = SimpleUploadedFile("方案.pdf", b"MZ program")
    answer = sign_in(office).post(
        reverse("wagtaildocs:add"), {"title": "方案", "file": upload, "collection": 1}
    )
    assert "其实不是 PDF" in " ".join(answer.context["form"].errors["file"])


def test_a_picture_costs_few_queries(office, picture, client, django_assert_max_num_queries):
    showing(office, picture)
    rendition = picture.get_rendition("width-40")
    with django_assert_max_num_queries(4):
        fetch(client, rendition)


def test_a_deleted_page_takes_its_pictures_with_it(office, picture, client):
    page = showing(office, picture)
    rendition = picture.get_rendition("width-40")
    Page.objects.get(pk=page.pk).delete()
    assert status(client, rendition) == 404


@pytest.mark.parametrize(
    "change", [{"file": photo("other.jpg")}, {"title": "别的"}, {"caption": "别的"}]
)
def test_a_public_picture_is_exchanged_by_a_new_review_only(client, office, picture, change):
    showing(office, picture=picture)
    client.force_login(office)
    form = {"title": "合影", "caption": "", "credit": "", "portrait_consent": "on"}

    answer = client.post(
        reverse("wagtailimages:edit", args=[picture.pk]), {**form, "tags": "", **change}
    )

    [field] = change
    assert "再送审" in answer.context["form"].errors[field][0]
    kept = Picture.objects.get(pk=picture.pk)
    assert (kept.title, kept.caption, kept.file.name) == ("合影", "", picture.file.name)


def test_a_public_document_is_exchanged_by_a_new_review_only(client, office, pdf):
    showing(office, document=pdf)
    client.force_login(office)
    other = SimpleUploadedFile("别的.pdf", b"%PDF-1.4 other", "application/pdf")

    answer = client.post(
        reverse("wagtaildocs:edit", args=[pdf.pk]), {"title": "方案", "tags": "", "file": other}
    )

    assert "再送审" in answer.context["form"].errors["file"][0]
    assert type(pdf).objects.get(pk=pdf.pk).file.name == pdf.file.name


def test_who_is_in_a_public_picture_may_take_consent_back(client, office, picture):
    showing(office, picture=picture)
    client.force_login(office)

    client.post(
        reverse("wagtailimages:edit", args=[picture.pk]),
        {"title": "合影", "caption": "", "credit": "", "tags": ""},
    )

    assert not Picture.objects.get(pk=picture.pk).portrait_consent


@pytest.mark.parametrize("in_use", [True, False])
def test_a_file_is_deleted_only_while_no_page_in_use_shows_it(client, office, picture, in_use):
    if in_use:
        showing(office, picture=picture)
    client.force_login(office)

    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    client.post(f"/admin/bulk/cms/picture/delete/?id={picture.pk}")

    assert Picture.objects.filter(pk=picture.pk).exists() is in_use
