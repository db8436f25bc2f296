"""The headless API: the published words of brand pages, the same for everybody, in few queries."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import BrandPage
from brands.writing import editing
from brands.writing.content import PageContent
from portal.cms.headless.previewing import token_for
from portal.cms.models import PolicyIndexPage, PolicyPage
from tests.browsing import read
from tests.factories.forms import Cast, YearFactory
from tests.factories.projects import (
    activity_of,
    picture_of,
    project_in,
    public_page,
    quick_call,
    written_page,
)

pytestmark = pytest.mark.django_db
BRANDS = "/api/v2/pages/?type=brands.BrandPage&fields=*"


@pytest.fixture(scope="module")
def published(made_once):
    def make():
        project = project_in()
        activity = activity_of(project, name="示例开班")
        shown = picture_of(project, activity=activity)
        return public_page(project, activities=[activity.pk], gallery=[shown.picture_id]).pk

    return made_once(make)


@pytest.fixture
def brand(db, published):
    return BrandPage.objects.get(pk=published)


def items(client, address=BRANDS):
    return client.get(address).json()["items"]


def test_a_brand_is_told_with_its_activities_and_pictures(client, brand):
    [item] = items(client)

    assert item["project_no"] == brand.project.project_no
    assert item["category"] == {"code": "culture", "name": "校园文化类"}
    assert item["leader"] == "示例甲"
    assert [told["name"] for told in item["activities"]] == ["示例开班"]
    assert item["pictures"][0]["thumbnail"]["width"] > 0
    assert client.get(item["cover"]["thumbnail"]["url"]).getvalue().startswith(b"\xff\xd8")


def test_one_page_says_what_the_list_says(client, brand):
    detail = client.get(f"/api/v2/pages/{brand.pk}/").json()

    assert detail["story"] == items(client)[0]["story"]


def test_contacts_of_people_are_nowhere(client, brand):
    told = json.dumps(items(client), ensure_ascii=False)

    assert "13800000000" not in told
    assert "example.com" not in told


def test_drafts_are_not_there_for_anybody(client):
    project = project_in()
    page = written_page(project, slogan="还没有公开的口号")
    client.force_login(Cast(project.unit).officer)

    assert page.pk not in [item["id"] for item in items(client)]
    assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 404
    shown = client.get("/api/v2/images/").json()["items"]
    assert page.get_latest_revision_as_object().cover_id not in [item["id"] for item in shown]


def test_a_public_page_does_not_name_a_draft_it_refers_to(client, db):
    index = PolicyIndexPage.objects.get()
    draft = index.add_child(instance=PolicyPage(title="示例草稿", live=False))
    old = index.add_child(instance=PolicyPage(title="示例旧办法", replaced_by=draft))
    address = f"/api/v2/pages/{old.pk}/"
    assert client.get(address).json()["replaced_by"] is None

    draft.live = True
    draft.save()

    assert client.get(address).json()["replaced_by"]["id"] == draft.pk


def test_a_later_draft_of_a_public_page_stays_inside(client, brand):
    editing.save_page(
        brand,
        actor=Cast(brand.project.unit).officer,
        content=PageContent(slogan="还没有公开的口号"),
        based_on=brand.latest_revision_id,
    )

    assert items(client)[0]["slogan"] == brand.slogan


def test_brands_are_filtered(client, brand):
    public_page(
        project_in(
            call=quick_call(programme_year=YearFactory(year=2020)),
            answers={"category": "lead", "title": "示例书香"},
        )
    )

    filtered = {
        "year=2020": 1,
        "category=culture": 1,
        "category=lead": 1,
        "category=none": 0,
        "award=示例奖": 0,
        "search=%E4%B9%A6%E9%A6%99": 1,
        "search=%00%22": 0,
    }

    assert {query: len(items(client, f"{BRANDS}&{query}")) for query in filtered} == filtered


@pytest.mark.parametrize("query", ["year=last", "colour=red", "type=brands.Project", "limit=-1"])
def test_a_wrong_question_is_refused_with_words(client, brand, query):
    response = client.get(f"{BRANDS}&{query}")

    assert response.status_code == 400
    assert response.json()["message"]


def test_only_reading_is_possible(client, brand):
    assert client.post("/api/v2/pages/").status_code == 405
    assert client.delete(f"/api/v2/pages/{brand.pk}/").status_code == 405


def test_an_unchanged_answer_is_not_sent_again(client, brand):
    first = client.get(BRANDS)

    again = client.get(BRANDS, headers={"If-None-Match": first["ETag"]})

    assert "public" in first["Cache-Control"]
    assert again.status_code == 304


def test_signed_in_people_get_the_same_and_shared_caches_keep_it_not(client, brand):
    anonymous = client.get(BRANDS).content
    client.force_login(Cast(brand.project.unit).office)

    response = client.get(BRANDS)

    assert response.content == anonymous
    assert "private" in response["Cache-Control"]


def test_the_number_of_queries_does_not_grow(client, brand):
    items(client)
    with CaptureQueriesContext(connection) as few:
        items(client)
    for _ in range(3):
        project = project_in()
        activity = activity_of(project)
        picture_of(project, activity=activity)
        public_page(project, activities=[activity.pk])
    items(client)

    with CaptureQueriesContext(connection) as many:
        assert len(items(client)) == 4

    assert len(many) == len(few)


def test_the_description_names_what_there_is(client):
    text = client.get("/api/docs/").content.decode()

    assert "/api/v2/pages/" in text
    assert "brands.BrandPage" in text


def test_a_brands_draft_brings_its_own_choice_and_its_pictures(client):
    project = project_in()
    public = public_page(project, activities=[activity_of(project, name="示例旧活动").pk])
    told = activity_of(project, name="示例新活动")
    shown = picture_of(project).picture_id
    draft = written_page(project, cover=shown, gallery=[shown], activities=[told.pk])
    token = token_for(draft.latest_revision, Cast(project.unit).office)

    said = client.get("/api/v2/preview/", {"token": token}).json()

    assert [activity["name"] for activity in said["activities"]] == ["示例新活动"]
    assert said["cover"]["id"] == shown
    addresses = [said["cover"]["large"]["url"], said["pictures"][0]["thumbnail"]["url"]]
    for address in addresses:
        answer = client.get(address)
        read(answer)
        assert answer.status_code == 200
        assert client.get(address.partition("?")[0]).status_code == 404
    public_said = client.get(f"/api/v2/pages/{public.pk}/").json()
    assert [activity["name"] for activity in public_said["activities"]] == ["示例旧活动"]
