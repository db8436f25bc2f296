"""What the public sees of the brands: the brand page, the wall, the award lists, search, feed, sitemap and API."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.cultivation import cultivating
from brands.models import Award, BrandPage, Project, ProjectStatus
from brands.tasks import make_pictures_ready
from brands.writing import editing
from brands.writing.content import Block, PageContent
from forms_app.models import Category
from portal.cms.models import Rendition
from portal.cms.moderation import doors
from tests.browsing import read
from tests.factories.forms import Cast, YearFactory
from tests.factories.projects import (
    activity_of,
    approve_all,
    award_level,
    carried_to,
    picture_of,
    project_in,
    public_page,
    quick_call,
    written_page,
)
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db
CARD = r'<h3><a href="[^"]*">([^<]*)</a></h3>'
API = "/api/v2/pages/?type=brands.BrandPage&fields=*"


@pytest.fixture(scope="module")
def three_brands(made_once):
    """A public page, a draft and a page under review; their slogans say which."""

    def make():
        call = quick_call()
        public, draft, sent = (
            project_in(call=call, answers={"title": f"示例{name}品牌"})
            for name in ("公开", "草稿", "送审")
        )
        activity = activity_of(public, name="示例开班", participants=30)
        public_page(
            public,
            slogan="公开的口号",
            activities=[activity.pk],
            gallery=[picture_of(public, activity=activity).picture_id],
        )
        written_page(draft, slogan="草稿的口号")
        editing.send_page(written_page(sent, slogan="送审的口号"), actor=Cast(sent.unit).officer)
        return [project.pk for project in (public, draft, sent)]

    return made_once(make)


@pytest.fixture
def brands(db, three_brands):
    return [Project.objects.select_related("page").get(pk=key) for key in three_brands]


@pytest.fixture
def public(brands):
    return brands[0]


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def cards(client, query=""):
    return re.findall(CARD, text_of(client, f"/brands/{query}"))


def send_and_approve(project):
    page = BrandPage.objects.get(project=project)
    editing.send_page(page, actor=Cast(project.unit).officer)
    approve_all(page)


def status_of(client, address):
    """Return the status of an answer whose file is closed again."""
    answer = client.get(address)
    read(answer)
    return answer.status_code


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


class TestBrandPage:
    def test_it_tells_the_brand(self, client, public):
        text = text_of(client, public.page.url)

        for words in ("示例公开品牌", "公开的口号", "示例甲", public.unit.name, "示例开班"):
            assert words in text
        assert public.project_no in text
        assert "30" in text

    def test_contacts_are_not_shown(self, client, public):
        text = text_of(client, public.page.url)

        assert "13800000000" not in text
        assert "leader@example.com" not in text

    def test_an_award_is_shown(self, client):
        project = project_in()
        page = public_page(project)
        assert "十佳品牌" not in text_of(client, page.url)

        carried_to(ProjectStatus.AWARDED, project)

        assert "十佳品牌" in text_of(client, page.url)

    def test_other_years_of_the_brand_are_linked(self, client):
        unit = UnitFactory()
        first = project_in(unit=unit, call=quick_call(programme_year=YearFactory(year=2020)))
        second = project_in(unit=unit, answers={"previous_project": first.project_no})
        address = public_page(first).url

        assert address in text_of(client, public_page(second).url)

    @pytest.mark.parametrize("place", [1, 2])
    def test_what_is_not_approved_is_not_there_even_for_its_unit(self, client, brands, place):
        project = brands[place]
        address = f"/brands/{project.project_no.lower()}/"

        assert client.get(address).status_code == 404
        client.force_login(Cast(project.unit).officer)
        assert client.get(address).status_code == 404

    def test_a_page_taken_down_is_gone(self, client, public):
        doors.take_down(public.page, actor=Cast(public.unit).office, reason="照片里的人不同意公开")

        assert client.get(f"/brands/{public.project_no.lower()}/").status_code == 404
        assert "示例公开品牌" not in cards(client)


class TestWall:
    def test_only_approved_brands_hang_there(self, client, brands):
        assert cards(client) == ["示例公开品牌"]

    def test_it_is_sifted_by_its_address(self, client, public):
        public_page(
            project_in(
                call=quick_call(programme_year=YearFactory(year=2020)),
                unit=UnitFactory(code="readers"),
                answers={"category": "lead", "title": "示例书香"},
            )
        )
        sifted = {
            "?year=2020": ["示例书香"],
            "?category=lead": ["示例书香"],
            "?category=culture": ["示例公开品牌"],
            "?q=书香": ["示例书香"],
            "?q=公开的口号": ["示例公开品牌"],
            "?q=示例 书香": ["示例书香"],
            "?unit=readers": ["示例书香"],
            "?unit=readers&year=2020&category=lead": ["示例书香"],
            "?unit=readers&category=culture": [],
            "?award=示例奖": [],
            "?year=last": [],
            "?year=99999999999999999999": [],
            "?category=nothing": [],
            "?q=%00": ["示例公开品牌", "示例书香"],
            "?page=x": ["示例公开品牌", "示例书香"],
            "?page=999": ["示例公开品牌", "示例书香"],
        }

        assert {query: cards(client, query) for query in sifted} == sifted

    def test_it_is_sifted_by_award(self, client, public):
        awarded = project_in(answers={"title": "示例获奖"})
        public_page(awarded)
        carried_to(ProjectStatus.AWARDED, awarded)

        assert cards(client, "?award=十佳品牌") == ["示例获奖"]

    def test_where_nothing_fits_it_leads_back(self, client, public):
        text = text_of(client, "/brands/?q=没有这样的")

        assert "没有找到这样的品牌" in text
        assert 'href="/brands/"' in text

    def test_the_choices_name_only_what_is_public(self, client, brands):
        text = text_of(client, "/brands/")

        assert brands[0].unit.name in text
        assert brands[1].unit.name not in text

    def test_the_number_of_queries_does_not_grow(self, client, public):
        few = queries_of(client, "/brands/")
        for _ in range(2):
            public_page(project_in())

        assert len(cards(client)) == 3
        assert queries_of(client, "/brands/") == few <= 15


class TestAwardList:
    @pytest.fixture
    def awarded(self):
        project = project_in(answers={"title": "示例获奖"})
        written_page(project, slogan="草稿的口号")
        return carried_to(ProjectStatus.AWARDED, project)

    def address(self, project):
        return f"/brands/awards/{project.programme_year.year}/"

    def test_it_names_awards_by_level(self, client, awarded):
        send_and_approve(awarded)

        text = text_of(client, self.address(awarded))

        assert "十佳品牌" in text
        assert f'<a href="{awarded.page.url}">示例获奖</a>' in text

    def test_a_project_without_a_public_page_is_named_without_a_link(self, client, awarded):
        text = text_of(client, self.address(awarded))

        assert "示例获奖" in text
        assert awarded.project_no.lower() not in text
        assert "草稿的口号" not in text

    def test_a_revoked_project_keeps_no_place(self, client, awarded):
        cultivating.revoke(awarded, actor=Cast(awarded.unit).office, reason="经费使用不当")

        assert client.get(self.address(awarded)).status_code == 404

    def test_it_has_the_tools_to_print_it_and_pass_it_on(self, client, awarded):
        text = text_of(client, self.address(awarded))

        assert "data-print" in text
        assert f'data-copy="http://testserver{self.address(awarded)}"' in text

    def test_a_year_without_awards_has_no_list(self, client):
        YearFactory(year=2020)

        assert client.get("/brands/awards/2020/").status_code == 404
        assert client.get("/brands/awards/1999/").status_code == 404

    def test_it_only_reads(self, client, awarded):
        assert client.post(self.address(awarded)).status_code == 405

    def test_the_number_of_queries_does_not_grow(self, client, awarded):
        send_and_approve(awarded)
        few = queries_of(client, self.address(awarded))
        for n in range(2):
            project = project_in(ProjectStatus.ACCEPTED)
            cultivating.give_award(
                project,
                actor=Cast(project.unit).office,
                level=award_level(project.programme_year, f"示例奖{n}"),
            )

        assert queries_of(client, self.address(awarded)) == few <= 15
        assert Award.objects.count() == 3


class TestEverywhereElse:
    ADDRESSES = (
        "/",
        "/brands/",
        "/search/?q=示例",
        "/search/?q=口号",
        "/feed/",
        "/feed/rss/",
        "/sitemap.xml",
        API,
    )

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_drafts_and_pages_under_review_are_nowhere(self, client, brands, address):
        client.force_login(Cast(brands[1].unit).officer)

        text = text_of(client, address)

        for project, name in zip(brands[1:], ("草稿", "送审"), strict=True):
            assert project.page.slug not in text
            assert f"示例{name}品牌" not in text
            assert f"{name}的口号" not in text

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_the_approved_brand_is_everywhere(self, client, public, address):
        assert public.page.slug in text_of(client, address)

    @pytest.mark.parametrize("address", [*ADDRESSES, "page"])
    def test_a_later_draft_changes_nothing_of_it(self, client, public, address):
        editing.save_page(
            public.page,
            actor=Cast(public.unit).officer,
            content=PageContent(slogan="改过的口号", intro="改过的简介"),
            based_on=public.page.latest_revision_id,
        )

        text = text_of(client, public.page.url if address == "page" else address)

        assert "改过的" not in text


class TestPictures:
    """A browser finds every picture in the size and format that it needs, and room kept for it."""

    @pytest.fixture
    def with_pictures(self, public):
        """The public brand, all of whose places for pictures are filled."""
        cover, told, *others = (picture_of(public).picture_id for _one in range(4))
        story = [Block("text", "示例故事"), Block("picture", "示例场面", picture=told)]
        return public_page(public, cover=cover, story=story, gallery=others)

    def test_each_picture_of_the_page_is_offered_in_two_sizes_and_two_formats(
        self, client, with_pictures
    ):
        text = client.get(with_pictures.url).content.decode()
        pictures = re.findall(r"<picture>.*?</picture>", text, re.DOTALL)

        assert len(pictures) >= 4  # cover, story, two of the gallery
        for picture in pictures:
            sizes = [found.count("w,") + 1 for found in re.findall(r'srcset="([^"]+)"', picture)]
            assert sizes == [2, 2], picture
            assert re.search(r'type="image/webp"', picture)
            assert re.search(r'width="\d+" height="\d+"', picture)

    def test_only_pictures_below_the_first_of_a_wall_wait_until_they_are_near(self, client, public):
        for brand in (public, project_in()):
            public_page(brand, cover=picture_of(brand).picture_id)

        first, *others = re.findall(r"<picture>.*?</picture>", text_of(client, "/brands/"), re.S)

        assert "lazy" not in first
        assert others
        assert all('loading="lazy"' in picture for picture in others)

    def test_each_picture_of_the_page_stands_once(self, client, public):
        activity = activity_of(public, name="示例开班")
        held, told, other = (
            picture_of(public, activity=of).picture_id for of in (activity, None, None)
        )
        page = public_page(
            public,
            activities=[activity.pk],
            story=[Block("picture", "示例场面", picture=told)],
            gallery=[told, held, other],
        )

        shown = re.findall(r'<a href="([^"]+)" data-picture', text_of(client, page.url))

        assert len(shown) == len(set(shown)) == 3

    def test_each_picture_says_who_took_it(self, client, public):
        activity = activity_of(public)
        keys = [
            picture_of(
                public, credit=f"示例摄影{n}", activity=activity if n == 1 else None
            ).picture_id
            for n in range(3)
        ]
        page = public_page(
            public,
            activities=[activity.pk],
            story=[Block("picture", "", picture=keys[0])],
            gallery=[keys[2]],
        )

        below = re.findall(r"<figcaption.*?</figcaption>", text_of(client, page.url), re.DOTALL)

        assert [f"示例摄影{n}" in words for n, words in enumerate(below)] == [True] * 3

    def test_no_picture_of_it_can_be_fetched_once_it_is_taken_down(self, client, with_pictures):
        text = client.get(with_pictures.url).content.decode()
        files = {
            size.split()[0]
            for sizes in re.findall(r'srcset="([^"]+)"', text)
            for size in sizes.split(",")
            if "/media/" in size
        }
        assert {status_of(client, file) for file in files} == {200}

        doors.take_down(with_pictures, actor=Cast(UnitFactory()).office, reason="示例原因")

        assert {status_of(client, file) for file in files} == {404}

    def test_the_worker_makes_the_sizes_before_anybody_asks(self, client, with_pictures):
        Rendition.objects.all().delete()
        make_pictures_ready()
        made = Rendition.objects.count()

        client.get(with_pictures.url)

        assert Rendition.objects.count() == made


def test_a_brand_of_the_office_s_own_category_has_its_drawn_cover_everywhere(client):
    own = Category.objects.create(code="reading", name="示例读书", hue="care", mark="读")
    project = project_in(answers={"category": own.code})
    page = public_page(project)
    BrandPage.objects.filter(pk=page.pk).update(cover=None)  # the picture was deleted since

    for place in (page.url, "/brands/"):
        [cover, *_more] = re.findall(r"/brands/stand-in/[^\"]+\.jpg", client.get(place).text)
        assert client.get(cover).status_code == 200, place
