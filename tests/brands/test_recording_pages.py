"""Recording an activity on a phone: one message for one act, and nothing has to be done twice."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from brands.cultivation import recording
from brands.models import Material
from tests.factories.forms import Cast
from tests.factories.projects import activity_of, picture_of, public_page, sent_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in(client, project):
    client.force_login(Cast(project.unit).officer)


def photo(name):
    content = BytesIO()
    Image.new("RGB", (40, 30)).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue())


def bad(name="总结.jpg"):
    return SimpleUploadedFile(name, b"MZ not a picture")


def fields(**typed):
    return {"date": timezone.localdate(), "name": "示例开班", "participants": 12, **typed}


def said(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def test_what_was_kept_and_what_was_not_is_one_message(client, project):
    answer = client.post(
        f"{project.my_path}activities/add/",
        fields(pictures=[photo("好.jpg"), bad()]),
        follow=True,
    )

    [(tag, words)] = said(answer)
    assert tag == "warning"
    for part in ("已记下“示例开班”", "存了 1 张照片", "没有收下：总结.jpg"):
        assert part in words


def test_of_twelve_photos_nine_are_kept_and_the_others_named(client, project):
    answer = client.post(
        f"{project.my_path}activities/add/",
        fields(pictures=[photo(f"{place}.jpg") for place in range(12)]),
        follow=True,
    )

    assert project.activities.get().materials.count() == 9
    assert "9.jpg、10.jpg、11.jpg：一次最多收 9 张" in said(answer)[0][1]


def test_a_photo_that_came_before_the_record_was_right_has_its_last_words(client, project):
    address = f"{project.my_path}activities/add/"
    first = client.post(address, fields(name="错" * 51, pictures=[photo("IMG_2041.jpg")]))
    [(early, _shot)] = first.context["waiting"]

    client.post(address, fields(uploaded=early.pk, consent="on", credit="示例摄"))

    early.refresh_from_db()
    picture = early.picture
    assert (early.title, picture.title, picture.caption) == ("示例开班",) * 3
    assert (picture.credit, picture.portrait_consent) == ("示例摄", True)
    assert picture.taken_on == timezone.localdate()


@pytest.mark.parametrize("page_of", [public_page, sent_page])
def test_a_record_rewords_no_photo_that_a_page_shows(client, project, page_of):
    material = picture_of(project, caption="审过的说明")
    page_of(project, cover=material.picture_id)

    answer = client.post(
        f"{project.my_path}activities/add/",
        fields(uploaded=material.pk, caption="没审过的说明", credit="没审过的人", consent="on"),
    )

    material.refresh_from_db()
    picture = material.picture
    assert answer.status_code == 422
    assert (picture.caption, picture.credit) == ("审过的说明", "")
    assert material.title == "审过的说明"
    assert not project.activities.exists()


def test_a_record_takes_back_no_consent_of_a_public_photo(client, project):
    material = picture_of(project, caption="示例开班")
    public_page(project, cover=material.picture_id)

    answer = client.post(f"{project.my_path}activities/add/", fields(uploaded=material.pk))

    assert answer.status_code == 422
    material.picture.refresh_from_db()
    assert material.picture.portrait_consent


@pytest.mark.parametrize("files", [[], [bad()]])
def test_the_collection_says_at_the_field_that_nothing_was_kept(client, project, files):
    answer = client.post(
        f"{project.my_path}materials/",
        {"do": "pictures", "pictures-pictures": files, "pictures-caption": "一句说明"},
    )

    assert answer.status_code == 422
    assert answer.context["pictures"].errors["pictures"]
    assert answer.context["pictures"]["caption"].value() == "一句说明"
    assert not said(answer)


def test_who_must_sign_in_anew_is_told_before_that_nothing_is_lost(client, project):
    address = f"{project.my_path}activities/add/"
    whose = client.get(address).text.split('name="whose" value="')[1].split('"')[0]
    client.logout()

    asked = client.post(
        address,
        fields(name="会话没了", whose=whose),
        headers={"origin": "http://testserver"},
        follow=True,
    )
    client.force_login(Cast(project.unit).officer)
    back = client.get(asked.context["redirect_field_value"])

    assert "没有丢" in asked.text
    assert "已经替您填回" in back.text
    assert back.context["form"]["name"].value() == "会话没了"


def recorded(project, **picture):
    """Return a record with one picture, and the address where it is changed."""
    activity = activity_of(project)
    material = picture_of(project, activity=activity, **picture)
    return activity, material, f"{project.my_path}activities/{activity.pk}/"


def of_picture(material, **typed):
    """Return what a browser posts for a picture of the record: what it showed, and what stands there now."""
    picture = material.picture
    shown = {"caption": picture.caption, "credit": picture.credit, "consent": "on"}
    at = f"picture-{material.pk}"
    now = {f"{at}-{name}": value for name, value in {**shown, **typed}.items() if value}
    before = {f"initial-{at}-{name}": value for name, value in shown.items()}
    return {**before, "initial-" + at + "-consent": str(picture.portrait_consent), **now}


def test_where_a_record_is_changed_its_photos_are_told_anew_and_removed(client, project):
    activity, material, address = recorded(project)
    other = picture_of(project, activity=activity, caption="拍坏了")

    answer = client.post(
        address,
        fields(
            pictures=[photo("新.jpg")],
            **of_picture(material, caption="改好的说明", credit="示例摄"),
            **of_picture(other, remove="on"),
        ),
    )

    assert answer.status_code == 302
    kept = {one.picture.caption: one.picture.credit for one in activity.materials.all()}
    assert kept == {"改好的说明": "示例摄", "示例开班": ""}
    assert not Material.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    "typed", [{"caption": "没审过的说明"}, {"consent": ""}, {"remove": "on"}], ids=str
)
def test_a_public_photo_stays_as_it_was_reviewed_and_the_record_as_it_was(client, project, typed):
    activity, material, address = recorded(project, caption="审过的说明")
    public_page(project, cover=material.picture_id)

    answer = client.post(address, fields(name="改过的名称", **of_picture(material, **typed)))

    assert answer.status_code == 422
    assert answer.context["held"][0][0].errors
    material.picture.refresh_from_db()
    activity.refresh_from_db()
    assert (material.picture.caption, material.picture.portrait_consent) == ("审过的说明", True)
    assert activity.name == "示例晨练开班"


def test_a_photo_nobody_touched_keeps_what_a_colleague_wrote_meanwhile(client, project):
    _activity, material, address = recorded(project, caption="原来的说明")
    opened = of_picture(material)
    recording.describe_picture(
        material, actor=Cast(project.unit).officer, caption="同事写的", credit="", consent=True
    )

    assert client.post(address, fields(**opened)).status_code == 302

    material.picture.refresh_from_db()
    assert material.picture.caption == "同事写的"


def test_a_photo_that_stays_says_what_it_shows(client, project):
    _activity, material, address = recorded(project)

    answer = client.post(address, fields(**of_picture(material, caption="")))

    assert answer.status_code == 422
    assert answer.text.count(f'href="#id_picture-{material.pk}-caption"') == 1


def test_the_report_a_record_names_is_offered_to_the_page_and_not_put_there(client, project):
    report = "https://news.example.com/1"
    client.post(f"{project.my_path}activities/add/", fields(url=report))

    [kept] = project.materials.filter(kind="press")
    assert (kept.title, kept.url, kept.dated) == ("示例开班", report, timezone.localdate())
    page = client.get(f"{project.my_path}page/")
    assert page.context["press"] == [(kept, False)]


def test_a_report_is_collected_once_and_follows_its_address(client, project):
    recording.keep_link(
        project,
        actor=Cast(project.unit).officer,
        kind="press",
        fields={"title": "校报的报道", "url": "https://news.example.com/1"},
    )
    address = f"{project.my_path}activities/add/"
    client.post(address, fields(url="https://news.example.com/1"))
    client.post(address, fields(name="第二次", url="https://news.example.com/2"))
    second = project.activities.get(name="第二次")

    client.post(
        f"{project.my_path}activities/{second.pk}/",
        fields(name="第二次", url="https://news.example.com/3"),
    )

    kept = project.materials.filter(kind="press").values_list("url", flat=True)
    assert sorted(kept) == ["https://news.example.com/1", "https://news.example.com/3"]
