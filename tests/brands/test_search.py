"""How the search finds brands by what stands around their pages, and says why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.backends import get_search_backend

from brands.models import BrandPage
from tests.factories.forms import YearFactory
from tests.factories.projects import activity_of, project_in, public_page, quick_call
from tests.factories.units import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def call(made_once):
    return made_once(lambda: quick_call(programme_year=YearFactory(year=2024)))


def brand(call, *, unit="示例计算机学院", **content):
    project = project_in(
        call=call,
        unit=UnitFactory(name=unit, short_name=unit[2:]),
        answers={"title": "示例书香", "slogan": ""},
    )
    activity = activity_of(project, name="示例星空夜读", sentence="一百人在草坪上读诗")
    return public_page(project, intro="爱读书的人", activities=[activity.pk], **content)


def result(client, question):
    (found,) = client.get("/search/", {"q": question}).context["results"]
    return found


def text(pieces):
    return "".join(piece for piece, _ in pieces)


def hits(pieces):
    return [piece for piece, is_hit in pieces if is_hit]


def test_who_finds_a_brand_by_its_unit_or_an_activity_sees_why(client, call):
    brand(call)

    assert hits(result(client, "计算机")["beside"]) == ["计算机"]
    assert text(result(client, "星空夜读")["beside"]) == "示例星空夜读"
    assert "相关：" in client.get("/search/", {"q": "草坪"}).text
    assert "一百人在<mark>草坪</mark>上读诗" in client.get("/search/", {"q": "草坪"}).text


def test_of_several_words_those_that_neither_title_nor_text_hold_are_told(client, call):
    brand(call)

    found = result(client, "书香 读书 计算机")

    assert (hits(found["title"]), hits(found["text"])) == (["书香"], ["读书"])
    assert text(found["beside"]) == "示例计算机学院"


def test_what_title_or_text_show_needs_no_second_reason(client, call):
    brand(call)

    assert result(client, "读书")["beside"] == result(client, "书香")["beside"] == []


def test_reasons_cost_the_same_for_any_number_of_brands(client, call):
    def queries():
        client.get("/search/", {"q": "计算机"})
        with CaptureQueriesContext(connection) as asked:
            shown = client.get("/search/", {"q": "计算机"}).context["results"]
        assert all(hits(one["beside"]) for one in shown)
        return len(shown), len(asked)

    brand(call)
    one, few = queries()
    for n in range(2):
        brand(call, unit=f"示例计算机学院{n}")

    assert (one, queries()) == (1, (3, few))


def test_the_index_reads_what_stands_around_many_brands_at_once(call):
    def queries():
        pages = list(BrandPage.objects.live())
        with CaptureQueriesContext(connection) as asked:
            get_search_backend().add_bulk(BrandPage, pages)
        return len(pages), len(asked)

    brand(call)
    one, few = queries()
    for n in range(2):
        brand(call, unit=f"示例学院{n}")

    assert (one, queries()) == (1, (3, few))
