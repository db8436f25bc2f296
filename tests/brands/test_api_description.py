"""The description of the API says what the API says, key by key, of every kind of page."""

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from brands.models import BrandPage, BrandPagePress
from portal.cms.files.media import store_document
from portal.cms.models import PolicyIndexPage, PolicyPage
from tests.factories.files import pdf
from tests.factories.forms import CallFactory
from tests.factories.pages import live_notice
from tests.factories.projects import activity_of, picture_of, project_in, public_page
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def description(client):
    return client.get("/api/docs/openapi.json").json()


def check(description, name, answer):
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer)] == []


def everything():
    """Make one public page of every kind, with what it can hold."""
    offered = store_document(pdf(), title="示例附件", actor=UserFactory())
    live_notice("示例通知", issued_on=date(2024, 3, 20), attachments=[("document", offered)])
    new = PolicyPage(title="示例办法", doc_number="示例〔2024〕2号", written_on=date(2024, 3, 20))
    index = PolicyIndexPage.objects.get()
    index.add_child(instance=new)
    index.add_child(instance=PolicyPage(title="示例旧办法", replaced_by=new))
    CallFactory()
    project = project_in()
    told = activity_of(project)
    shown = picture_of(project, activity=told)
    page = public_page(project, activities=[told.pk], gallery=[shown.picture_id])
    BrandPagePress.objects.create(
        page=page, title="示例报道", media="示例报", url="https://example.com/"
    )


def test_every_page_is_as_described_with_every_key(client, description):
    everything()
    for kind in description["components"]["schemas"]["Page"]["anyOf"]:
        name = kind["$ref"].rsplit("/", 1)[1]
        keys = set(description["components"]["schemas"][name]["properties"])
        app = {"CallPage": "forms_app", "CallIndexPage": "forms_app"}.get(
            name, "brands" if name.startswith("Brand") else "cms"
        )
        listed = client.get(f"/api/v2/pages/?type={app}.{name}&fields=*").json()
        assert listed["items"], name
        for item in listed["items"]:
            one = client.get(f"/api/v2/pages/{item['id']}/").json()
            for said in (item, one):
                check(description, name, said)
                assert set(said) == keys, name


def test_every_answer_is_as_described(client, description):
    everything()
    for path, methods in description["paths"].items():
        content = methods["get"]["responses"]["200"]["content"]["application/json"]
        name = path.split("/")[1]
        asked = [f"/api/v2/{name}/?limit=20{query}" for query in ("", "&fields=*", "&fields=title")]
        items = client.get(asked[0]).json()["items"]
        assert items, name
        if "{" in path:
            asked = [f"/api/v2/{name}/{item['id']}/" for item in items]
        for address in asked:
            answer = client.get(address).json()
            schema = {**content["schema"], "components": description["components"]}
            wrong = [error.message for error in Draft202012Validator(schema).iter_errors(answer)]
            assert wrong == [], address


def test_every_parameter_is_as_described(client, description):
    for path, methods in description["paths"].items():
        if "{" in path:
            continue
        for parameter in methods["get"]["parameters"]:
            query = {parameter["name"]: {"type": "brands.BrandPage"}.get(parameter["name"], "1")}
            if parameter["name"] in {"award", "category", "unit", "year"}:
                query["type"] = "brands.BrandPage"
            if parameter["name"] == "kind":
                query["type"] = "forms_app.CallPage"
            answer = client.get(f"/api/v2{path}", query)
            refused = answer.json().get("message", "")
            assert "unrecognised" not in refused, (path, query, refused)


def test_the_description_is_openapi_and_readable(client, description):
    assert description["openapi"] == "3.1.0"
    assert set(description["paths"]) >= {"/pages/", "/pages/{id}/", "/images/", "/documents/"}
    page = client.get("/api/docs/").content.decode()
    for key in BrandPage.api_fields:
        assert f"<dt>{key.name}</dt>" in page


def test_other_sites_read_only_where_it_is_said(client, settings):
    asked = {"Origin": "https://news.example.edu.cn"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/v2/pages/", headers=asked)
    settings.API_ALLOWED_ORIGINS = ["https://news.example.edu.cn"]
    answer = client.get("/api/v2/pages/", headers=asked)
    assert answer["Access-Control-Allow-Origin"] == asked["Origin"]
    assert "Origin" in answer["Vary"]
    first = client.options(
        "/api/v2/pages/", headers={**asked, "Access-Control-Request-Method": "GET"}
    )
    assert (first.status_code, first["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    other = client.get("/api/v2/pages/", headers={"Origin": "https://else.example.com"})
    assert "Access-Control-Allow-Origin" not in other
    assert "Access-Control-Allow-Origin" not in client.get("/", headers=asked)


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get("/api/v2/pages/")
    again = client.get("/api/v2/pages/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "no-cache, public"
