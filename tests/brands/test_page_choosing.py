"""What two have changed on a brand page is brought together, or left to choose; neither is lost."""

import re
from dataclasses import replace

import pytest

from brands.models import BrandPage
from brands.writing import editing
from brands.writing.content import Block, content_of
from tests.brands.editor import Sheet, address, kept
from tests.factories.forms import Cast
from tests.factories.projects import sent_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("take", ["mine", "saved", "both"])
def test_the_same_part_is_left_to_choose(client, project, officer, chair, take):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(**{"story-0-text": "主席写的"}).press()
    assert mine.type(**{"story-0-text": "经办人写的"}).autosave().json()["stale"]

    shown = mine.press()
    [(part, typed, _both)] = shown.context["choices"]
    chosen = {"held": shown.context["held"], f"take-{part.key}": take}
    client.post(address(project, "choose_page"), chosen)

    assert shown.status_code == 409
    assert part.label == "品牌故事第 1 段"
    assert (part.value.text, typed.value.text) == ("主席写的", "经办人写的")
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


def story(project):
    return [block.text for block in kept(project).story]


@pytest.fixture
def three(project, officer):
    """A story of three paragraphs: 甲, 乙, 丙."""
    page = BrandPage.objects.get()
    blocks = [Block("text", text) for text in "甲乙丙"]
    content = replace(content_of(page), story=blocks)
    editing.save_page(page, actor=officer, content=content, based_on=page.latest_revision_id)
    return [block.id for block in blocks]


def test_two_people_in_different_paragraphs_need_no_question(
    client, project, officer, chair, three
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(**{"story-0-text": "主席的甲"}).autosave()

    told = mine.type(**{"story-1-text": "经办人的乙"}).autosave()

    assert told.status_code == 200
    assert "同时改了：品牌故事第 1 段" in told.json()["merged"]
    assert told.json()["values"] == {"story-0-text": "主席的甲"}
    assert story(project) == ["主席的甲", "经办人的乙", "丙"]


def test_what_both_wrote_stays_on_each_page_until_somebody_chooses(
    client, project, officer, chair, three
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.type(**{"story-0-text": "主席的甲", "story-1-text": "主席的乙"}).autosave()

    told = mine.type(**{"story-0-text": "经办人的甲"}).autosave()

    assert told.status_code == 409
    assert "刚刚也改了“品牌故事第 1 段”" in told.json()["message"]
    assert told.json()["values"] == {"story-1-text": "主席的乙"}


def test_one_moves_a_paragraph_that_the_other_rewrites(client, project, officer, chair, three):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.press(f"down-{three[0]}")

    assert mine.type(**{"story-0-text": "经办人的甲"}).autosave().status_code == 200

    assert story(project) == ["乙", "经办人的甲", "丙"]


def test_what_both_add_is_kept_and_what_one_removes_is_gone(client, project, officer, chair, three):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.press("add-text")
    Sheet(client, project, chair).type(**{"story-3-text": "主席加的"}).autosave()
    Sheet(client, project, chair).press(f"drop-{three[1]}")

    new = {"story-TOTAL_FORMS": 4, "story-3-kind": "text", "story-3-id": "new"}
    told = mine.type(**new, **{"story-3-text": "经办人加的"}).autosave()

    assert told.status_code == 200
    assert story(project) == ["甲", "丙", "主席加的", "经办人加的"]
    mine.autosave()
    assert story(project) == ["甲", "丙", "主席加的", "经办人加的"]


@pytest.mark.parametrize(
    ("take", "left"), [("mine", ["甲", "经办人的乙", "丙"]), ("saved", ["甲", "丙"])]
)
def test_a_paragraph_that_one_removed_and_the_other_rewrote_is_left_to_choose(
    client, project, officer, chair, three, take, left
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.press(f"drop-{three[1]}")

    shown = mine.type(**{"story-1-text": "经办人的乙"}).press()

    assert "删去了这一段" in shown.text
    assert "两边都留" not in shown.text
    chosen = {"held": shown.context["held"], f"take-story.{three[1]}": take}
    client.post(address(project, "choose_page"), chosen)
    assert story(project) == left


def test_the_order_is_left_to_choose_where_both_have_moved_paragraphs(
    client, project, officer, chair, three
):
    mine, theirs = Sheet(client, project, officer), Sheet(client, project, chair)
    theirs.press(f"down-{three[0]}")

    shown = mine.press(f"up-{three[2]}")

    [(part, typed, both)] = shown.context["choices"]
    assert (part.label, both) == ("品牌故事的次序", False)
    assert part.value == ["文字：乙", "文字：甲", "文字：丙"]
    assert typed.value == ["文字：甲", "文字：丙", "文字：乙"]
    chosen = {"held": shown.context["held"], "take-story": "mine"}
    client.post(address(project, "choose_page"), chosen)
    assert story(project) == ["甲", "丙", "乙"]


def test_a_paragraph_keeps_its_name_in_the_cms_wherever_it_is_moved(
    client, project, officer, three
):
    Sheet(client, project, officer).press(f"up-{three[2]}")
    Sheet(client, project, officer).press()

    raw = BrandPage.objects.get().get_latest_revision_as_object().story.raw_data
    assert [one["id"] for one in raw] == [three[0], three[2], three[1]]


def test_a_paragraph_that_the_page_does_not_send_is_removed_and_comes_back_with_it(
    client, project, officer, three
):
    """The editor's script switches the inputs of a removed paragraph off, and on again."""
    sheet = Sheet(client, project, officer)
    named = {key: value for key, value in sheet.fields.items() if key.startswith("story-1-")}
    for key in named:
        del sheet.fields[key]

    sheet.autosave()
    assert story(project) == ["甲", "丙"]
    sheet.type(**named).autosave()
    assert story(project) == ["甲", "乙", "丙"]
