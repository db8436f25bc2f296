"""The public search finds what people type, and only what is public."""

import pytest

from portal.cms.models import NoticePage, SearchText
from portal.cms.moderation import take_down
from tests.factories.pages import draft_notice, published


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


def test_a_row_left_behind_shows_no_draft(office, client):
    page = draft_notice(office, "漏网的草稿")
    SearchText.objects.create(page=page, title=page.title, text="")
    assert found(client, "草稿") == []


@pytest.mark.parametrize(
    "query",
    [
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
    ],
)
def test_no_query_breaks_it(db, client, query):
    assert search(client, query).status_code == 200
    assert client.get("/search/", {"q": query, "page": "x"}).status_code == 200


def test_it_only_reads(client, db):
    assert client.post("/search/", {"q": "龙舟"}).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(office, client, count, django_assert_num_queries):
    for n in range(count):
        published(draft_notice(office, f"龙舟{n}"))
    search(client, "龙舟")
    with django_assert_num_queries(4):
        assert len(found(client, "龙舟")) == count
