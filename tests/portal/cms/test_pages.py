"""The public pages: what readers find on them, what they cost, and that nothing inline is among it."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from wagtail.models import PageViewRestriction, Site

from portal.cms.files.media import store_document
from portal.cms.models import (
    NoticeIndexPage,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    SiteSettings,
    Validity,
)
from portal.cms.moderation.doors import take_down
from portal.cms.templatetags.cms_tags import dialled, kept_together, official_title
from tests.factories.files import pdf
from tests.factories.pages import draft, draft_notice, published

FEEDS = {"/feed/": "application/atom+xml", "/feed/rss/": "application/rss+xml"}


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
    page.issued_on = date(2026, 3, 5)
    page.save()
    text = client.get(page.url).content.decode()
    assert "2026年3月5日" in text
    assert "请于周五前报送" in text
    assert "通知公告" in text


def test_notices_are_listed_by_their_date_and_filtered_by_year(office, client):
    for title, day in (("早", date(2025, 1, 1)), ("晚", date(2026, 1, 1))):
        page = published(draft_notice(office, title))
        page.issued_on = day
        page.save()
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


def test_the_feed_says_whose_it_is(office, client):
    feed = ElementTree.fromstring(client.get("/feed/").content)

    assert feed.findtext("{*}author/{*}name")


def test_a_notice_is_signed_where_somebody_signs_it(office, client):
    draft_notice(office, "没有落款")
    page = NoticePage.objects.get()
    page.signer, page.issued_on = "示例大学工会", date(2026, 3, 5)
    page.save_revision(user=office)

    sign = client.get(published(NoticePage.objects.get()).url).text.partition("document-sign")[2]

    assert "示例大学工会" in sign
    assert "2026年3月5日" in sign


def test_a_standing_page_says_of_when_it_is(office, client):
    assert "更新</p>" in client.get("/privacy/").text


def test_the_feed_tells_nothing_of_a_page_that_only_some_may_read(office, client):
    page = published(draft_notice(office, "只给一些人看的"))
    assert all("只给一些人看的" in client.get(address).text for address in FEEDS)

    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert not any("只给一些人看的" in client.get(address).text for address in FEEDS)


def test_rss_tells_the_same_as_atom_and_every_page_names_both(office, client):
    draft_notice(office, "草稿")
    published(draft_notice(office, "公开的"))
    policy(office)
    atom, rss = (ElementTree.fromstring(client.get(path).content) for path in FEEDS)

    items = rss.findall("channel/item")
    assert [item.findtext("title") for item in items] == ["示例实施方案", "公开的"]
    assert [item.findtext("link") for item in items] == [
        link.get("href") for link in atom.findall("{*}entry/{*}link")
    ]
    head = client.get("/").text.partition("</head>")[0]
    for address, kind in FEEDS.items():
        assert f'<link rel="alternate" type="{kind}" href="{address}"' in head


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
        for address, queries in (("/notices/", 12), ("/policies/", 12), ("/", 13)):
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


def test_annexes_lead_to_the_files_that_the_page_offers(office, client):
    forms = [store_document(pdf(), title=title, actor=office) for title in ("申报表", "总结表")]
    named = {
        "attachment_notes": "申报表\n总结表",
        "body": [
            (
                "paragraph",
                {"level": "0", "number": "", "lead": "", "text": "填报（附件2）和附件3。"},
            )
        ],
    }
    bare = policy(office, title="没有文件", **named)
    page = policy(
        office, title="有文件", attachments=[("document", form) for form in forms], **named
    )

    text = client.get(page.url).text
    assert f'<li><a href="{forms[0].url}">申报表</a></li>' in text
    assert f'填报<a class="keep" href="{forms[1].url}">（附件2）</a>和' in text
    assert '<span class="keep">附件3</span>' in text
    assert "<li>申报表</li>" in client.get(bare.url).text


def test_a_document_names_what_it_replaces(office, client):
    new = policy(office, title="新方案")
    old = policy(office, title="旧方案", validity=Validity.REPEALED, replaced_by=new)

    assert old.url in client.get(new.url).content.decode()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (
            "示范“一会一品”的通知要点",
            '示范<span class="keep quoted">“一会一品”</span>的<span class="keep">通知</span>要点',
        ),
        ("<b>第一个“甲”</b>", '&lt;b&gt;第一个<span class="keep quoted">“甲”</span>&lt;/b&gt;'),
        ("一行写得下的通知", "一行写得下的通知"),
        (
            "环境科学与工程学院工会",
            "".join(
                word if word == "与" else f'<span class="keep">{word}</span>'
                for word in ("环境", "科学", "与", "工程", "学院", "工会")
            ),
        ),
        ("甲：乙", '<span class="clause">甲：</span><span class="clause">乙</span>'),
    ],
)
def test_a_title_breaks_between_clauses_and_inside_no_word(title, shown):
    assert kept_together(title) == shown


def test_a_documents_title_breaks_where_its_head_does():
    assert official_title("示例师生的“一会一品” 甲<乙>丙 Plan") == (
        '<span class="clause">示例师生的<span class="keep quoted">“一会一品”</span></span> '
        '<span class="clause">甲&lt;乙&gt;丙 Plan</span>'
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


def test_a_telephone_is_there_to_be_tapped_where_somebody_is_told_to_call(office, client):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.phone = "0000-8000 0000"
    settings.save()

    for address in ("/", "/accounts/login/"):
        body, foot = client.get(address).content.decode().split("<footer")
        assert 'href="tel:000080000000"' in foot
    assert 'href="tel:000080000000"' in body
