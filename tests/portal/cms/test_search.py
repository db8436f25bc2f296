"""The public search finds what people type, and only what is public."""

from datetime import date
from itertools import product

import pytest
from wagtail.search.models import IndexEntry

from portal.cms.files.media import check_picture, store_document, store_picture
from portal.cms.models import NoticePage, PolicyIndexPage, PolicyPage
from portal.cms.moderation.doors import take_down
from portal.cms.searching import RESULTS, snippet
from portal.cms.set_up import set_up_search
from tests.factories.files import pdf, photo
from tests.factories.pages import draft_notice, live_notice, published
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.both


def search(client, query):
    return client.get("/search/", {"q": query})


def found(client, query):
    return [
        "".join(piece for piece, _hit in result["title"])
        for result in search(client, query).context["results"]
    ]


def test_two_characters_match_inside_words_titles_first(office, client):
    published(draft_notice(office, "关于经费的通知", "另见校园龙舟建设"))
    published(draft_notice(office, "校园龙舟节安排", "时间地点"))
    assert found(client, "龙舟") == ["校园龙舟节安排", "关于经费的通知"]


def test_every_word_has_to_occur(office, client):
    published(draft_notice(office, "书香校园", "读书会"))
    published(draft_notice(office, "书香食堂", "用餐"))
    assert found(client, "书香 读书") == ["书香校园"]


def test_hits_are_marked_and_nothing_is_executed(office, client):
    published(draft_notice(office, "读书 & 写字", "每周读书"))
    page = search(client, "读书").content.decode()
    assert "<mark>读书</mark>" in page
    assert "<script>alert" not in search(client, "<script>alert(1)</script>").content.decode()


def test_a_draft_and_a_page_taken_down_are_not_found(office, client):
    draft_notice(office, "还没公开的龙舟")
    page = published(draft_notice(office, "公开过的龙舟"))
    assert found(client, "龙舟") == ["公开过的龙舟"]
    take_down(page, actor=office, reason="撤下")
    assert found(client, "龙舟") == []


def test_a_change_is_found_only_once_it_is_public(office, client):
    page = published(draft_notice(office, "旧标题"))
    page.title = "新标题"
    page.save_revision(user=office)
    assert found(client, "新标题") == []
    published(NoticePage.objects.get(pk=page.pk))
    assert (found(client, "新标题"), found(client, "旧标题")) == (["新标题"], [])


HOSTILE = [
    '"',
    "'",
    "%",
    "_",
    "\\",
    "\x00",
    " ",
    "　",
    "a" * 5000,
    "(",
    "[",
    "* OR 1=1 --",
    "😀",
    "\ud7ff",
    'AND OR NOT NEAR("x") title:*',
    "'; DROP TABLE units_user; --",
    "！！！……——",
    "& | ! :* <->",
]


def test_no_query_breaks_it(db, client):
    for query in HOSTILE:
        assert search(client, query).status_code == 200
        assert client.get("/search/", {"q": query, "page": "x"}).status_code == 200
        assert client.get("/search/suggest/", {"q": query}).status_code == 200
        assert client.get("/api/v2/pages/", {"search": query}).status_code == 200
        filtered = {"q": "a", "kind": query, "year": query}
        assert client.get("/search/", filtered).status_code == 200


def test_it_only_reads(client, db):
    assert client.post("/search/", {"q": "龙舟"}).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(office, client, count, django_assert_num_queries):
    for n in range(count):
        published(draft_notice(office, f"龙舟{n}"))
    search(client, "龙舟")
    with django_assert_num_queries(11):
        assert len(found(client, "龙舟")) == count


def test_results_are_turned_over_and_a_number_that_does_not_fit_is_answered(office, client):
    titles = [f"龙舟{n}" for n in range(RESULTS + 2)]
    for title in titles:
        published(draft_notice(office, title))

    def page(number):
        answer = client.get("/search/", {"q": "龙舟", "page": number})
        shown = ["".join(piece for piece, _ in it["title"]) for it in answer.context["results"]]
        assert answer.context["page_of_list"].paginator.count == len(titles)
        return shown

    newest_first = titles[::-1]
    assert page("1") == page("") == page("x") == newest_first[:RESULTS]
    assert page("2") == page("3") == page("0") == page("9" * 30) == newest_first[RESULTS:]


MEANT = [
    ("书", "爱读书"),  # one character, at the end of a run too
    ("校园", "书香校园"),
    ("书香校园", "书香校园建设"),
    ("2024", "浙商大工〔2024〕2号"),
    ("〔2024〕2号", "浙商大工〔2024〕2号"),
    ("[2024]2号", "浙商大工〔2024〕2号"),
    ("２０２４", "2024年"),
    ("第2", "第25届"),
    ("yhyp-2024", "YHYP-2024-001"),
    ("ＡＩ 课堂", "Ai课堂"),
    ("𬭎", "张𬭎"),  # a rare character of names
    ("书香 读书", "读书会在书香校园"),
]
NOT_MEANT = [
    ("5届", "第25届"),
    ("2号", "2024年12号"),
    ("书香校园", "书香与校园"),
    ("园书", "校园，书香"),
]


def test_people_find_what_they_mean(db, client):
    for text in {text for _, text in MEANT + NOT_MEANT}:
        live_notice(text, "内容")
    for question, text in MEANT:
        assert text in found(client, question), question
    for question, text in NOT_MEANT:
        assert text not in found(client, question), question


def test_kind_and_year_narrow_it(db, client):
    for year in (2023, 2024):
        live_notice(f"龙舟{year}", issued_on=date(year, 5, 1))
    PolicyIndexPage.objects.get().add_child(instance=PolicyPage(title="龙舟办法"))

    def titles(**filters):
        page = client.get("/search/", {"q": "龙舟", **filters})
        return ["".join(piece for piece, _ in it["title"]) for it in page.context["results"]]

    assert titles(kind="policypage") == ["龙舟办法"]
    assert titles(kind="noticepage", year="2023") == ["龙舟2023"]
    assert titles(year="2024") == ["龙舟2024"]
    assert titles(kind="user") == titles(year="x") == []


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("前文很长很长很长很长很长2025年各单位认真建设文化品牌，大家要找龙舟", "…2025年各单位"),
        ("前文很长很长很长很长很长很长。，欢迎走进六个品牌的现场来看一看看吧，龙舟", "…欢迎走进"),
        ("开头就是龙舟", "开头就是龙舟"),
    ],
)
def test_a_part_of_a_text_begins_with_a_whole_number_and_no_punctuation(text, begins):
    assert snippet(text, ["龙舟"]).startswith(begins)


def test_hits_are_marked_as_they_are_compared(db, client):
    live_notice("ＡＩ与㎡的关系")
    page = search(client, "ai").content.decode()
    assert "<mark>ＡＩ</mark>与㎡的关系" in page


@pytest.mark.parametrize("typed", ["书香", "香校", "shux", "sxxy", "xiaoyuan"])
def test_titles_are_suggested_while_somebody_types_pinyin_too(office, client, typed):
    page = live_notice("书香校园")
    draft_notice(office, "书香校园草稿")
    assert client.get("/search/suggest/", {"q": typed}).json() == {
        "suggestions": [{"title": "书香校园", "kind": "通知公告", "note": "", "url": page.url}]
    }


@pytest.mark.parametrize("typed", ["shuxiang", "sxxy", "Xiaoyuan"])
def test_pinyin_sent_off_is_asked_back_about(db, client, typed):
    page = live_notice("书香校园")

    answer = search(client, typed)

    assert answer.context["results"] == []
    assert f'<a href="{page.url}">' in answer.text
    assert "是不是要找" in answer.text


def test_only_a_question_in_latin_letters_that_found_nothing_is_asked_back_about(db, client):
    live_notice("书香校园")
    live_notice("sx 的说明")

    for asked in ("sx", "书香", "书乡", "书x", "<y>"):
        assert "是不是要找" not in search(client, asked).text


def test_the_boxes_of_the_cms_search_the_same_way(office, sign_in):
    draft_notice(office, "还没公开的龙舟", "正文")
    store_picture(check_picture(photo()), title="龙舟照片", actor=office)
    store_document(pdf(), title="龙舟方案", actor=office)
    browser = sign_in(office)
    for address, query in product(
        (
            "/admin/choose-page/search/",
            "/admin/pages/search/results/",
            "/admin/images/chooser/results/",
            "/admin/documents/chooser/results/",
        ),
        ("龙舟", "'\"", '"', " ", "\x00", "a" * 5000, "( OR"),
    ):
        answer = browser.get(address, {"q": query})
        assert answer.status_code == 200, (address, query)
        if query == "龙舟":
            assert answer.content.decode().replace('value="龙舟"', "").count("龙舟"), address


def test_the_boxes_of_the_cms_find_by_all_text_and_titles_come_first(office, sign_in):
    section = PolicyIndexPage.objects.get()
    for title, number in (("示例办法", "示例工〔2026〕7号"), ("关于示例工的说明", "")):
        section.add_child(instance=PolicyPage(title=title, doc_number=number, live=False))
    draft_notice(office, "另一件事", "正文里的龙舟")
    browser = sign_in(office)

    def shown(address, query):
        text = browser.get(address, {"q": query}).content.decode()
        titles = ("示例办法", "关于示例工的说明", "另一件事")
        return sorted((title for title in titles if title in text), key=text.index)

    for address in (
        "/admin/choose-page/search/",
        "/admin/pages/search/results/",
        f"/admin/pages/{section.pk}/results/",
    ):
        assert shown(address, "〔2026〕7号") == ["示例办法"], address
    assert shown("/admin/pages/search/results/", "示例工") == ["关于示例工的说明", "示例办法"]
    assert shown("/admin/choose-page/search/", "龙舟") == ["另一件事"]


def test_pictures_and_files_are_found_by_what_is_said_of_them(admin, sign_in):
    unit = UnitFactory(name="示例学院工会", short_name="示例学院")
    store_picture(
        check_picture(photo()),
        title="IMG_2034",
        caption="重阳登高",
        credit="示例摄影",
        actor=admin,
        unit=unit,
    )
    browser = sign_in(admin)

    for asked in ("登高", "摄影", "示例学院", "IMG"):
        answer = browser.get("/admin/images/chooser/results/", {"q": asked})
        assert "IMG_2034" in answer.content.decode(), asked


def test_a_title_is_proposed_and_nothing_else_of_the_page(db, client):
    live_notice("书香校园", "正文里的龙舟")

    assert client.get("/search/suggest/", {"q": "龙舟"}).json() == {"suggestions": []}


def test_a_rebuilt_index_finds_the_same(db, client):
    live_notice("校园龙舟节")
    IndexEntry.objects.all().delete()
    assert found(client, "龙舟") == []
    set_up_search()
    assert found(client, "龙舟") == ["校园龙舟节"]
