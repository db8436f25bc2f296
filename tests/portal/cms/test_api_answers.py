"""What a front end elsewhere gets from the API: blocks as they are described, links that lead somewhere, reasons for a no."""

import pytest
from jsonschema import Draft202012Validator

from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.models import HomePage, NoticePage, PolicyIndexPage, PolicyPage
from portal.cms.moderation.doors import take_down
from tests.factories.files import pdf, photo
from tests.factories.forms import YearFactory
from tests.factories.pages import draft_notice, live_notice
from tests.factories.projects import project_in, public_page, quick_call
from tests.factories.units import UserFactory

pytestmark = pytest.mark.django_db


def with_body(page, body):
    page.body = body
    page.save()
    return page


def test_every_kind_of_block_is_as_described(client):
    office = UserFactory()
    shown = store_picture(check_picture(photo()), title="示例图片", actor=office)
    offered = store_document(pdf(), title="示例附件", actor=office)
    table = ("table", {"data": [["项目", "元"], ["示例", "100"]], "cell": []})
    article = [
        ("heading", "示例小标题"),
        ("text", "<p>示例<b>正文</b></p>"),
        ("picture", {"picture": shown, "caption": ""}),
        ("document", offered),
        table,
    ]
    paragraph = {"level": "1", "number": "一、", "lead": "示例段首", "text": ""}
    policy = PolicyPage(title="示例办法", doc_number="示例〔2024〕2号")
    PolicyIndexPage.objects.get().add_child(instance=policy)
    description = client.get("/api/docs/openapi.json").json()
    for page in (
        with_body(live_notice("示例通知"), article),
        with_body(policy, [("paragraph", paragraph), table]),
        with_body(HomePage.objects.get(), [("year_steps", None), ("text", "<p>欢迎</p>")]),
    ):
        answer = client.get(f"/api/v2/pages/{page.pk}/").json()
        schema = description["components"]["schemas"][type(page).__name__]
        whole = {**schema, "components": description["components"]}
        assert [wrong.message for wrong in Draft202012Validator(whole).iter_errors(answer)] == []
        assert [said["type"] for said in answer["body"]] == [
            block.block_type for block in page.body
        ]


def test_people_read_which_blocks_there_are(client):
    page = client.get("/api/docs/").text
    for kind in ("heading", "paragraph", "quote", "video", "open_calls"):
        assert f"<code>{kind}</code>" in page


def test_every_parameter_says_what_it_is(client):
    paths = client.get("/api/docs/openapi.json").json()["paths"]
    told = [it for methods in paths.values() for it in methods["get"]["parameters"]]
    assert all(parameter["description"] for parameter in told)
    schemas = {parameter["name"]: parameter["schema"] for parameter in told}
    assert schemas["limit"]["maximum"] == 20
    assert schemas["year"]["type"] == "integer"


def test_links_in_a_text_lead_somewhere(client):
    aim = live_notice("示例目标")
    text = f'<p>见<a linktype="page" id="{aim.pk}">通知</a></p>'
    notice = with_body(live_notice("示例通知"), [("text", text)])
    said = client.get(f"/api/v2/pages/{notice.pk}/").json()["body"][0]["value"]
    assert f'<a href="{aim.url}">通知</a>' in said


def test_a_link_to_what_is_not_public_stays_words(client, office):
    hidden = draft_notice(office, "示例草稿")
    text = f'<p>见<a linktype="page" id="{hidden.pk}">通知</a></p>'
    notice = with_body(live_notice("示例通知"), [("text", text)])
    for address in (f"/api/v2/pages/{notice.pk}/", notice.url):
        said = client.get(address).text
        assert "见<a>通知</a>" in said
        assert hidden.slug not in said


def test_links_of_many_texts_are_asked_for_at_once(client, settings, django_assert_num_queries):
    settings.PAGE_CACHE = False
    aim = live_notice("示例目标")
    text = f'<p>见<a linktype="page" id="{aim.pk}">通知</a></p>'
    address = "/api/v2/pages/?type=cms.NoticePage&fields=*"
    client.get(address)
    for count in (1, 5):
        while NoticePage.objects.count() <= count:
            with_body(live_notice("示例通知"), [("text", text), ("text", text)])
        with django_assert_num_queries(4):
            client.get(address)


def test_a_notice_says_what_it_is_about_while_that_is_public(client, office):
    aim = live_notice("示例目标")
    notice = live_notice("示例通知")
    NoticePage.objects.filter(pk=notice.pk).update(about=aim)
    address = f"/api/v2/pages/{notice.pk}/"

    about = client.get(address).json()["about"]
    assert (about["id"], about["meta"]["type"]) == (aim.pk, "cms.NoticePage")

    take_down(aim, actor=office, reason="撤下")
    assert client.get(address).json()["about"] is None


def test_what_many_notices_are_about_is_asked_for_at_once(
    client, settings, django_assert_num_queries
):
    settings.PAGE_CACHE = False
    aim = live_notice("示例目标")
    address = "/api/v2/pages/?type=cms.NoticePage&fields=about"
    for count in (2, 6):
        while NoticePage.objects.count() < count:
            live_notice("示例通知")
        NoticePage.objects.exclude(pk=aim.pk).update(about=aim)
        client.get(address)
        with django_assert_num_queries(4):
            said = client.get(address).json()["items"]
        assert [row["about"] and row["about"]["id"] for row in said] == [None] + [aim.pk] * (
            count - 1
        )


def test_a_page_is_found_by_its_address(client):
    notice = live_notice("示例通知")
    answer = client.get("/api/v2/pages/find/", {"html_path": notice.url}, follow=True)
    assert answer.json()["id"] == notice.pk


def test_brands_are_ordered_by_year(client):
    for year in (2024, 2026, 2025):
        public_page(project_in(call=quick_call(programme_year=YearFactory(year=year))))
    for order, years in (("year", [2024, 2025, 2026]), ("-year", [2026, 2025, 2024])):
        query = {"type": "brands.BrandPage", "fields": "year", "order": order}
        said = client.get("/api/v2/pages/", query).json()["items"]
        assert [one["year"] for one in said] == years


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("pages/?year=2024", 400),
        ("pages/?format=xml", 400),
        ("pages/{page}/?year=2024", 400),
        ("pages/{page}/?limit=2", 400),
        ("pages/999999/", 404),
        ("pages/abc/", 404),
        ("nothing/", 404),
        ("images/999999/", 404),
    ],
)
def test_what_cannot_be_answered_says_why(client, address, status):
    notice = live_notice("示例通知")
    answer = client.get(f"/api/v2/{address.format(page=notice.pk)}")
    assert answer.status_code == status
    assert list(answer.json()) == ["message"]
    assert answer.json()["message"]


def test_nothing_is_written_here(client):
    answer = client.post("/api/v2/pages/")
    assert (answer.status_code, list(answer.json())) == (405, ["message"])
