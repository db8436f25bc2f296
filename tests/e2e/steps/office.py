"""The school union's office: checking, experts, decisions, guidance, acceptance, awards."""

from playwright.sync_api import Page, expect

from tests.e2e.steps.cms import menu


def open_call(page: Page, title: str) -> None:
    """Go to the overview of one call."""
    menu(page, "申报与评审")
    page.get_by_role("link", name=title).click()


def open_entry(page: Page, call: str, title: str) -> None:
    """Go to one entry of a call, by way of the queue."""
    open_call(page, call)
    page.get_by_role("link", name="全部申报").click()
    page.get_by_role("link", name=title).click()


def pass_check(page: Page) -> None:
    """Tick the whole checklist and pass the formal check of the entry on the screen."""
    lines = page.locator("#act-pass_check input[type=checkbox]")
    expect(lines).not_to_have_count(0)
    for line in lines.all():
        line.check()
    _act(page, "pass_check")


def return_with_remark(page: Page, *, comment: str, field: str, remark: str) -> None:
    """Return the entry on the screen, with a remark at one field."""
    page.locator("div:has(> dt)").filter(has_text=field).get_by_text("提修改意见").first.click()
    page.get_by_label(f"对“{field}”的修改意见").fill(remark)
    page.locator("details:has(#act-return) > summary").click()
    page.get_by_label("需要修改什么").fill(comment)
    _act(page, "return")


def expert_box(page: Page, name: str):
    """Return the line of an expert among those who can be assigned."""
    return page.locator(".office-experts li").filter(has_text=name)


def assign(page: Page, *names: str) -> None:
    """Give the entry on the screen to experts."""
    for name in names:
        expert_box(page, name).get_by_role("checkbox").check()
    _act(page, "assign")


def close_review(page: Page) -> None:
    """End the review of the entry on the screen."""
    act = page.locator("#act-close_review")
    act.wait_for(state="attached")
    if not act.is_visible():
        page.locator("details:has(#act-close_review) > summary").click()
    _act(page, "close_review")


def establish(page: Page, *, amount: str, minutes: str) -> None:
    """Decide for the entry on the screen, with a grant in 元, and release the decision with its letter."""
    page.locator("#act-decide [name=amount]").fill(amount)
    _act(page, "decide")
    page.locator("#act-decide").get_by_role("link", name="去决定台").click()
    page.get_by_role("link", name="去发布").click()
    page.get_by_label("会议纪要").fill(minutes)
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="确认发布").click()
    expect(page.locator(".messages")).to_contain_text("已发布")


def conclude_notices(page: Page, call: str) -> None:
    """Announce what has stood out its public notice."""
    open_call(page, call)
    page.get_by_role("button", name="公布立项").click()
    expect(page.locator(".messages")).to_contain_text("已公布立项")


def open_project(page: Page, title: str) -> str:
    """Go to a project by the register of projects; return its number."""
    menu(page, "项目与表彰", "项目")
    page.locator("tr").filter(has_text=title).get_by_role("link", name=title).click()
    page.wait_for_url("**/admin/projects/*/")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def guide(page: Page, text: str) -> None:
    """Send guidance to the unit of the project on the screen."""
    page.locator("#guidance [name=text]").fill(text)
    page.locator("#guidance").get_by_role("button", name="发给单位").click()
    expect(page.locator(".messages")).to_contain_text("指导意见已发给单位")


def accept(page: Page, *, grade: str, opinion: str) -> None:
    """Accept the summary of the project on the screen."""
    page.locator("#accept [name=grade]").select_option(label=grade)
    page.locator("#accept [name=opinion]").fill(opinion)
    page.locator("#accept").get_by_role("button", name="记录验收结论").click()
    expect(page.locator(".messages")).to_contain_text("验收结论已记录")


def give_award(page: Page, level: str) -> None:
    """Give the project on the screen an award."""
    page.locator("#award [name=level]").select_option(label=level)
    page.locator("#award").get_by_role("button", name="授奖").click()
    expect(page.locator(".messages")).to_contain_text("已授奖")


def _act(page: Page, code: str) -> None:
    page.locator(f"#act-{code} button[type=submit]").click()
    expect(page.locator(".messages")).to_contain_text("已办")
