"""Files in an S3-compatible bucket: everything works as it does on a disk, against a real server over HTTP."""

import zipfile
from io import BytesIO

import boto3
import pytest
from django.apps import apps
from django.conf import settings as portal_settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db.models import FileField
from moto.server import ThreadedMotoServer

from brands.cultivation import recording
from forms_app.entries import uploading
from forms_app.models import HalfUpload
from portal.bucket_address import options_of, problems_of
from portal.cms.files.media import check_picture, store_picture
from portal.cms.files.storage import PrivateStorage
from portal.messaging import jobs
from portal.messaging.models import Job
from portal.units.models import Role
from tests.browsing import read
from tests.factories import files
from tests.factories.answers import FILES_SCHEMA
from tests.factories.forms import CallFactory, Cast, draft, entry_in, form_with
from tests.factories.projects import project_in
from tests.factories.units import person_with

MB = 1024 * 1024


@pytest.fixture(scope="module")
def server():
    """An S3 server with a bucket called portal; its address and a client of it."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="portal")
    yield f"s3://key:se%2Fcret@{host}:{port}", client
    client.close()
    running.stop()


def use(settings, monkeypatch, address):
    """Have the settings that an address gives, also in the fields that chose their storage when they were loaded."""
    settings.STORAGE_URL = address
    options = options_of(address)
    settings.STORAGES = {
        **portal_settings.STORAGES,
        "default": {
            "BACKEND": "portal.cms.files.buckets.MediaBucket",
            "OPTIONS": {**options, "location": "media"},
        },
        "private": {
            "BACKEND": "portal.cms.files.buckets.PrivateBucket",
            "OPTIONS": {**options, "location": "private"},
        },
    }
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField) and isinstance(field.storage, PrivateStorage):
                monkeypatch.setattr(field, "storage", storages["private"])


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """The portal with its files in the bucket; gives the names in it, as a function."""
    address, client = server
    use(settings, monkeypatch, f"{address}/portal?secure=0")

    def names():
        found = client.list_objects_v2(Bucket="portal").get("Contents", [])
        return {one["Key"] for one in found}

    yield names
    for name in names():
        client.delete_object(Bucket="portal", Key=name)


@pytest.fixture
def asked(monkeypatch):
    """The ranges that are fetched from the bucket from now on."""
    ranges = []
    events = storages["private"].connection.meta.client.meta.events

    def note(params, **more):
        ranges.append(params["Range"])

    events.register("provide-client-params.s3.GetObject", note)
    yield ranges
    events.unregister("provide-client-params.s3.GetObject", note)


@pytest.mark.django_db
def test_a_picture_is_handed_out_by_the_portal_and_has_no_address_in_the_bucket(bucket, client):
    office = person_with(Role.SCHOOL_UNION)
    picture = store_picture(check_picture(files.photo("合影.jpg")), title="合影", actor=office)
    rendition = picture.get_rendition("width-40")
    stranger = client.get(rendition.url).status_code
    client.force_login(office)
    answer = client.get(rendition.url)

    assert rendition.url.startswith("/media/images/")
    assert stranger == 404
    assert read(answer).startswith(b"\xff\xd8")
    assert {f"media/{picture.file.name}", f"media/{rendition.file.name}"} == bucket()
    assert picture.filename == "HeYing.jpg"


def test_two_files_that_come_under_one_name_are_both_kept(bucket):
    first, second = (default_storage.save("documents/a.txt", ContentFile(b)) for b in (b"1", b"2"))

    assert first != second
    assert [default_storage.open(name).read() for name in (first, second)] == [b"1", b"2"]


@pytest.mark.django_db
def test_a_film_is_handed_out_in_the_parts_that_a_player_asks_for(bucket, client):
    project = project_in()
    officer = Cast(project.unit).officer
    film = recording.keep_video(project, files.film(), actor=officer, title="示例短片").video
    with film.file.open("rb") as stored:
        whole = stored.read()
    client.force_login(officer)
    answer = client.get(film.url, headers={"Range": "bytes=5-9"})

    assert answer.status_code == 206
    assert read(answer) == whole[5:10]
    assert read(client.get(film.url)) == whole


def test_a_large_file_is_read_from_where_it_is_asked_for(bucket, asked):
    content = bytes(range(256)) * (3 * MB // 256)
    storages["private"].save("large", ContentFile(content))
    with storages["private"].open("large") as stored:
        stored.seek(-10, 2)
        assert stored.read() == content[-10:]
        assert stored.size == len(content)
        stored.seek(0)
        assert b"".join(stored.chunks()) == content

    last, *blocks = asked
    assert last == f"bytes={3 * MB - 10}-{3 * MB - 1}"
    assert blocks == [f"bytes={n * MB}-{(n + 1) * MB - 1}" for n in range(3)]


def test_a_file_can_be_closed_and_opened_again(bucket):
    storages["private"].save("again", ContentFile(b"words"))
    stored = storages["private"].open("again")
    stored.close()

    with stored.open() as once_more:
        assert once_more.read() == b"words"


def test_a_file_that_is_not_there_is_told_as_on_a_disk(bucket):
    with pytest.raises(FileNotFoundError):
        storages["private"].open("nothing")


def test_a_private_file_has_no_address(bucket):
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url("entries/1/a.pdf")


@pytest.mark.django_db
def test_a_file_in_pieces_is_put_together_and_leaves_no_piece(bucket):
    entry = draft(call=CallFactory(form=form_with(FILES_SCHEMA)), answers={"title": None})
    officer, upload = Cast(entry.unit).officer, files.pdf(size=3 * MB // 2)
    content = upload.read()
    half = uploading.begin(
        entry,
        field_key="plan_file",
        name=upload.name,
        size=len(content),
        stamp="1",
        actor=officer,
    )
    while half.received < half.size:
        at = half.received
        half = uploading.take(half, at=at, piece=content[at : at + MB], actor=officer)
    pieces = bucket()
    kept = uploading.finish(HalfUpload.objects.get(), actor=officer)

    assert pieces == {f"private/pieces/{half.token}/{number}" for number in range(2)}
    assert bucket() == {f"private/{kept.file.name}"}
    assert kept.file.open().read() == content


@pytest.mark.django_db
def test_a_pack_made_in_the_background_is_kept_and_cleared(bucket):
    entry, office = entry_in("submitted"), person_with(Role.SCHOOL_UNION)
    params = {"entries": [entry.pk], "left_out": 0, "name": "全部.zip"}
    job = jobs.ask("entries_zip", actor=office, title="全部", params=params, back="/")
    jobs.sweep()
    job.refresh_from_db()
    with job.file.open() as pack:
        names = zipfile.ZipFile(BytesIO(pack.read())).namelist()
    Job.objects.update(kept_until="2020-01-01T00:00Z")
    jobs.clear()

    assert any(name.endswith(".docx") for name in names)
    assert not any(name.startswith("private/jobs/") for name in bucket())


@pytest.mark.django_db
def test_health_and_the_check_tell_a_bucket_that_is_away(
    server, bucket, settings, monkeypatch, client
):
    well = client.get("/health/ready").json()["checks"]["storage"]
    quiet = [
        problem
        for problem in run_checks(include_deployment_checks=True)
        if "STORAGE" in problem.msg
    ]
    use(settings, monkeypatch, f"{server[0]}/another?secure=0")
    told = [problem.msg for problem in run_checks(include_deployment_checks=True)]

    assert (well, quiet) == ("ok", [])
    assert client.get("/health/ready").json()["checks"]["storage"] == "failed"
    assert any(words.startswith("The bucket of STORAGE_URL") for words in told)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://key:s3cr3t@host/bucket", "begin with s3://"),
        ("s3://host/bucket", "no key and secret"),
        ("s3://key@host/bucket", "no key and secret"),
        ("s3://key:s3cr3t@/bucket", "no host"),
        ("s3://key:s3cr3t@host:port/bucket", "percent form"),
        ("s3://key:sec/ret@host/bucket", "percent form"),
        ("s3://key:s3cr3t@host", "one bucket"),
        ("s3://key:s3cr3t@host/bucket/folder", "one bucket"),
        ("s3://key:s3cr3t@host/bucket?regoin=a", "regoin"),
        ("s3://key:s3cr3t@host/bucket?secure=yes", "secure=1"),
        ("s3://key:s3cr3t@host/bucket?style=host", "style=path"),
    ],
)
def test_a_wrong_address_is_told_and_keeps_nothing(settings, monkeypatch, address, said):
    use(settings, monkeypatch, address)
    problems = [problem.msg for problem in run_checks() if problem.id == "cms.E001"]

    assert any(said in words for words in problems)
    assert "s3cr3t" not in " ".join(problems)
    with pytest.raises(ImproperlyConfigured):
        storages["private"].save("a", ContentFile(b"a"))


def test_an_address_says_all_that_a_bucket_needs():
    address = (
        "s3://key:se%2Fcr%40et@oss.example.edu.cn:9000/portal?region=cn-hangzhou&style=virtual"
    )

    assert problems_of(address) == []
    assert options_of(address) == {
        "access_key": "key",
        "secret_key": "se/cr@et",
        "endpoint_url": "https://oss.example.edu.cn:9000",
        "bucket_name": "portal",
        "region_name": "cn-hangzhou",
        "addressing_style": "virtual",
    }
