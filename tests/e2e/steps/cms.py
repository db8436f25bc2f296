"""The office's content: policies, notices, calls and their way through the three stages."""

import re
from datetime import datetime

from playwright.sync_api import Page, expect

REVIEWERS = ("reviewer1", "reviewer2", "reviewer3")


def menu(page: Page, *names: str) -> None:
    """Open an entry of the CMS's menu, through its group where there is one."""
    page.goto("/admin/")
    sidebar = page.locator("aside")
    for name in names[:-1]:
        sidebar.get_by_role("button", name=name, exact=True).click()
    sidebar.get_by_role("link", name=names[-1], exact=True).click()


def settle_year(page: Page, year: int, dates: dict[str, str], budget: int) -> None:
    """Create a programme year; `dates` by the field's name, as 2027-03-01."""
    menu(page, "申报设置", "年度")
    page.get_by_role("link", name="新建年度").first.click()
    page.locator("[name=year]").fill(str(year))
    page.locator("[name=budget]").fill(str(budget))
    for name, day in dates.items():
        _type_date(page, name, day)
    page.get_by_role("button", name="创建").click()
    expect(page.locator(".messages")).to_contain_text(f"{year}年度")


def add_award_level(page: Page, year: int, name: str) -> None:
    """Name a level of the year's awards."""
    menu(page, "项目与表彰", "奖项")
    page.get_by_role("link", name="新建奖项").first.click()
    page.locator("[name=programme_year]").select_option(label=f"{year}年度")
    page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messages")).to_contain_text(name)


def upload_policy(page: Page, name: str, content: bytes) -> None:
    """Begin a policy page with its official document."""
    menu(page, "从公文文件新建")
    page.get_by_label("公文文件").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="上传并新建").click()
    page.wait_for_url("**/edit/")


def add_page(page: Page, index: str, *, title: str, text: str) -> None:
    """Begin a page below an index, with a title and a paragraph."""
    page.goto("/admin/pages/")
    page.get_by_role("link", name=f"查看'{index}'的子页面").click()
    page.get_by_role("link", name="添加子页面").first.click()
    page.locator("[name=title]").fill(title)
    body = page.locator("[data-contentpath=body]").first
    body.get_by_title("插入内容块").first.click()
    page.get_by_role("option", name="正文").click()
    body.locator("[contenteditable=true]").last.click()
    page.keyboard.insert_text(text)
    # The editor writes what was typed into the form a moment later.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(re.escape(text)))


def fill_call(
    page: Page,
    *,
    kind: str,
    year: int,
    form: str,
    rubric: str,
    opens: datetime,
    closes: datetime,
    notice_days: int,
) -> None:
    """Fill in what a call settles: which form, when, how it is judged."""
    page.locator("[name=kind]").select_option(label=kind)
    page.locator("[name=programme_year]").select_option(label=f"{year}年度")
    page.locator("[data-contentpath=form]").get_by_role("button", name="选择").first.click()
    page.locator(".modal").get_by_role("link", name=form).click()
    expect(page.locator("[data-contentpath=form]")).to_contain_text(form)
    for name, moment in (("opens_at", opens), ("closes_at", closes)):
        _type_date(page, name, moment.strftime("%Y-%m-%d %H:%M"))
    page.locator("[name=rubric]").select_option(label=rubric)
    page.locator("[name=experts_per_entry]").fill("3")
    page.locator("[name=notice_days]").fill(str(notice_days))


def send_to_review(page: Page) -> None:
    """Hand the page in the editor to the three stages."""
    submit = page.get_by_role("button", name="提交给学校工会审核", include_hidden=True)
    submit.wait_for(state="attached")
    if not submit.is_visible():
        page.locator("footer").get_by_role("button", name="更多动作").click()
    submit.click()
    expect(page.locator(".messages")).to_contain_text("审核")


def pass_three_stages(page_as, title: str, *, on_each=None) -> None:
    """Let 初审, 复审 and 终审 pass a page, each after having looked at it.

    Args:
        on_each: called after each stage with how many stages have passed.
    """
    for passed, reviewer in enumerate(REVIEWERS, start=1):
        page = page_as(reviewer)
        page.goto("/admin/")
        page.get_by_role("link", name=title).first.click()
        expect(page.get_by_role("heading", name="待审的内容")).to_be_visible()
        page.get_by_label("意见").fill("内容属实，同意。")
        page.get_by_role("button", name="通过", exact=True).click()
        said = "现在公开" if passed == len(REVIEWERS) else "已通过"
        expect(page.locator(".messages")).to_contain_text(said)
        page.context.close()
        if on_each:
            on_each(passed)


def _type_date(page: Page, name: str, value: str) -> None:
    field = page.locator(f"[name={name}]")
    field.fill(value)
    field.press("Escape")  # the calendar closes
