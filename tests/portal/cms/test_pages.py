"""The public pages: what readers find on them, what they cost, and that nothing inline is among it."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction, Site

from portal.cms.models import (
    NoticeIndexPage,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    SiteSettings,
    Validity,
)
from portal.cms.moderation import take_down
from portal.cms.templatetags.cms_tags import dialled, kept_together, official_title
from tests.factories.pages import draft, draft_notice, published


def policy(author, **fields):
    return published(
        draft(
            PolicyPage(
                **{
                    "title": "示例实施方案",
                    "issuer_mark": "示例工会文件",
                    "doc_number": "示工〔2024〕2号",
                    "addressees": "各二级工会：",
                    "signer": "示例工会",
                    "written_on": date(2024, 3, 20),
                    "body": [
                        (
                            "paragraph",
                            {"level": "1", "number": "一、", "lead": "总体要求", "text": ""},
                        ),
                        (
                            "paragraph",
                            {"level": "3", "number": "1.", "lead": "", "text": "按时申报。"},
                        ),
                    ],
                    **fields,
                }
            ),
            under=PolicyIndexPage.objects.get(),
            author=author,
        )
    )


def test_a_notice_says_its_date_and_its_text(office, client):
    page = published(draft_notice(office, "示例通知", "请于周五前报送"))
    NoticePage.objects.filter(pk=page.pk).update(issued_on=date(2026, 3, 5))
    text = client.get(page.url).content.decode()
    assert "2026年3月5日" in text
    assert "请于周五前报送" in text
    assert "通知公告" in text


def test_notices_are_listed_by_their_date_and_filtered_by_year(office, client):
    for title, day in (("早", date(2025, 1, 1)), ("晚", date(2026, 1, 1))):
        page = published(draft_notice(office, title))
        NoticePage.objects.filter(pk=page.pk).update(issued_on=day)
    assert [item["title"] for item in client.get("/notices/").context["items"]] == ["晚", "早"]
    answer = client.get("/notices/?year=2025")
    assert [item["title"] for item in answer.context["items"]] == ["早"]


@pytest.mark.parametrize("query", ["year=x", "year=99999", "page=x", "page=999", "page=-1"])
def test_a_strange_filter_shows_the_list(db, client, query):
    assert client.get(f"/notices/?{query}").status_code == 200


def test_twenty_notices_a_page(office, client):
    index = NoticeIndexPage.objects.get()
    for n in range(21):
        index.add_child(instance=NoticePage(title=f"通知{n}", slug=f"n{n}", body=[("text", "文")]))
    assert len(client.get("/notices/").context["items"]) == 20
    assert len(client.get("/notices/?page=2").context["items"]) == 1


def test_a_policy_looks_like_the_document(office, client):
    text = client.get(policy(office).url).content.decode()
    for words in ("示例工会文件", "示工〔2024〕2号", "2024年3月20日", "现行有效", "一、总体要求"):
        assert words in text


def test_a_repealed_policy_names_its_successor(office, client):
    new = policy(office, title="新方案")
    old = policy(office, title="旧方案", validity=Validity.REPEALED, replaced_by=new)
    text = client.get(old.url).content.decode()
    assert "已废止" in text
    assert new.url in text
    take_down(new, actor=office, reason="撤下")
    assert "新方案" not in client.get(old.url).content.decode()


def test_the_home_page_tells_of_what_holds_and_the_list_of_all(office, client):
    policy(office, title="新方案")
    policy(office, title="旧方案", validity=Validity.REPEALED)

    home, everything = (client.get(path).content.decode() for path in ("/", "/policies/"))

    assert "新方案" in home
    assert "旧方案" not in home
    assert "旧方案" in everything


def test_the_feed_tells_what_is_public(office, client):
    draft_notice(office, "草稿")
    published(draft_notice(office, "公开的"))
    policy(office)
    answer = client.get("/feed/")
    titles = [
        entry.findtext("{http://www.w3.org/2005/Atom}title")
        for entry in ElementTree.fromstring(answer.content).iter(
            "{http://www.w3.org/2005/Atom}entry"
        )
    ]
    assert titles == ["示例实施方案", "公开的"]


def test_the_feed_tells_nothing_of_a_page_that_only_some_may_read(office, client):
    page = published(draft_notice(office, "只给一些人看的"))
    assert "只给一些人看的" in client.get("/feed/").text

    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert "只给一些人看的" not in client.get("/feed/").text


def test_sitemap_and_robots_name_what_is_public(office, client):
    page = published(draft_notice(office))
    hidden = draft_notice(office)
    sitemap = client.get("/sitemap.xml").content.decode()
    assert page.url in sitemap
    assert f"/{hidden.slug}/" not in sitemap
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()


PUBLIC = [
    "/",
    "/notices/",
    "/policies/",
    "/calls/",
    "/search/?q=文化",
    "/privacy/",
    "/accessibility/",
]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


@pytest.mark.parametrize("address", PUBLIC)
def test_no_public_page_carries_anything_inline(db, client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert not INLINE.search(answer.content.decode())
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_articles_carry_nothing_inline(office, client):
    for page in (published(draft_notice(office)), policy(office)):
        answer = client.get(page.url)
        assert not INLINE.search(answer.content.decode())
        assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_only_the_cms_has_the_policy_for_inline_scripts(office, sign_in):
    assert "unsafe-inline" in sign_in(office).get("/admin/")["Content-Security-Policy"]


def test_lists_cost_the_same_for_any_number(office, client, django_assert_num_queries):
    for n in range(3):
        published(draft_notice(office, f"通知{n}"))
        policy(office, title=f"文件{n}")
        if n == 1:
            continue  # one, then three
        for address, queries in (("/notices/", 13), ("/policies/", 13), ("/", 12)):
            client.get(address)
            with django_assert_num_queries(queries):
                client.get(address)


def test_a_page_that_moves_leaves_a_redirect(office, client, django_capture_on_commit_callbacks):
    page = published(draft_notice(office))
    old = page.url
    page.slug = "elsewhere"
    page.save_revision(user=office)
    with django_capture_on_commit_callbacks(execute=True):
        published(NoticePage.objects.get(pk=page.pk))
    assert client.get(old).status_code == 301


def test_a_policy_has_contents_and_links_that_stay(office, client):
    page = policy(
        office,
        body=[
            ("paragraph", {"level": "1", "number": "一、", "lead": "总体目标", "text": ""}),
            ("paragraph", {"level": "0", "number": "", "lead": "", "text": "正文一段。"}),
            ("paragraph", {"level": "1", "number": "二、", "lead": "基本原则", "text": ""}),
        ],
    )
    text = client.get(page.url).content.decode()

    assert [words for _anchor, words in page.contents] == ["一、总体目标", "二、基本原则"]
    for anchor, _block in page.paragraphs:
        assert f'id="{anchor}"' in text
        assert f'href="#{anchor}"' in text


def test_a_document_names_what_it_replaces(office, client):
    new = policy(office, title="新方案")
    old = policy(office, title="旧方案", validity=Validity.REPEALED, replaced_by=new)

    assert old.url in client.get(new.url).content.decode()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("教职工“一会一品”实施方案", '教职工<span class="keep">“一会一品”</span>实施方案'),
        ("<b>“甲”</b>", '&lt;b&gt;<span class="keep">“甲”</span>&lt;/b&gt;'),
        ("没有引号", "没有引号"),
    ],
)
def test_a_short_quotation_in_a_title_is_not_broken(title, shown):
    assert kept_together(title) == shown


def test_a_documents_title_breaks_where_its_head_does():
    assert official_title("示例教职工“一会一品” 文化<品牌>建设方案 2024 Plan") == (
        '<span class="clause">示例教职工<span class="keep">“一会一品”</span></span> '
        '<span class="clause">文化&lt;品牌&gt;建设方案 2024 Plan</span>'
    )


def test_the_qr_code_leads_to_pages_of_this_site_only(db, client):
    assert client.get("/qr.svg", {"to": "/policies/"}).status_code == 200
    for elsewhere in (
        "",
        "https://example.com/",
        "//example.com/",
        "/\\example.com",
        "/\n",
        "/" * 400,
    ):
        assert client.get("/qr.svg", {"to": elsewhere}).status_code == 404


def test_in_english_the_frame_is_english_and_the_content_says_that_it_is_chinese(office, client):
    page = published(draft_notice(office, "示例通知", "请于周五前报送"))
    client.cookies["django_language"] = "en"

    listed, text = client.get("/notices/").text, client.get(page.url).text

    assert "<h1>Notices</h1>" in listed
    assert '<h1 lang="zh-Hans">示例通知</h1>' in text
    assert '<div class="story" lang="zh-Hans">' in text
    assert '<a href="/notices/">Notices</a>' in text


def test_a_section_that_the_office_has_renamed_keeps_its_name_in_english(client, db):
    NoticeIndexPage.objects.update(title="示例要闻")
    client.cookies["django_language"] = "en"

    assert '<h1 lang="zh-Hans">示例要闻</h1>' in client.get("/notices/").text


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0000-8000 0000", "000080000000"),
        ("（0000）80000000、80000001", "000080000000"),
        ("+86 0000 8000", "+8600008000"),
        ("见学校总机", ""),
    ],
)
def test_a_telephone_number_is_dialled_as_it_is_written(written, number):
    assert dialled(written) == number


def test_the_foot_of_a_page_offers_to_call(office, client):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.phone = "0000-8000 0000"
    settings.save()

    assert 'href="tel:000080000000"' in client.get("/").content.decode()
