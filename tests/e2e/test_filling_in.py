"""附件1 filled in completely: on a phone, at a desk, and without any script; saved, returned, sent again."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.steps import unit
from tests.e2e.steps.looking import shot
from tests.e2e.steps.materials import photo, word
from tests.e2e.test_nothing_lost import DRAFT, RETURNED
from tests.forms_app.engine.test_length import COUNTED

pytestmark = pytest.mark.e2e
ROWS = {
    "members": [{"name": "示例丙", "staff_no": "T20260003", "duty": "讲旧账本"}],
    "schedule": [{"start": "2031-04-10", "end": "2031-06-10", "task": "开班，每周一晚"}],
    "indicators": [{"name": "晚课", "target": "40", "unit_label": "场"}],
    "budget_items": [
        {"category": "activity", "item": "灯和算盘", "basis": "80 元 × 50 套", "amount": "12000"}
    ],
}
DATES = {"start_date": "2031-04-10", "end_date": "2031-11-30"}


@pytest.mark.parametrize(
    ("width", "javascript"),
    [(390, True), (1440, True), (390, False)],
    ids=["phone", "desk", "plain"],
)
def test_the_application_is_filled_in_completely(page_as, width, javascript):
    page = page_as("officer", width=width, javascript=javascript)
    unit.open_due(page, DRAFT)
    _fill_in_all(page, javascript=javascript)
    unit.check(page)

    expect(page.get_by_text("必填的都填好了，没有发现问题。")).to_be_visible()
    main = page.get_by_role("main")
    for words in (unit.APPLICATION["slogan"], "灯和算盘", "12,000.00", "实施方案.docx"):
        expect(main).to_contain_text(words)
    if javascript:
        shot(page, f"check-{width}")
    # The draft goes back under its own name, and unfinished, for the tests that follow.
    page.goto(page.url.replace("check", "edit"))
    unit.fill(page, {"title": DRAFT})
    page.locator("[name='f-declaration']").uncheck()
    page.locator("[name=remove_file]").first.click()
    expect(page.locator("[name='f-title']")).to_have_value(DRAFT)


def test_a_returned_application_is_sent_again(page_as):
    page = page_as("officer2", width=390)
    unit.open_due(page, RETURNED)
    unit.fill(page, {"slogan": "一粥一饭，当思来处"})
    expect(page.locator("[data-autosave-status]")).to_contain_text("已保存", timeout=15_000)
    unit.check(page)
    expect(page.get_by_role("main")).to_contain_text("一粥一饭，当思来处")


def test_browser_and_server_count_alike(page_as):
    page = page_as("officer")
    unit.open_due(page, DRAFT)
    goals = page.locator("[name='f-goals']")
    for text, signs in COUNTED.items():
        goals.fill(text)
        expect(page.locator("[data-counter='f-goals']")).to_contain_text(f"已写 {signs} 字")
    unit.fill(page, {"goals": unit.APPLICATION["goals"]})
    unit.save(page)


def test_days_in_the_wrong_order_are_said_while_they_are_chosen(page_as):
    page = page_as("officer")
    unit.open_due(page, DRAFT)
    unit.fill(page, DATES)
    unit.fill_row(page, "schedule", 0, {"start": "2031-05-10", "end": "2031-05-01", "task": "开班"})
    said = page.locator("#field-f-schedule .reminder:visible")
    expect(said.filter(has_text="第 1 行：结束日期早于这一行的开始日期")).to_be_visible()
    unit.fill_row(page, "schedule", 0, {"end": "2031-12-01"})
    expect(said.filter(has_text="第 1 行：晚于项目的结束日期")).to_be_visible()
    unit.fill_row(page, "schedule", 0, {"end": "2031-06-10"})
    expect(said.filter(has_text="第 1 行")).to_have_count(0)


def test_what_is_mended_is_no_longer_told_as_wrong(page_as):
    page = page_as("officer")
    unit.open_due(page, DRAFT)
    unit.fill(page, {**DATES, "leader_phone": "1380000"})
    unit.fill_row(page, "schedule", 0, {"start": "2031-05-10", "end": "2031-05-01", "task": "开班"})
    unit.save(page)
    page.goto(f"{page.url}?check=1")
    phone, rows = page.locator("#field-f-leader_phone"), page.locator("#field-f-schedule")
    told = page.locator(".form-errors [data-fault-at='f-leader_phone']")
    expect(told).to_have_count(1)
    expect(phone.locator("[aria-invalid]")).to_have_count(1)
    expect(rows.locator("[aria-invalid]").first).to_be_visible()

    unit.fill(page, {"leader_phone": "13800000001"})
    unit.fill_row(page, "schedule", 0, {"end": "2031-06-10"})

    expect(told).to_have_count(0, timeout=15_000)
    for field in (phone, rows):
        expect(field.locator(".errorlist, [aria-invalid]")).to_have_count(0)


def test_a_row_that_was_dropped_comes_back_and_its_cells_are_counted(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    unit.fill_row(page, "members", 0, ROWS["members"][0])
    table = page.locator("#field-f-members")
    rows = table.locator("[data-row-list] > tr:visible")
    name, before = page.locator("[name='f-members-0-name']"), rows.count()

    rows.first.get_by_role("button", name="删去").click()
    expect(name).to_be_hidden()
    table.get_by_role("button", name="撤销刚才的删去").click()

    expect(rows).to_have_count(before)
    expect(name).to_have_value(ROWS["members"][0]["name"])
    duty = page.locator("[name='f-members-0-duty']")
    duty.fill("字" * 51)
    expect(rows.first).to_contain_text("51 / 50 字")
    duty.fill("讲旧账本")
    expect(rows.first.locator("[data-cell-counter]:visible")).to_have_count(0)
    unit.save(page)
    expect(name).to_have_value(ROWS["members"][0]["name"])


def test_an_upload_goes_on_when_the_network_is_back(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    page.context.set_offline(True)
    unit.attach(page, "attachments", photo("往年活动.jpg", seed=9))
    expect(page.locator("#field-f-attachments [data-uploading]")).to_contain_text("网络不通")
    page.context.set_offline(False)
    expect(page.locator("#field-f-attachments [data-files]")).to_contain_text("往年活动.jpg")
    page.locator("#field-f-attachments [name=remove_file]").first.click()
    expect(page.locator("#field-f-attachments [data-files] li")).to_have_count(0)


def _fill_in_all(page: Page, *, javascript: bool) -> None:
    unit.fill(page, {**unit.APPLICATION, **DATES})
    for table, rows in ROWS.items():
        for number, row in enumerate(rows):
            unit.fill_row(page, table, number, row)
    _drop_other_rows(page, javascript=javascript)
    unit.attach(page, "plan_file", word("实施方案.docx", "实施方案"))


def _drop_other_rows(page: Page, *, javascript: bool) -> None:
    """Drop the rows of the demo's draft that the test does not write."""
    for table, rows in ROWS.items():
        group = page.locator(f"#field-f-{table} [data-row-list] > tr")
        for place in range(group.count() - 1, len(rows) - 1, -1):
            row = group.nth(place)
            if javascript:
                row.get_by_role("button", name="删去").click()
            else:
                row.locator("[name$=-DELETE]").check()
