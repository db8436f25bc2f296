"""What two have changed on a brand page is brought together, or left to choose; neither is lost."""

import re

import pytest

from brands.models import BrandPage
from brands.page_content import content_of
from tests.brands.editor import Sheet, address, kept
from tests.factories.forms import Cast
from tests.factories.projects import (
    sent_page,
)

pytestmark = pytest.mark.django_db


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
