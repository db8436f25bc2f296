"""Who comes where: other units' projects do not exist for a person, and what he may not do is refused with words."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from brands.cultivation import recording
from brands.models import Project
from portal.units.models import Role
from tests.factories.forms import Cast
from tests.factories.projects import activity_of, picture_of, project_in, public_page, sent_page
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def established(made_once):
    return made_once(lambda: project_in().pk)


@pytest.fixture
def project(db, established):
    return Project.objects.get(pk=established)


@pytest.fixture
def addresses(project):
    """Every address of a project, with the methods it answers."""
    activity, material = activity_of(project), picture_of(project)
    note = recording.write_guidance(project, actor=Cast(project.unit).office, text="示例意见")
    home = project.my_path
    return {
        home: "get",
        f"{home}activities/add/": "get",
        f"{home}activities/{activity.pk}/": "get",
        f"{home}activities/{activity.pk}/remove/": "get",
        f"{home}activities/{activity.pk}/offer/": "post",
        f"{home}materials/": "get",
        f"{home}materials/{material.pk}/": "get",
        f"{home}materials/{material.pk}/remove/": "get",
        f"{home}guidance/{note.pk}/read/": "post",
        f"{home}summary/": "post",
        f"{home}page/": "get",
        f"{home}page/preview/": "get",
        f"{home}page/send/": "get",
        f"{home}page/take-back/": "post",
    }


def test_another_units_project_is_not_there(client, addresses):
    client.force_login(person_of(UnitFactory()))

    assert {getattr(client, method)(path).status_code for path, method in addresses.items()} == {
        404
    }


def test_strangers_are_asked_to_sign_in(client, addresses):
    answers = [getattr(client, method)(path) for path, method in addresses.items()]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.url.startswith("/accounts/login/") for answer in answers)


def test_the_officer_opens_every_page(client, project, addresses):
    client.force_login(Cast(project.unit).officer)

    assert {
        path: client.get(path).status_code for path, method in addresses.items() if method == "get"
    } == {path: 200 for path, method in addresses.items() if method == "get"}


def test_changes_are_not_made_by_following_a_link(client, project, addresses):
    client.force_login(Cast(project.unit).officer)

    assert {
        client.get(path).status_code for path, method in addresses.items() if method == "post"
    } <= {302, 405}
    assert not project.activities.get().offered
    assert project.guidance_notes.get().read_at is None


def test_the_office_looks_and_records_nothing(client, project, addresses):
    client.force_login(Cast(project.unit).office)

    assert client.get(project.my_path).status_code == 200
    assert client.get(f"{project.my_path}activities/add/").status_code == 403


def test_a_picture_is_the_units_until_a_live_page_shows_it(client, project):
    material = picture_of(project)
    address = material.picture.get_rendition("fill-480x360").url

    assert client.get(address).status_code == 404
    client.force_login(person_of(UnitFactory()))
    assert client.get(address).status_code == 404
    client.force_login(Cast(project.unit).officer)
    assert client.get(address).getvalue()
    client.logout()
    public_page(project, cover=material.picture_id)
    assert client.get(address).getvalue()


@pytest.mark.parametrize("stage", ["sent", "public"])
def test_the_words_beside_a_picture_stay_as_reviewers_read_them(client, project, stage):
    material = picture_of(project, caption="读过的说明")
    make = {"sent": sent_page, "public": public_page}[stage]
    make(project, gallery=[material.picture_id])
    client.force_login(Cast(project.unit).officer)

    answer = client.post(
        f"{project.my_path}materials/{material.pk}/", {"caption": "没有人读过", "consent": "on"}
    )

    material.picture.refresh_from_db()
    assert (answer.status_code, material.picture.caption) == (422, "读过的说明")
    assert "送审" in answer.context["form"].errors["caption"][0]


@pytest.mark.parametrize("role", [Role.EXPERT, Role.FIRST_REVIEW])
def test_the_offices_page_is_the_offices(client, project, role):
    client.force_login(person_with(role))

    assert client.get(project.office_path).status_code in (302, 403, 404)


def test_an_activity_is_recorded_with_its_pictures_in_one_form(client, project, tmp_path):
    content = BytesIO()
    Image.new("RGB", (40, 30)).save(content, "JPEG")
    client.force_login(Cast(project.unit).officer)
    address = f"{project.my_path}activities/add/"
    fields = {"date": "2026-01-02", "name": "", "participants": 12, "consent": "on"}
    files = [
        SimpleUploadedFile("好.jpg", content.getvalue()),
        SimpleUploadedFile("坏.jpg", b"MZ not a picture"),
    ]

    first = client.post(address, {**fields, "pictures": files})

    assert first.status_code == 422
    [(kept, _shot)] = first.context["waiting"]
    client.post(address, {**fields, "name": "示例开班", "uploaded": kept.pk})
    activity = project.activities.get()
    assert activity.participants == 12
    assert [material.pk for material in activity.materials.all()] == [kept.pk]
