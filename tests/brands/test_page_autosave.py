"""Nothing typed on a brand page is lost or overwritten, and nothing of it is public, a revision, or sent by itself."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brands import page_editing
from brands.models import BrandPage, Project, WorkingCopy
from brands.page_content import Block, PageContent, content_of
from portal.lifecycle.door import Refused
from portal.units.models import Post
from portal.workspace.autosaving import Page
from tests.factories.forms import Cast
from tests.factories.projects import (
    activity_of,
    picture_of,
    project_in,
    public_page,
    sent_page,
    written_page,
)
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def a_project(made_once):
    return made_once(project_in)


@pytest.fixture
def project(db, a_project):
    return Project.objects.get(pk=a_project.pk)


@pytest.fixture
def officer(project):
    return Cast(project.unit).officer


@pytest.fixture
def chair(project):
    return Cast(project.unit).chair


def address(project, name="edit_page"):
    return reverse(f"brands:{name}", args=[project.project_no])


class Sheet:
    """An open editor: what it holds and what it says it showed, as the browser would post it."""

    def __init__(self, client, project, actor):
        self.client, self.project, self.actor = client, project, actor
        client.force_login(actor)
        shown = client.get(address(project))
        self.fields = {
            name: shown.context[key]
            for name, key in (("page", "page_name"), ("seen", "seen"), ("save_count", "save_count"))
        }
        form, blocks = shown.context["form"], shown.context["blocks"]
        self.text = shown.text
        self.fields |= {one.html_name: one.value() or "" for one in form}
        self.fields |= {one.html_name: one.value() or "" for block in blocks for one in block}
        self.fields |= {"story-TOTAL_FORMS": len(blocks), "story-INITIAL_FORMS": len(blocks)}

    def type(self, **fields):
        self.fields |= fields
        return self

    def autosave(self):
        self.client.force_login(self.actor)
        answer = self.client.post(
            address(self.project, "autosave_page"),
            self.fields,
            headers={"Accept": "application/json"},
        )
        told = answer.json()
        self.fields |= {name: told[name] for name in ("seen", "save_count") if name in told}
        return answer

    def press(self, do="save", **more):
        self.client.force_login(self.actor)
        return self.client.post(address(self.project), {**self.fields, "do": do}, **more)


def kept(project):
    return page_editing.draft_of(BrandPage.objects.get(project=project)).content


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
    assert not page_editing.draft_of(page).unsaved


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


@pytest.mark.parametrize("take", ["mine", "saved", "both"])
def test_the_same_part_is_left_to_choose(client, project, officer, chair, take):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(**{"story-0-text": "主席写的"}).press()
    assert mine.type(**{"story-0-text": "经办人写的"}).autosave().json()["stale"]

    shown = mine.press()
    client.post(
        address(project, "choose_page"), {"held": shown.context["held"], "take-story": take}
    )

    assert shown.status_code == 409
    assert str(chair) in shown.text
    told = [block.text for block in content_of(BrandPage.objects.get()).story]
    expected = {"mine": ["经办人写的"], "saved": ["主席写的"], "both": ["主席写的", "经办人写的"]}
    assert [text for text in told if text.endswith("写的")] == expected[take]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("take", ["mine", "saved"])
def test_the_page_that_was_chosen_from_is_known_to_have_arrived(
    client, project, officer, chair, take
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(slogan="主席写的").press()
    shown = mine.type(slogan="经办人写的").press()

    chosen = {"held": shown.context["held"], "take-slogan": take}
    client.post(address(project, "choose_page"), chosen)

    assert f'data-saved-from="{mine.fields["page"]}"' in client.get(address(project)).text


@pytest.mark.parametrize("take", ["both", "neither"])
def test_what_was_not_offered_to_choose_is_refused_and_both_stay_to_choose(
    client, project, officer, chair, take
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(slogan="主席写的").press()
    shown = mine.type(slogan="经办人写的").press()

    told = client.post(
        address(project, "choose_page"), {"held": shown.context["held"], "take-slogan": take}
    )

    assert told.status_code == 422
    assert "只能在两边里选一边" in told.text
    assert [one[0].key for one in told.context["choices"]] == ["slogan"]
    assert "主席写的" in told.text
    assert "经办人写的" in told.text
    assert kept(project).slogan == "主席写的"


def test_what_came_back_unsaved_is_saved_with_the_choice(client, project, officer, chair):
    """Only one part of it met a colleague's; the browser had kept all of it, and the server nothing."""
    here = {"origin": "http://testserver"}
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(slogan="主席写的", cover="").press()
    whose = re.search(r'name="whose" value="([^"]+)"', Sheet(client, project, officer).text)[1]
    mine.type(slogan="经办人写的", intro="经办人的简介", whose=whose, restore="1")

    shown = mine.press(headers=here, follow=True)
    chosen = {"held": shown.context["held"], "take-slogan": "saved"}
    client.post(address(project, "choose_page"), chosen)

    assert (kept(project).slogan, kept(project).intro) == ("主席写的", "经办人的简介")


def test_a_choice_that_the_review_has_overtaken_is_told_and_stays_to_read(
    client, project, officer, chair
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(slogan="主席写的").press()
    shown = mine.type(slogan="经办人写的").press()
    sent_page(project)

    told = client.post(
        address(project, "choose_page"), {"held": shown.context["held"], "take-slogan": "mine"}
    )

    assert told.status_code == 409
    assert "审核结束前不能修改" in told.text
    assert "经办人写的" in told.text


def test_his_own_other_window_is_no_colleague(client, project, officer):
    first, second = Sheet(client, project, officer), Sheet(client, project, officer)
    first.type(slogan="第一个窗口").autosave()

    told = second.type(slogan="第二个窗口").autosave()

    assert told.status_code == 409
    assert "您在另一个窗口刚刚也改了“品牌口号”" in told.json()["message"]
    assert "您在另一个窗口" in second.press().text
    assert kept(project).slogan == "第一个窗口"


def test_the_colleague_is_named_also_after_ones_own_other_parts_were_kept(
    client, project, officer, chair
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(slogan="主席写的").autosave()
    mine.type(slogan="经办人写的", intro="经办人的简介").autosave()

    shown = mine.press()

    assert kept(project).intro == "经办人的简介"
    assert f"用{chair}保存的" in shown.text


def test_a_save_whose_answer_got_lost_is_no_conflict_with_oneself(client, project, officer):
    sheet = Sheet(client, project, officer)
    seen = sheet.fields["seen"]
    sheet.type(slogan="第一次").autosave()

    told = sheet.type(slogan="第二次", seen=seen).autosave()

    assert told.status_code == 200
    assert kept(project).slogan == "第二次"


def test_what_the_office_edits_meanwhile_is_left_to_choose(client, project, officer):
    sheet = Sheet(client, project, officer)
    sheet.type(slogan="单位的口号", intro="单位的简介").autosave()
    page = BrandPage.objects.get().get_latest_revision_as_object()
    page.slogan = "校工会改的口号"
    page.save_revision(user=Cast(project.unit).office)

    shown = sheet.press(follow=True)

    assert shown.status_code == 409
    assert "校工会改的口号" in shown.text
    assert content_of(BrandPage.objects.get()).slogan == "校工会改的口号"
    chosen = {"held": shown.context["held"], "take-slogan": "mine"}
    client.post(address(project, "choose_page"), chosen)
    told = content_of(BrandPage.objects.get())
    assert (told.slogan, told.intro) == ("单位的口号", "单位的简介")


def test_what_nobody_saved_in_the_draft_is_not_sent(client, project, officer, chair):
    page = written_page(project)
    Sheet(client, project, officer).type(slogan="还没存的").autosave()

    with pytest.raises(Refused, match="还没有存进草稿"):
        page_editing.send_page(page, actor=chair)

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
    content = page_editing.draft_of(BrandPage.objects.get(project=project)).content
    page_editing.keep(
        BrandPage.objects.get(project=project),
        actor=officer,
        content=replace(content, story=story),
    )

    sheet = Sheet(client, project, officer)
    assert sheet.type(slogan="还在写").autosave().status_code == 200
    assert [one.text for one in kept(project).story] == [one.text for one in story]
    revisions = page_editing.draft_of(BrandPage.objects.get(project=project)).page.revisions.count()
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
    page_editing.save_page(page, actor=officer, content=content, based_on=page.latest_revision_id)

    Sheet(client, project, officer).autosave()

    assert not WorkingCopy.objects.exists()


def test_who_does_not_say_what_he_saw_overwrites_nothing(project, officer):
    page = BrandPage.objects.get()

    outcome = page_editing.keep(
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

    assert asked("二") == few <= 35
