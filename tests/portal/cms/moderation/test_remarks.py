"""Authors and reviewers ask and answer beside a review; nothing is decided by it, and nobody else joins in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from brands.models import BrandPage
from brands.writing import editing
from portal.cms.models import NoticePage
from portal.cms.moderation import doors, turns
from portal.cms.moderation.doors import return_page, submit_for_review
from portal.cms.moderation.remarks import remark
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from portal.units.models import Role
from portal.workspace import keeping
from tests.factories.forms import Cast
from tests.factories.pages import draft_notice, stage_of
from tests.factories.projects import project_in, written_page
from tests.factories.units import UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office, reviewers):
    page = draft_notice(office, "示例待审")
    submit_for_review(page, actor=office)
    return NoticePage.objects.get(pk=page.pk)


def told(user):
    """Return the remarks in somebody's inbox."""
    found = Message.objects.inbox_of(user).filter(kind="page_remark")
    return [message.context["text"] for message in found]


def test_a_reviewer_asks_and_the_author_answers(page, office, reviewers, sign_in):
    screen = reverse("cms_review", args=[page.pk])
    sign_in(reviewers[0]).post(screen, {"decision": "remark", "text": "日期对吗？"})
    assert told(office) == ["日期对吗？"]
    assert told(reviewers[0]) == told(reviewers[1]) == []

    sign_in(office).post(screen, {"decision": "remark", "text": "核对过了。"})

    assert told(reviewers[0]) == ["核对过了。"]
    text = sign_in(reviewers[0]).get(screen).content.decode()
    assert text.index("日期对吗？") < text.index("核对过了。")
    sheet = sign_in(office).get(reverse("cms_review_sheet", args=[page.pk])).content.decode()
    assert "核对过了。" in sheet


def test_a_remark_decides_and_restarts_nothing(page, office, reviewers):
    before = stage_of(page).pk

    remark(page, actor=office, text="请尽快")

    assert stage_of(page).pk == before
    assert NoticePage.objects.get(pk=page.pk).latest_revision_id == page.latest_revision_id


def test_a_returned_page_can_be_asked_about(page, office, reviewers):
    return_page(stage_of(page), actor=reviewers[0], reason="请改标题")

    remark(NoticePage.objects.get(pk=page.pk), actor=office, text="改成什么？")

    assert page.remarks.get().by == office


@pytest.mark.parametrize("text", ["", "  ", "长" * 301])
def test_nothing_and_too_much_are_refused(page, office, text):
    with pytest.raises(Refused, match="最多 300 字"):
        remark(page, actor=office, text=text)


def test_nobody_else_joins_in(page):
    for stranger in (UserFactory(), person_with(Role.AUDITOR)):
        with pytest.raises(Refused, match="可以留言"):
            remark(page, actor=stranger, text="插一句")


def test_without_a_review_there_is_nothing_to_remark_on(office):
    with pytest.raises(Refused, match="不在审核中"):
        remark(draft_notice(office), actor=office, text="早了")


def test_the_unit_speaks_from_its_own_page(client):
    project = project_in()
    officer, reviewer = Cast(project.unit).officer, person_with(Role.FIRST_REVIEW)
    editing.send_page(written_page(project), actor=officer)
    remark(BrandPage.objects.get(project=project), actor=reviewer, text="人数对吗？")
    assert told(officer) == ["人数对吗？"]
    client.force_login(officer)
    editor = reverse("brands:edit_page", args=[project.project_no])
    assert "人数对吗？" in client.get(editor).content.decode()

    client.post(reverse("brands:remark_page", args=[project.project_no]), {"text": "数过两遍。"})

    assert told(reviewer) == ["数过两遍。"]


def test_what_the_unit_says_after_its_session_ended_comes_back_to_its_page(client):
    project = project_in()
    officer, reviewer = Cast(project.unit).officer, person_with(Role.FIRST_REVIEW)
    editing.send_page(written_page(project), actor=officer)
    remark(BrandPage.objects.get(project=project), actor=reviewer, text="人数对吗？")
    editor = reverse("brands:edit_page", args=[project.project_no])

    away = client.post(
        reverse("brands:remark_page", args=[project.project_no]),
        {"text": "数过两遍。", keeping.WHOSE: keeping.mark_of(officer)},
        headers={"origin": "http://testserver", "referer": f"http://testserver{editor}"},
    )
    client.force_login(officer)
    back = client.get(parse_qs(urlsplit(away.url).query)["next"][0], follow=True)

    assert "数过两遍。</textarea>" in back.text
    assert back.redirect_chain[-1][0].endswith("#remarks")
    assert told(reviewer) == []


def test_the_address_of_taking_back_leads_to_the_page_of_its_button(client):
    project = project_in()
    client.force_login(Cast(project.unit).officer)

    answer = client.get(reverse("brands:take_back_page", args=[project.project_no]))

    assert answer.url == reverse("brands:edit_page", args=[project.project_no])


def test_the_office_sees_whose_turn_it_is(page, office, reviewers, sign_in):
    dashboard = sign_in(office).get("/admin/").content.decode()

    assert "轮到谁" in dashboard
    assert str(reviewers[0]) in dashboard
    assert str(reviewers[1]) not in dashboard
    assert "轮到谁" not in sign_in(reviewers[0]).get("/admin/").content.decode()


def test_whose_turn_it_is_follows_the_rules_of_the_stages():
    """Asked for many pages at once it names the same people as each stage by itself."""
    one_of_all = person_with(Role.FIRST_REVIEW, Role.SECOND_REVIEW, Role.FINAL_REVIEW)
    for role in (Role.FIRST_REVIEW, Role.SECOND_REVIEW, Role.FINAL_REVIEW):
        person_with(role)
    person_with(Role.FIRST_REVIEW, is_active=False)
    author = person_with(Role.SCHOOL_UNION, Role.FIRST_REVIEW)
    flows = [
        doors.submit_for_review(draft_notice(author, f"示例通知{n}"), actor=author)
        for n in range(3)
    ]
    for flow in flows[1:]:
        doors.approve(flow.current_task_state, actor=one_of_all)
    flows[2].refresh_from_db()
    another = person_with(Role.SECOND_REVIEW)
    doors.approve(flows[2].current_task_state, actor=another)

    waiting = turns.whose_turn()

    assert len(waiting) == 3
    for state in waiting:
        expected = {one.pk for one in turns.reviewers_of(state)}
        assert {one.pk for one in state.deciders} == expected
        assert author.pk not in expected
