"""The sheet of a review (审核单): who did what when, to print; for those concerned only."""

import pytest

from portal.cms.models import NoticeIndexPage, NoticePage
from portal.cms.moderation import doors
from portal.units.models import Role
from tests.factories.units import UserFactory, person_with

pytestmark = pytest.mark.django_db


def notice(author, **fields):
    """Return a saved draft of a notice."""
    fields = {"title": "示例通知", "body": [("text", "<p>正文</p>")], **fields}
    page = NoticeIndexPage.objects.get().add_child(
        instance=NoticePage(live=False, owner=author, **fields)
    )
    page.save_revision(user=author)
    return NoticePage.objects.get(pk=page.pk)


def test_it_names_authors_stages_and_opinions(office, reviewers, sign_in):
    page = notice(office)
    doors.submit_for_review(page, actor=office)
    doors.return_page(page.current_workflow_task_state, actor=reviewers[0], reason="日期请核对")
    doors.submit_for_review(page, actor=office)
    for reviewer, opinion in zip(reviewers, ("文字已核", "事实已核", "同意公开"), strict=True):
        page = NoticePage.objects.get(pk=page.pk)
        doors.approve(page.current_workflow_task_state, actor=reviewer, comment=opinion)

    text = sign_in(office).get(f"/admin/review/{page.pk}/sheet/").content.decode()

    for words in (
        "示例编辑",
        "示例初审",
        "示例复审",
        "示例终审",
        "文字已核",
        "同意公开",
        "日期请核对",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (lambda: person_with(Role.FIRST_REVIEW), 200),
        (lambda: person_with(Role.SCHOOL_UNION), 200),
        (lambda: person_with(Role.EXPERT), 302),
        (UserFactory, 302),
    ],
)
def test_it_is_for_those_concerned(office, sign_in, who, answer):
    page = notice(office)
    doors.submit_for_review(page, actor=office)

    assert sign_in(who()).get(f"/admin/review/{page.pk}/sheet/").status_code == answer


def test_a_page_never_sent_has_none(office, sign_in):
    assert sign_in(office).get(f"/admin/review/{notice(office).pk}/sheet/").status_code == 404
