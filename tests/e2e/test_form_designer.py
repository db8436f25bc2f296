"""The office draws fields, looks at them as a unit will, tries them out, publishes, moves the drafts — and goes back again."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import designer, unit
from tests.e2e.steps.looking import shot
from tests.e2e.test_nothing_lost import DRAFT

pytestmark = pytest.mark.e2e
FORM, SECTION = "项目申报表", "基本信息"
PLACE = "三号楼 201"


def test_a_form_is_drawn_tried_out_published_and_taken_back(page_as):
    office, officer = page_as("office"), page_as("officer", width=390)
    the_office_draws_fields_of_several_kinds(office)
    the_preview_follows_the_drawing(office)
    a_trial_leaves_nothing(office)
    publishing_changes_no_draft(office, officer)
    the_drafts_are_moved_by_an_act_that_shows_what_changes(office)
    the_officer_answers_the_new_fields(officer)
    the_office_takes_the_first_version_back(office)
    what_the_officer_wrote_is_not_lost(officer)


def the_office_draws_fields_of_several_kinds(page: Page) -> None:
    designer.open_form(page, FORM)
    section = designer.unfold(page, SECTION)
    how = designer.add_field(page, section, "单选", "开展方式", help="线下的请写明场地")
    designer.add_choices(page, how, "线下", "线上", "线上线下结合")
    condition = {"only_if_field": "开展方式", "only_if_equals": "线下"}
    designer.add_field(page, section, "单行文字", "活动场地", max_characters="40", **condition)
    designer.add_field(page, section, "整数", "计划场次", unit="场")
    table = designer.add_field(page, section, "表格（可增减行）", "设备清单")
    designer.add_column(page, table, "单行文字", "设备")
    designer.add_column(page, table, "整数", "数量")


def the_preview_follows_the_drawing(page: Page) -> None:
    for size, width in (("在电脑上看", 1280), ("在手机上看", 390)):
        frame = designer.preview(page, size)
        expect(frame.get_by_role("group", name="开展方式")).to_be_visible(timeout=15_000)
        expect(frame.get_by_role("group", name="设备清单")).to_contain_text("数量")
        expect(frame.get_by_label("活动场地")).to_be_hidden()
        assert frame.locator("html").evaluate("() => innerWidth") == pytest.approx(width, abs=20)
        frame.get_by_role("group", name="开展方式").scroll_into_view_if_needed()
        shot(page, f"cms-designer-preview-{width}")
    frame.get_by_label("线下", exact=True).check()
    expect(frame.get_by_label("活动场地")).to_be_visible()
    page.get_by_role("button", name="预览开关").click()
    designer.save_draft(page)


def a_trial_leaves_nothing(page: Page) -> None:
    designer.go_on(page, "试填")
    page.get_by_label("线下", exact=True).check()
    page.get_by_label("活动场地").fill(PLACE)
    page.get_by_label("计划场次").fill("十二")
    page.get_by_role("button", name="按报送检查").click()

    expect(page.get_by_role("alert")).to_contain_text("请填整数")
    expect(page.get_by_label("活动场地")).to_have_value(PLACE)
    shot(page, "cms-designer-trial")
    page.goto("/admin/office/")
    expect(page.get_by_role("main")).not_to_contain_text(PLACE)


def publishing_changes_no_draft(page: Page, officer: Page) -> None:
    designer.open_form(page, FORM)
    designer.publish(page, version=2)
    expect(page.locator(".messages")).to_contain_text("份草稿还在用旧版")
    shot(page, "cms-designer-published")
    unit.open_due(officer, DRAFT)
    expect(officer.locator("form.fill")).not_to_contain_text("开展方式")


def the_drafts_are_moved_by_an_act_that_shows_what_changes(page: Page) -> None:
    page.locator(".messages").get_by_role("link", name="看看变什么").click()
    main = page.get_by_role("main")
    for label in ("开展方式", "活动场地", "计划场次", "设备清单", DRAFT):
        expect(main).to_contain_text(label)
    shot(page, "cms-designer-move")
    designer.move_drafts(page, to=2)
    expect(main).to_contain_text("没有在用旧版的草稿")


def the_officer_answers_the_new_fields(page: Page) -> None:
    page.goto("/my/messages/")
    expect(page.locator(".inbox")).to_contain_text("新增“开展方式”")
    unit.open_due(page, DRAFT)
    page.get_by_label("线下", exact=True).check()
    page.get_by_label("活动场地").fill(PLACE)
    page.get_by_label("计划场次").fill("12")
    unit.save(page)
    expect(page.locator(".messages")).to_contain_text("已保存")
    expect(page.get_by_label("活动场地")).to_have_value(PLACE)
    shot(page, "application-newer-form")


def the_office_takes_the_first_version_back(page: Page) -> None:
    designer.open_form(page, FORM)
    designer.go_on(page, "版本与草稿")
    shot(page, "cms-designer-versions")
    page.get_by_role("link", name="恢复为草稿").click()
    expect(page.get_by_role("main")).to_contain_text("和现在的草稿比")
    shot(page, "cms-designer-restore")
    page.get_by_role("button", name="恢复为草稿").click()
    expect(page.locator(".messages")).to_contain_text("第1版已恢复为草稿")
    designer.publish(page, version=1)
    page.locator(".messages").get_by_role("link", name="看看变什么").click()
    expect(page.get_by_role("main")).to_contain_text("留在表后的内容")
    designer.move_drafts(page, to=1)


def what_the_officer_wrote_is_not_lost(page: Page) -> None:
    unit.open_due(page, DRAFT)
    expect(page.locator("[name='f-title']")).to_have_value(DRAFT)
    expect(page.get_by_label("计划场次")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(PLACE)
    shot(page, "application-older-form")
