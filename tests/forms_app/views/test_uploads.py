"""Files in pieces: an upload goes on where it stopped, and what is not taken says why before or after it travelled."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from forms_app import tasks
from forms_app.entries import attaching, uploading
from forms_app.models import Attachment, Entry, HalfUpload
from portal.units.models import Post
from tests.factories import files
from tests.factories.answers import FILES_SCHEMA, default_schema
from tests.factories.forms import CallFactory, Cast, draft, form_with
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db
PIECE = 64 * 1024


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Small pieces, so that small files travel in several."""
    monkeypatch.setattr(uploading, "PIECE", PIECE)


@pytest.fixture
def entry(client):
    entry = draft(call=CallFactory(form=form_with(FILES_SCHEMA)), answers={"title": None})
    client.force_login(Cast(entry.unit).officer)
    return entry


def begin(client, entry, upload, **more):
    data = {"field": "plan_file", "name": upload.name, "size": upload.size, "stamp": "1", **more}
    return client.post(reverse("forms_app:begin_upload", args=[entry.pk]), data)


def send(client, address, content, at):
    return client.post(
        f"{address}?at={at}", content[at : at + PIECE], content_type="application/octet-stream"
    )


def send_all(client, entry, upload, **more):
    """Send a file whole; return the last answer."""
    content = upload.read()
    told = begin(client, entry, upload, **more).json()
    while True:
        answer = send(client, told["address"], content, told.get("received", 0))
        if answer.status_code != 200 or answer.json().get("done"):
            return answer
        told |= answer.json()


def test_an_upload_goes_on_where_it_stopped(client, entry):
    upload = files.pdf("方案.pdf", size=3 * PIECE)
    content = upload.read()
    first = begin(client, entry, upload).json()
    send(client, first["address"], content, 0)

    again = begin(client, entry, upload).json()

    assert again == {"address": first["address"], "received": PIECE, "piece": PIECE}
    last = None
    for at in range(PIECE, len(content), PIECE):
        last = send(client, again["address"], content, at).json()
    assert last["done"]
    assert "方案.pdf" in last["item"]
    [kept] = Attachment.objects.all()
    with kept.file.open() as stored:
        assert stored.read() == content
    assert Entry.objects.get(pk=entry.pk).answers["plan_file"] == [kept.pk]
    assert not HalfUpload.objects.exists()


@pytest.mark.parametrize("at", [0, 2 * PIECE], ids=["once more", "one too far"])
def test_a_piece_that_does_not_fit_is_asked_for_again(client, entry, at):
    upload = files.pdf(size=3 * PIECE)
    content = upload.read()
    address = begin(client, entry, upload).json()["address"]
    send(client, address, content, 0)

    assert send(client, address, content, at).json() == {"received": PIECE}


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (files.pdf(size=50 * 1024 * 1024), "这里最多"),
        (files.upload("空.pdf", b""), "0 字节"),
        (files.upload("程序.exe", b"MZ"), "这里只能上传"),
    ],
    ids=["50 MB", "empty", "program"],
)
def test_what_will_not_be_taken_is_told_before_it_travels(client, entry, upload, reason):
    answer = begin(client, entry, upload)

    assert answer.status_code == 422
    assert reason in answer.json()["message"]
    assert not HalfUpload.objects.exists()


def test_a_program_called_pdf_is_told_when_it_is_whole(client, entry):
    answer = send_all(client, entry, files.exe())

    assert answer.status_code == 422
    assert "内容是程序" in answer.json()["message"]
    assert not Attachment.objects.exists()
    assert not HalfUpload.objects.exists()


@pytest.mark.parametrize(
    ("content", "what"),
    [(files.SVG, "SVG 矢量图"), (b"<!doctype html><script>alert(1)</script>", "网页")],
    ids=["svg", "html"],
)
def test_a_drawing_or_a_page_called_jpg_is_told_at_its_field(client, content, what):
    entry = draft(call=CallFactory(form=form_with(default_schema("summary"))))
    client.force_login(Cast(entry.unit).officer)
    upload = files.upload("合影.jpg", content, "image/jpeg")

    in_pieces = send_all(client, entry, upload, field="photos")
    upload.seek(0)
    with_the_form = client.post(
        reverse("forms_app:edit", args=[entry.pk]), {"f-photos": upload, "save_count": "0"}
    )

    words = f"这个文件其实不是 JPG（内容是{what}）"
    assert words in in_pieces.json()["message"]
    assert with_the_form.status_code == 422
    at_the_field = with_the_form.text.split('id="f-photos-errors"')[1].split("</ul>")[0]
    assert words in at_the_field
    assert not Attachment.objects.exists()


def test_too_many_files_are_told_before_they_travel(client, entry):
    most = attaching.file_options(entry, "plan_file").get("max_files") or 1
    for number in range(most):
        send_all(client, entry, files.pdf(f"{number}.pdf", size=200 + number))

    answer = begin(client, entry, files.pdf("多.pdf"))

    assert answer.status_code == 422
    assert "请先删去" in answer.json()["message"]


def test_a_picture_gets_a_copy_for_screens_and_both_tell_no_place(client):
    large = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(files.GPS_TAG).update(files.HANGZHOU)
    Image.new("RGB", (2400, 1200)).save(large, "JPEG", exif=exif)
    entry = draft(call=CallFactory(form=form_with(default_schema("summary"))))
    client.force_login(Cast(entry.unit).officer)

    send_all(client, entry, files.upload("合影.jpg", large.getvalue()), field="photos")

    [kept] = Attachment.objects.all()
    page = reverse("forms_app:file", args=[kept.pk])
    shown = Image.open(BytesIO(b"".join(client.get(f"{page}?web").streaming_content)))
    original = Image.open(BytesIO(b"".join(client.get(page).streaming_content)))
    assert (shown.size, original.size) == ((1600, 800), (2400, 1200))
    assert not shown.getexif()
    assert not original.getexif()


def test_nobody_goes_on_with_another_person_s_upload(client, entry):
    upload = files.pdf()
    address = begin(client, entry, upload).json()["address"]

    client.force_login(person_of(entry.unit, Post.CHAIR))
    assert send(client, address, upload.read(), 0).status_code == 404
    client.force_login(person_of(UnitFactory()))
    assert begin(client, entry, upload).status_code == 404


def test_uploads_that_nobody_finishes_are_removed(client, entry):
    upload = files.pdf(size=3 * PIECE)
    address = begin(client, entry, upload).json()["address"]
    send(client, address, upload.read(), 0)
    half = HalfUpload.objects.get()
    tasks.clean_up_filling()
    assert HalfUpload.objects.exists()
    HalfUpload.objects.update(heard_at=timezone.now() - timedelta(days=4))

    tasks.clean_up_filling()

    assert not HalfUpload.objects.exists()
    assert not storages["private"].exists(f"pieces/{half.token}/0")
