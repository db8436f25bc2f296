"""What changed since the public gave its last look, or since a page was returned, as reviewers compare it."""

import json

import pytest

from portal.cms.models import NoticePage, PolicyIndexPage, PolicyPage
from portal.cms.moderation.differences import differences
from portal.cms.moderation.doors import approve, return_page, submit_for_review
from portal.units.models import Role
from tests.factories.pages import draft, draft_notice, reviewed, stage_of
from tests.factories.units import person_with


def edited(page, author, title):
    page = NoticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = title
    page.save_revision(user=author)
    return NoticePage.objects.get(pk=page.pk)


def test_every_reviewer_compares_with_what_is_public(office, reviewers, sign_in):
    page = edited(reviewed(draft_notice(office, "公开的标题")), office, "改过的标题")
    submit_for_review(page, actor=office)
    address = f"/admin/review/{page.pk}/changes/live/"

    for reviewer in reviewers:
        browser = sign_in(reviewer)
        assert address in browser.get(f"/admin/review/{page.pk}/").text
        compared = browser.get(address)
        assert compared.status_code == 200
        assert '<span class="deletion">公开</span>' in compared.text
        assert '<span class="addition">改过</span>' in compared.text
        approve(stage_of(page), actor=reviewer)
    assert sign_in(office).get(address).status_code == 404


def test_what_came_back_is_compared_with_what_was_returned(office, reviewers, sign_in):
    page = draft_notice(office, "第一稿")
    submit_for_review(page, actor=office)
    return_page(stage_of(page), actor=reviewers[0], reason="请改标题")
    page = edited(page, office, "第二稿")
    submit_for_review(page, actor=office)
    browser = sign_in(reviewers[0])
    address = f"/admin/review/{page.pk}/changes/returned/"

    assert address in browser.get(f"/admin/review/{page.pk}/").text
    assert (
        '第<span class="deletion">一</span><span class="addition">二</span>稿'
        in browser.get(address).text
    )
    assert browser.get(f"/admin/review/{page.pk}/changes/live/").status_code == 404


@pytest.mark.parametrize("role", [Role.EXPERT, Role.AUDITOR])
def test_nobody_else_compares(office, sign_in, role):
    page = edited(reviewed(draft_notice(office)), office, "改过的标题")
    submit_for_review(page, actor=office)
    address = f"/admin/review/{page.pk}/changes/live/"

    assert "改过的标题" not in sign_in(person_with(role)).get(address, follow=True).text


def test_a_table_is_compared_cell_by_cell(office, reviewers, sign_in):
    def written(page, amount):
        value = {"data": [["项目", "经费"], ["示例<书>", amount]]}
        page.body = json.dumps([{"type": "table", "value": value, "id": "the same block"}])
        page.save_revision(user=office)
        return NoticePage.objects.get(pk=page.pk)

    page = reviewed(written(draft_notice(office), "4000"))
    page = written(page, "4800")
    submit_for_review(page, actor=office)

    compared = sign_in(reviewers[0]).get(f"/admin/review/{page.pk}/changes/live/").text

    assert "项目 | 经费；示例&lt;书&gt; | " in compared
    assert '<span class="addition">4800</span>' in compared
    assert "{" not in compared.partition("<tbody>")[2].partition("</tbody>")[0]


@pytest.mark.once
@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            "每项资助四千元，按期拨付。",
            "每项资助五千元，按期拨付。",
            "每项资助[-四][+五]千元，按期拨付。",
        ),
        ("4月20日前报送", "4月25日前报送", "4月[-20][+25]日前报送"),
        ("请各单位报送总结", "请各单位及时报送总结", "请各单位[+及时]报送总结"),
        ("春天的书", "秋天读一夜诗", "[-春天的书][+秋天读一夜诗]"),
        ("", "新写的一句。", "[+新写的一句。]"),
        ("first draft", "second draft", "[-first][+second] draft"),
        ("甲乙" * 3000, "甲乙" * 3000, "甲乙" * 3000),
    ],
)
def test_the_changed_characters_are_marked_and_no_others(before, after, shown):
    marks = {"equal": "{}", "deletion": "[-{}]", "addition": "[+{}]"}

    assert (
        "".join(marks[kind].format(text) for kind, text in differences(before, after).changes)
        == shown
    )


def test_the_level_of_a_paragraph_is_told_in_words(office, reviewers, sign_in):
    paragraph = {"level": "1", "number": "一、", "lead": "示例", "text": ""}
    policy = PolicyPage(title="示例办法", body=[("paragraph", paragraph)])
    page = reviewed(draft(policy, under=PolicyIndexPage.objects.get(), author=office))
    page.body = [("paragraph", {**paragraph, "level": "2"})]
    page.save_revision(user=office)
    submit_for_review(page, actor=office)

    compared = sign_in(reviewers[0]).get(f"/admin/review/{page.pk}/changes/live/").text
    assert "<dd>（一）</dd>" in compared
    assert "<dd>2</dd>" not in compared
