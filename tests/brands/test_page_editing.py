"""Writing the brand page: every save a draft, nothing public before three people have read it."""

import pytest
from django.urls import reverse

from brands.models import BrandPage, ProjectStatus
from brands.writing import editing
from brands.writing.content import Block, PageContent, content_of
from portal.lifecycle.door import Refused
from portal.merging import fingerprint
from portal.units.models import Post
from tests.brands.editor import kept
from tests.factories.forms import Cast
from tests.factories.projects import (
    activity_of,
    approve_all,
    picture_of,
    project_in,
    public_page,
    sent_page,
    written_page,
)
from tests.factories.units import UnitFactory, person_of

pytestmark = pytest.mark.django_db


def save(page, content, *, actor=None, based_on=None):
    page = BrandPage.objects.get(pk=page.pk)
    return editing.save_page(
        page,
        actor=actor or Cast(page.project.unit).officer,
        content=content,
        based_on=based_on or page.latest_revision_id,
    )


def test_what_was_saved_is_what_comes_back(project):
    activity, shown = activity_of(project), picture_of(project)
    content = PageContent(
        slogan="示例口号",
        intro="示例简介",
        cover=shown.picture_id,
        story=[
            Block("heading", "小标题"),
            Block("text", "一段文字"),
            Block("quote", "一句引语"),
            Block("picture", "说明", picture=shown.picture_id),
            Block("video", "视频", bv="BV1xx411c7mD"),
        ],
        activities=[activity.pk],
        gallery=[shown.picture_id],
    )

    save(project.page, content)

    assert content_of(BrandPage.objects.get()) == content


def test_saving_changes_nothing_for_the_public(client, project):
    page = public_page(project, slogan="公开的口号")

    save(page, PageContent(slogan="新的口号"))

    page.refresh_from_db()
    assert page.live
    assert page.slogan == "公开的口号"
    assert "新的口号" not in client.get(page.url).content.decode()


def test_a_page_told_from_another_units_picture_is_refused(project):
    theirs = picture_of(project_in())

    with pytest.raises(Refused, match="不属于这个项目"):
        save(project.page, PageContent(cover=theirs.picture_id))


def test_a_save_on_top_of_somebody_elses_is_not_carried_out(project):
    opened = BrandPage.objects.get().latest_revision_id
    save(project.page, PageContent(slogan="对方的"), actor=Cast(project.unit).chair)

    with pytest.raises(editing.Stale):
        save(project.page, PageContent(slogan="我的"), based_on=opened)

    assert content_of(BrandPage.objects.get()).slogan == "对方的"


def test_nobody_edits_during_the_review(project):
    page = written_page(project)
    editing.send_page(page, actor=Cast(project.unit).officer)

    with pytest.raises(Refused, match="审核结束前不能修改"):
        save(page, PageContent(slogan="趁机"))


def test_a_page_taken_back_can_be_edited_again(project):
    page = written_page(project)
    editing.send_page(page, actor=Cast(project.unit).officer)

    editing.take_back(BrandPage.objects.get(), actor=Cast(project.unit).officer)

    assert save(page, PageContent(slogan="改好了"))


def test_an_unfinished_page_is_told_all_that_is_missing(project):
    quiet = picture_of(project, caption="", consent=False)
    save(project.page, PageContent(gallery=[quiet.picture_id]))

    with pytest.raises(Refused) as refused:
        editing.send_page(project.page, actor=Cast(project.unit).officer)

    for words in ("封面", "简介", "一段文字", "没有说明", "肖像授权"):
        assert words in str(refused.value)


def test_three_approvals_make_exactly_this_revision_public(client, project):
    page = written_page(project, slogan="审过的口号")
    assert client.get(page.url).status_code == 404
    editing.send_page(page, actor=Cast(project.unit).officer)
    assert client.get(page.url).status_code == 404

    approve_all(page)

    assert "审过的口号" in client.get(page.url).content.decode()


def test_a_revoked_project_is_no_longer_public(client, project):
    from brands.cultivation import cultivating

    page = public_page(project)

    cultivating.revoke(project, actor=Cast(project.unit).office, reason="经费使用不当")

    assert client.get(page.url).status_code == 404
    with pytest.raises(Refused):
        save(page, PageContent(slogan="再来"))


def test_the_party_secretary_and_others_do_not_edit(project):
    for actor in (Cast(project.unit).party, person_of(UnitFactory(), Post.OFFICER)):
        with pytest.raises(Refused, match="经办人或工会主席"):
            save(project.page, PageContent(), actor=actor)


def test_a_correction_of_a_record_changes_no_page(project):
    from brands.cultivation import recording

    activity = activity_of(project, name="公开时的名称")
    page = public_page(project, activities=[activity.pk])

    activity.refresh_from_db()
    recording.change_activity(
        activity, actor=Cast(project.unit).officer, fields={"name": "后来改的"}
    )
    recording.remove_activity(activity, actor=Cast(project.unit).officer)

    assert [told.name for told in BrandPage.objects.get(pk=page.pk).shown_activities.all()] == [
        "公开时的名称"
    ]
    assert kept(project).activities == []


class TestEditor:
    """The editor in the browser, without any script."""

    def address(self, project, tail=""):
        return f"/my/projects/{project.project_no}/page/{tail}"

    def typed(self, page, *texts, **fields):
        data = {
            "slogan": "口号",
            "intro": "简介",
            "seen": fingerprint(content_of(page).answers()),
            "story-TOTAL_FORMS": len(texts),
            "story-INITIAL_FORMS": len(texts),
            **fields,
        }
        for place, text in enumerate(texts):
            data |= {f"story-{place}-kind": "text", f"story-{place}-text": text}
        return data

    @pytest.fixture(autouse=True)
    def _signed_in(self, client, project):
        client.force_login(Cast(project.unit).officer)

    def test_it_shows_the_draft(self, client, project):
        text = client.get(self.address(project)).content.decode()

        assert "三年前只有四个人" in text

    @pytest.mark.parametrize(
        ("do", "order"),
        [
            ("down-0", ["乙", "甲"]),
            ("up-1", ["乙", "甲"]),
            ("drop-0", ["乙"]),
            ("up-9", ["甲", "乙"]),
        ],
    )
    def test_blocks_move_and_go_with_no_revision_and_nothing_lost(self, client, project, do, order):
        before = BrandPage.objects.get().latest_revision_id

        response = client.post(
            self.address(project),
            self.typed(BrandPage.objects.get(), "甲", "乙", do=do),
            follow=True,
        )

        assert [block["text"].value() for block in response.context["blocks"]] == order
        assert response.context["form"]["slogan"].value() == "口号"
        assert BrandPage.objects.get().latest_revision_id == before

    def test_a_block_is_added_at_the_end(self, client, project):
        response = client.post(
            self.address(project),
            self.typed(BrandPage.objects.get(), "甲", do="add-quote"),
            follow=True,
        )

        assert [block.kind_code for block in response.context["blocks"]] == ["text", "quote"]

    def test_saving_keeps_the_order(self, client, project):
        client.post(
            self.address(project), self.typed(BrandPage.objects.get(), "甲", "乙", do="save")
        )

        assert [block.text for block in content_of(BrandPage.objects.get()).story] == ["甲", "乙"]

    def test_too_long_a_text_is_told_and_stays(self, client, project):
        before = BrandPage.objects.get().latest_revision_id

        response = client.post(
            self.address(project),
            self.typed(BrandPage.objects.get(), "长" * 3001, do="save"),
            follow=True,
        )

        assert "最多 3000 字，现在 3001 字" in response.text
        assert "长" * 3001 in response.text
        assert BrandPage.objects.get().latest_revision_id == before

    def test_a_stale_page_shows_both_versions_to_choose_from(self, client, project):
        mine = self.typed(BrandPage.objects.get(), "我的文字", do="save")
        save(project.page, PageContent(slogan="对方的口号"), actor=Cast(project.unit).chair)

        shown = client.post(self.address(project), mine)

        assert shown.status_code == 409
        assert "对方的口号" in shown.text
        assert content_of(BrandPage.objects.get()).slogan == "对方的口号"
        chosen = {"held": shown.context["held"], "take-slogan": "saved", "take-story": "mine"}
        assert client.post(self.address(project, "choose/"), chosen).status_code == 302
        told = content_of(BrandPage.objects.get())
        assert told.slogan == "对方的口号"
        assert [block.text for block in told.story] == ["我的文字"]

    def test_the_preview_is_the_units_and_the_offices(self, client, project):
        written_page(project, slogan="预览的口号")
        address = self.address(project, "preview/")

        assert "预览的口号" in client.get(address).content.decode()
        client.force_login(Cast(project.unit).office)
        assert client.get(address).status_code == 200
        client.force_login(person_of(UnitFactory()))
        assert client.get(address).status_code == 404
        client.logout()
        assert client.get(address).status_code == 302

    def test_sending_from_the_screen(self, client, project):
        written_page(project)

        client.post(self.address(project, "send/"))

        assert BrandPage.objects.get().workflow_in_progress


def test_editing_ends_with_a_terminated_project(client):
    project = project_in(ProjectStatus.TERMINATED)
    client.force_login(Cast(project.unit).officer)

    response = client.get(f"/my/projects/{project.project_no}/page/")

    assert response.status_code == 409
    assert "已终止" in response.content.decode()


def test_a_page_under_review_is_there_to_read_and_what_was_typed_before_stays(client, project):
    sent_page(project)
    client.force_login(Cast(project.unit).officer)
    address = reverse("brands:edit_page", args=[project.project_no])

    assert f'href="{address}"' in client.get(project.my_path).text
    shown = client.get(address).text
    late = client.post(address, {"slogan": "写了一半的口号", "story-TOTAL_FORMS": 0})

    assert '<fieldset class="whole" disabled>' in shown
    assert 'value="save"' not in shown.partition('class="save-bar"')[2]
    assert late.status_code == 409
    assert "没有保存" in late.text
    assert "写了一半的口号" in late.text
