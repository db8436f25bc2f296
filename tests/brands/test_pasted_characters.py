"""Control characters that come by pasting (PowerPoint's line break is a vertical tab) break nothing, for anybody, ever.

They are left out on the way in. What was kept before still comes out: each test of the way out writes past the forms.
"""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from brands.models import Activity, BrandPage, BrandPageActivity
from brands.writing.content import content_of
from portal.merging import fingerprint
from portal.plain_text import tidy, without_control
from portal.units.models import AuditAction, AuditRecord, Post, Role, User
from tests.factories.projects import activity_of, picture_of, project_in, public_page
from tests.factories.units import UserFactory, person_of, person_with

pytestmark = pytest.mark.django_db

# All but NUL and halves of characters, which no database keeps.
CONTROL = "".join(
    chr(code) for code in (*range(1, 32), 0x7F, 0xFEFF, 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"
)
PASTED = f"晨{CONTROL}练"


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def office(db):
    return client_of(person_with(Role.SCHOOL_UNION))


def texts_of(answer):
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]


@pytest.fixture
def public(db):
    """The project of a page that was published with such characters."""
    project = project_in()
    activity = activity_of(project, name="晨练")
    shown = picture_of(project, caption="晨练")
    page = public_page(project, activities=[activity.pk], gallery=[shown.picture_id])
    texts = {"title": PASTED, "slogan": PASTED, "intro": PASTED, "search_description": PASTED}
    BrandPage.objects.filter(pk=page.pk).update(
        **texts, story=[{"type": "heading", "value": PASTED}, {"type": "text", "value": PASTED}]
    )
    BrandPageActivity.objects.filter(page=page).update(name=PASTED, sentence=PASTED)
    return project


# --- on the way in ---------------------------------------------------------------------------------


def test_a_name_typed_at_sign_in_is_recorded_without_them(client):
    client.post("/accounts/login/", {"login": PASTED, "password": "wrong"})

    assert AuditRecord.objects.get().tried == "晨练"


def test_an_activity_is_recorded_without_them():
    project = project_in("cultivating")
    officer = person_of(project.unit, Post.OFFICER)
    typed = {
        "date": f"{project.programme_year.year}-01-05",
        "name": PASTED,
        "place": PASTED,
        "participants": "12",
        "sentence": f"{PASTED}\n第二行",
    }

    answer = client_of(officer).post(f"{project.my_path}activities/add/", typed)

    assert answer.status_code == 302, answer.text
    activity = project.activities.latest("pk")
    assert (activity.name, activity.place) == ("晨练", "晨练")
    assert activity.sentence.splitlines() == ["晨练", "第二行"]


def test_an_activity_of_a_year_of_one_digit_is_a_slip():
    project = project_in("cultivating")
    officer = person_of(project.unit, Post.OFFICER)
    typed = {"date": "0001-01-05", "name": "晨练", "participants": "12"}

    answer = client_of(officer).post(f"{project.my_path}activities/add/", typed)

    assert answer.status_code == 422
    assert f"活动日期不能早于 {project.programme_year.year - 1} 年" in answer.text


def test_an_address_for_mail_cannot_hold_them():
    person = UserFactory()

    client_of(person).post("/my/profile/", {"phone": "", "email": f'"{CONTROL}"@example.com'})

    person.refresh_from_db()
    assert person.email == without_control(person.email)


def test_a_brand_page_is_written_without_them():
    project = project_in("cultivating")
    officer = person_of(project.unit, Post.OFFICER)
    typed = {
        "do": "save",
        "slogan": PASTED,
        "intro": PASTED,
        "seen": fingerprint(content_of(project.page).answers()),
        "story-TOTAL_FORMS": "1",
        "story-INITIAL_FORMS": "0",
        "story-0-kind": "text",
        "story-0-text": f"{PASTED}\n第二行",
    }

    answer = client_of(officer).post(f"{project.my_path}page/", typed)

    assert answer.status_code == 302, answer.text
    page = BrandPage.objects.get(project=project).get_latest_revision_as_object()
    assert (page.slogan, page.intro) == ("晨练", "晨练")
    assert page.story[0].value.splitlines() == ["晨练", "第二行"]


def test_a_page_of_the_cms_keeps_none_in_its_texts(public):
    page = BrandPage.objects.get(project=public)

    page.full_clean()

    assert (page.title, page.intro) == ("晨练", "晨练")


@pytest.mark.parametrize("character", CONTROL, ids=lambda character: f"{ord(character):x}")
def test_the_rule_leaves_out_each_of_them(character):
    assert without_control(f"a{character}b") == tidy(f"a{character}b") == "ab"


# --- on the way out --------------------------------------------------------------------------------


def test_the_audit_record_is_exported(office):
    AuditRecord.objects.create(action=AuditAction.SIGN_IN, tried=PASTED)

    assert "晨练" in texts_of(office.get("/admin/units/auditrecord/?export=xlsx"))


def test_the_people_are_exported(office):
    person = UserFactory(name="示例")
    User.objects.filter(pk=person.pk).update(name=PASTED, email=f'"{CONTROL}"@example.com')

    assert "晨练" in texts_of(office.get("/admin/units/person/?export=xlsx"))


def test_the_activities_are_exported(office):
    activity = activity_of(project_in("cultivating"))
    Activity.objects.filter(pk=activity.pk).update(name=PASTED, place=PASTED)

    assert "晨练" in texts_of(office.get("/admin/brands/activity/?export=xlsx"))


def test_the_feed_is_sound(client, public):
    feed = ElementTree.fromstring(client.get("/feed/").content)

    titles = [entry.findtext("{*}title") for entry in feed.findall("{*}entry")]
    assert "晨练" in titles


def test_the_kit_is_sound(client, public):
    answer = client.get(f"{BrandPage.objects.get(project=public).url}kit.zip")

    kit = zipfile.ZipFile(BytesIO(answer.content))
    assert without_control("".join(kit.namelist())) == "".join(kit.namelist())
    [press] = [name for name in kit.namelist() if name.endswith(".docx")]
    said = [one.text for one in Document(BytesIO(kit.read(press))).paragraphs]
    assert {"晨练", "——晨练"} <= set(said)


def test_the_calendar_is_sound(client, public):
    text = client.get("/brands/calendar.ics").content.decode()

    assert "SUMMARY:晨练\r\n" in text
    assert without_control(text) == text


@pytest.mark.parametrize(
    "path", ["/", "/brands/", "/search/?q=晨练", "/sitemap.xml", "/brands/calendar/"]
)
def test_the_public_pages_answer(client, public, path):
    assert client.get(path).status_code == 200
    assert client.get(BrandPage.objects.get(project=public).url).status_code == 200
