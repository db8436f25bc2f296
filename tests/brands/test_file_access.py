"""Who finds which picture and document in the CMS: by address, in lists, by search, in choosers, through the admin API."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from brands.writing import editing
from portal.cms.files.media import check_picture, store_picture, store_text
from portal.cms.models import Document, Picture
from portal.units.models import Role
from tests.factories.forms import Cast
from tests.factories.projects import activity_of, picture_of, project_in, public_page, written_page
from tests.factories.units import UserFactory, person_with

pytestmark = pytest.mark.django_db

JSON = {"headers": {"accept": "application/json"}}
EVERYBODY = {"reviewer", "auditor", "office", "admin"}
# Picture → who finds it in the CMS.
FINDERS = {
    "示例秘密": {"admin"},
    "示例推荐": {"office", "admin"},
    "示例在审": {"reviewer", "office", "admin"},
    "示例公开": EVERYBODY,
    "示例本部": {"office", "admin"},
}
PEOPLE = ("reviewer", "auditor", "office", "admin", "expert", "other", "anonymous")


@pytest.fixture(scope="module")
def files(made_once):
    """Five pictures, each to be found by somebody else; their titles say which."""

    def make():
        public, sent = project_in(), project_in()
        picture_of(public, caption="示例秘密")
        picture_of(public, caption="示例推荐", activity=activity_of(public, offered=True))
        public_page(public, gallery=[picture_of(public, caption="示例公开").picture_id])
        shown = picture_of(sent, caption="示例在审").picture_id
        editing.send_page(written_page(sent, gallery=[shown]), actor=Cast(sent.unit).officer)
        upload = SimpleUploadedFile("own.jpg", jpeg(), "image/jpeg")
        store_picture(check_picture(upload), title="示例本部", actor=Cast(public.unit).office)
        return public.pk

    return made_once(make)


@pytest.fixture
def browser(files):
    def open_for(who):
        client = Client()
        people = {
            "reviewer": lambda: person_with(Role.FIRST_REVIEW),
            "auditor": lambda: person_with(Role.AUDITOR),
            "office": lambda: person_with(Role.SCHOOL_UNION),
            "admin": lambda: UserFactory(is_superuser=True),
            "expert": lambda: person_with(Role.EXPERT),
            "other": UserFactory,
        }
        if who in people:
            client.force_login(people[who]())
        return client

    return open_for


def jpeg():
    content = BytesIO()
    Image.new("RGB", (64, 48), "olive").save(content, "JPEG")
    return content.getvalue()


def opens(client, address):
    response = client.get(address)
    b"".join(response)  # read to its end, a file closes itself
    return response.status_code == 200


def titles(response):
    if response.status_code != 200:
        return set()
    is_json = response["Content-Type"] == "application/json"
    text = str(response.json()) if is_json else response.content.decode()
    return set(re.findall(r"示例(?:秘密|推荐|在审|公开|本部)", text))


def found(who, *, among=None):
    return {title for title, finders in FINDERS.items() if who in finders} & (among or set(FINDERS))


@pytest.mark.parametrize("who", PEOPLE)
def test_the_admin_api_lists_what_one_may_find(browser, who):
    assert titles(browser(who).get("/admin/api/main/images/", **JSON)) == found(who)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_admin_api_answers_for_one_picture_only_who_may_find_it(browser, who):
    client = browser(who)
    answered = {
        title
        for title in FINDERS
        if client.get(f"/admin/api/main/images/{Picture.objects.get(title=title).pk}/").status_code
        == 200
    }

    assert answered == found(who)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    "place",
    ["wagtailimages:index", "wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results"],
)
def test_lists_and_choosers_are_for_editors_and_show_what_is_theirs(browser, who, place):
    shown = titles(browser(who).get(reverse(place)))

    assert shown == (found(who) if who in ("office", "admin") else set())


@pytest.mark.parametrize("word", ["示例", "秘密"])
@pytest.mark.parametrize("place", ["wagtailimages:index", "wagtailimages_chooser:choose_results"])
def test_searching_finds_no_more(browser, place, word):
    response = browser("office").get(reverse(place), {"q": word})

    assert response.status_code == 200
    assert "示例秘密" not in re.sub(r'value="[^"]*"', "", response.content.decode())


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("place", ["wagtailimages:edit", "wagtailimages_chooser:chosen"])
def test_single_screens_of_the_cms(browser, who, place):
    client = browser(who)
    opened = {
        title
        for title in FINDERS
        if client.get(reverse(place, args=[Picture.objects.get(title=title).pk])).status_code == 200
    }

    assert opened == (found(who) if who in ("office", "admin") else set())


@pytest.mark.parametrize("who", PEOPLE)
def test_the_file_itself(browser, who):
    client = browser(who)
    opened = {
        title
        for title in FINDERS
        if opens(client, f"/media/{Picture.objects.get(title=title).file.name}")
    }
    # Whoever may see a unit's projects sees its pictures there; originals are never for the public.
    in_the_portal = {
        "office": {"示例秘密", "示例推荐", "示例在审", "示例公开"},
        "auditor": {"示例秘密", "示例推荐", "示例在审", "示例公开"},
    }.get(who, set())

    assert opened == found(who) | in_the_portal


@pytest.mark.parametrize("who", PEOPLE)
def test_documents_follow_the_same_rule(browser, who):
    client = browser(who)
    upload = SimpleUploadedFile("示例.txt", "内部".encode())
    file = store_text(upload, title="示例内部文件", actor=UserFactory())
    api = client.get("/admin/api/main/documents/", **JSON)
    listed = api.status_code == 200 and "示例内部文件" in str(api.json())

    assert Document.objects.get() == file
    assert listed == (who in ("office", "admin"))
    assert opens(client, file.url) == (who in ("office", "admin"))


def test_what_leaves_the_review_is_no_longer_found(browser, files):
    reviewer = browser("reviewer")
    picture = Picture.objects.get(title="示例在审")
    address = f"/admin/api/main/images/{picture.pk}/"
    assert reviewer.get(address).status_code == 200

    project = picture.materials.get().project
    editing.take_back(project.page, actor=Cast(project.unit).officer)

    assert reviewer.get(address).status_code == 404
