"""Nothing typed on a brand page is lost or overwritten, and nothing of it is public, a revision, or sent by itself."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import BrandPage, WorkingCopy
from brands.writing import editing
from brands.writing.content import Block, PageContent, content_of
from portal.lifecycle.door import Refused
from portal.units.models import Post
from portal.workspace.autosaving import Page
from tests.brands.editor import Sheet, address, kept
from tests.factories.forms import Cast
from tests.factories.projects import (
    activity_of,
    picture_of,
    public_page,
    sent_page,
    written_page,
)
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_and_is_neither_a_revision_nor_public(client, project, officer):
    page = public_page(project, slogan="公开的口号")
    revisions = page.revisions.count()
    sheet = Sheet(client, project, officer)

    for words in ("新", "新的", "新的口号"):
        answer = sheet.type(slogan=words).autosave()

    assert re.fullmatch(r"已保存 \d\d:\d\d", answer.json()["message"])
    assert Sheet(client, project, officer).fields["slogan"] == "新的口号"
    assert page.revisions.count() == revisions
    client.logout()
    assert "新的口号" not in client.get(page.url).text


def test_saving_the_draft_makes_one_revision_of_what_was_kept(client, project, officer):
    before = BrandPage.objects.get().revisions.count()
    sheet = Sheet(client, project, officer).type(slogan="写好的口号")
    sheet.autosave()

    sheet.press()

    page = BrandPage.objects.get()
    assert page.revisions.count() == before + 1
    assert content_of(page).slogan == "写好的口号"
    assert not editing.draft_of(page).unsaved


def test_half_an_address_and_an_empty_block_are_kept_as_typed(client, project, officer):
    sheet = Sheet(client, project, officer)
    sheet.type(**{"story-TOTAL_FORMS": 2, "story-0-kind": "video", "story-0-bv": "BV1x"})
    sheet.type(**{"story-0-text": "", "story-1-kind": "quote", "story-1-text": ""}).autosave()

    told = Sheet(client, project, officer).press(follow=True)

    assert kept(project).story == [Block("video", bv="BV1x"), Block("quote")]
    assert "BV 号以 BV 开头，共 12 位" in told.text
    assert content_of(BrandPage.objects.get()).story != kept(project).story


def test_two_people_in_different_parts_are_brought_together(client, project, officer, chair):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(intro="主席写的简介").autosave()

    told = mine.type(slogan="经办人写的口号").autosave().json()

    assert str(chair) in told["merged"]
    assert told["values"] == {"intro": "主席写的简介"}
    assert (kept(project).slogan, kept(project).intro) == ("经办人写的口号", "主席写的简介")


def test_a_save_whose_answer_got_lost_is_no_conflict_with_oneself(client, project, officer):
    sheet = Sheet(client, project, officer)
    seen = sheet.fields["seen"]
    sheet.type(slogan="第一次").autosave()

    told = sheet.type(slogan="第二次", seen=seen).autosave()

    assert told.status_code == 200
    assert kept(project).slogan == "第二次"


def test_what_nobody_saved_in_the_draft_is_not_sent(client, project, officer, chair):
    page = written_page(project)
    Sheet(client, project, officer).type(slogan="还没存的").autosave()

    with pytest.raises(Refused, match="还没有存进草稿"):
        editing.send_page(page, actor=chair)

    client.force_login(chair)
    assert "还没有存进草稿" in client.get(address(project, "send_page")).text


def test_what_was_kept_can_be_dropped_by_who_has_seen_it(client, project, officer, chair):
    before = kept(project)
    sheet = Sheet(client, project, officer)
    sheet.type(slogan="写坏了").autosave()
    asked = client.get(address(project, "forget_unsaved"))
    turn = asked.context["draft"].turn
    Sheet(client, project, chair).type(intro="主席还在写").autosave()

    refused = client.post(address(project, "forget_unsaved"), {"turn": turn})
    assert refused.status_code == 409
    assert kept(project).intro == "主席还在写"

    client.post(address(project, "forget_unsaved"), {"turn": turn + 1})
    assert kept(project) == before


def test_a_page_opened_before_another_has_forgotten_does_not_forget_what_is_typed_since(
    client, project, officer, chair
):
    Sheet(client, project, officer).type(slogan="写坏了").autosave()
    turn = client.get(address(project, "forget_unsaved")).context["draft"].turn
    client.post(address(project, "forget_unsaved"), {"turn": turn})
    Sheet(client, project, chair).type(intro="主席重新写").autosave()

    assert client.post(address(project, "forget_unsaved"), {"turn": turn}).status_code == 409
    assert kept(project).intro == "主席重新写"


def test_two_long_stories_that_were_joined_stay_whole_while_they_are_written(
    client, project, officer
):
    story = [Block("text", text=f"第{place}段") for place in range(44)]
    content = editing.draft_of(BrandPage.objects.get(project=project)).content
    editing.keep(
        BrandPage.objects.get(project=project),
        actor=officer,
        content=replace(content, story=story),
    )

    sheet = Sheet(client, project, officer)
    assert sheet.type(slogan="还在写").autosave().status_code == 200
    assert [one.text for one in kept(project).story] == [one.text for one in story]
    revisions = editing.draft_of(BrandPage.objects.get(project=project)).page.revisions.count()
    sheet.press()
    assert BrandPage.objects.get(project=project).revisions.count() == revisions


def test_nothing_is_kept_during_the_review_or_from_somebody_else(client, project, officer):
    sheet = Sheet(client, project, officer)
    sent_page(project)

    assert sheet.type(slogan="趁机").autosave().status_code == 409
    sheet.actor = Cast(project.unit).party
    assert sheet.autosave().status_code == 403
    client.force_login(person_of(UnitFactory(), Post.OFFICER))
    assert client.post(address(project, "autosave_page")).status_code == 404
    assert not WorkingCopy.objects.exists()


def test_every_answer_of_the_editor_is_an_address_to_go_back_to(client, project, officer, chair):
    here = {"origin": "http://testserver"}
    wrong = Sheet(client, project, officer).type(slogan="长" * 41)
    stale = Sheet(client, project, officer).type(intro="经办人的")

    assert wrong.press(headers=here).status_code == 302
    assert wrong.press("add-text", headers=here).status_code == 302
    Sheet(client, project, chair).type(intro="主席的").autosave()
    whose = re.search(r'name="whose" value="([^"]+)"', client.get(address(project)).text)[1]
    stale.actor = chair
    to_choose = stale.type(whose=whose).press(headers=here)
    assert to_choose.status_code == 302
    assert client.get(to_choose["Location"]).status_code == 409


def test_what_came_back_is_not_called_saved(client, project, officer):
    sheet = Sheet(client, project, officer).type(intro="写好的简介")
    sheet.autosave()
    assert "已保存" in client.get(address(project)).text

    back = sheet.type(intro="又改过的简介", restore="1").press()

    assert "又改过的简介" in back.text
    assert "已保存" not in back.text


def test_two_people_see_each_other_and_where(client, project, officer, chair):
    client.force_login(chair)
    client.post(address(project, "present_page"), {"screen": "story"})
    client.force_login(officer)

    told = client.post(address(project, "present_page")).json()["colleagues"]

    assert str(chair) in told
    assert "品牌故事" in told


def test_an_unchanged_page_with_pictures_and_activities_has_nothing_to_save(
    client, project, officer
):
    shown, other = picture_of(project), picture_of(project, colour="navy")
    activities = [activity_of(project).pk, activity_of(project, name="另一次").pk]
    content = PageContent(
        intro="一行\r\n又一行",
        cover=shown.picture_id,
        gallery=[shown.picture_id, other.picture_id],
        story=[
            Block("text", "一段\r\n\r\n又一段"),
            Block("picture", "说明", picture=other.picture_id),
        ],
        activities=activities,
    )
    page = BrandPage.objects.get()
    editing.save_page(page, actor=officer, content=content, based_on=page.latest_revision_id)

    Sheet(client, project, officer).autosave()

    assert not WorkingCopy.objects.exists()


def test_who_does_not_say_what_he_saw_overwrites_nothing(project, officer):
    page = BrandPage.objects.get()

    outcome = editing.keep(
        page, actor=officer, content=PageContent(slogan="不知从何而来"), sheet=Page()
    )

    assert "slogan" in outcome.conflicts
    assert not WorkingCopy.objects.exists()


def test_keeping_asks_the_same_however_much_was_gathered(client, project, officer):
    def asked(words):
        with CaptureQueriesContext(connection) as queries:
            assert sheet.type(slogan=words).autosave().status_code == 200
        return len(queries)

    sheet = Sheet(client, project, officer)
    picture_of(project, activity=activity_of(project))
    asked("第一次")
    few = asked("一")
    for _ in range(3):
        picture_of(project, activity=activity_of(project))

    assert asked("二") == few <= 24
