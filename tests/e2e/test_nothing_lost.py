"""Typing is never lost, and what is sent is sent once."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD
from tests.e2e.steps import unit
from tests.e2e.steps.looking import shot

pytestmark = pytest.mark.e2e

DRAFT = "两院共读一张报表"  # the demo's unfinished application of the accounting college
RETURNED = "一饭一蔬教工厨房"  # the demo's returned application of another college
NOTICES = ("教工之家开放时间调整", "给评审专家的一封信")  # of the demo


def test_a_session_that_runs_out_while_typing_loses_nothing(page_as, clock):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    page.locator("[name='f-goals']").fill("写了半小时的建设目标。")
    clock.forward(minutes=31)

    expect(page.locator("[data-autosave-status]")).to_contain_text("登录已过期")
    page.get_by_role("button", name="稍后再登录").click()
    unit.save(page)
    _sign_in_again(page, "officer")

    expect(page.locator("[name='f-goals']")).to_have_value("写了半小时的建设目标。")
    expect(page.get_by_role("alert")).to_contain_text("已经替您填回表里，还没有保存")
    shot(page, "brought-back")
    unit.save(page)
    expect(page.locator(".messages")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("[name='f-goals']")).to_have_value("写了半小时的建设目标。")


def test_signing_in_again_in_place_goes_on_where_he_was(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    page.context.clear_cookies(name="sessionid")
    page.locator("[name='f-goals']").fill("会话没了还在写的建设目标。")
    dialog = page.get_by_role("dialog", name="登录已过期")
    shot(page, "sign-in-again")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录，接着填").click()

    expect(page.locator("[data-autosave-status]")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("[name='f-goals']")).to_have_value("会话没了还在写的建设目标。")


def test_without_network_the_copy_in_the_browser_is_for_its_owner_alone(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    form = page.url
    page.context.set_offline(True)
    page.locator("[name='f-goals']").fill("断网时写的建设目标。")
    _wait_for_copy(page, "断网时写的")
    page.context.set_offline(False)
    # The browser is closed before anything was sent; then a colleague signs in on the same machine.
    page.evaluate("sessionStorage.setItem('copy', JSON.stringify(localStorage))")
    expect(page.locator("[data-autosave-status]")).to_contain_text("已保存")
    page.evaluate("Object.assign(localStorage, JSON.parse(sessionStorage.getItem('copy')))")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("chair")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/my/")
    page.goto(form)

    expect(page.locator("[data-colleagues]")).to_be_attached()
    expect(page.locator("[data-autosave-offer]")).to_be_hidden()


def test_a_second_tab_that_is_stale_shows_both_contents(page_as):
    officer, chair = page_as("officer"), page_as("chair", width=390)
    unit.open_due(officer, DRAFT)
    unit.open_due(chair, DRAFT)
    unit.fill(chair, {"audience": "主席写的对象"})
    unit.save(chair)
    expect(chair.locator(".messages")).to_contain_text("已保存")

    unit.fill(officer, {"audience": "经办人写的对象"})
    unit.save(officer)

    expect(officer.get_by_role("alert")).to_contain_text("哪一边都没有丢")
    group = officer.get_by_role("group", name="覆盖对象")
    expect(group).to_contain_text("主席写的对象")
    expect(group).to_contain_text("经办人写的对象")
    shot(officer, "compare")
    group.get_by_label("用我填的").check()
    officer.get_by_role("button", name="按选择保存").click()
    expect(officer.locator("[name='f-audience']")).to_have_value("经办人写的对象")


def test_the_second_window_of_a_page_does_not_overwrite_the_first(page_as):
    first = page_as("office")
    edit = _open_notice(first, NOTICES[0])
    second = first.context.new_page()
    second.goto(edit)
    first.locator("#id_title").fill("第一个窗口写的标题")
    _save_draft(first)
    expect(first.locator(".messages")).to_contain_text("已")

    second.locator("#id_title").fill("第二个窗口写的标题")
    _save_draft(second)
    _go_on_if_asked(second)

    expect(second.locator(".messages")).to_contain_text("您在另一个窗口")
    expect(second.locator("#id_title")).to_have_value("第二个窗口写的标题")
    shot(second, "two-editors")
    with second.context.expect_page() as opened:
        second.get_by_role("link", name="看那一稿改了什么").click()
    expect(opened.value.locator("body")).to_contain_text("第一个窗口写的标题")


def test_a_page_of_the_cms_comes_back_after_signing_in(page_as):
    page = page_as("office")
    _open_notice(page, NOTICES[1])
    page.locator("#id_title").fill("会话没了还在写的标题")
    page.context.clear_cookies(name="sessionid")
    _save_draft(page)
    _go_on_if_asked(page)
    _sign_in_again(page, "office")

    page.get_by_role("button", name="放回编辑页").click()
    expect(page.locator(".messages")).to_contain_text("还没有保存")
    expect(page.locator("#id_title")).to_have_value("会话没了还在写的标题")
    shot(page, "editor-brought-back")


def test_a_brand_page_saves_itself_and_signs_in_in_place(page_as):
    page = page_as("officer", width=390)
    _open_brand_page(page)
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies(name="sessionid")
    page.locator("[name=slogan]").fill("会话没了还在写的口号")
    _wait_for_copy(page, "会话没了还在写的口号")
    dialog = page.get_by_role("dialog", name="登录已过期")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录，接着填").click()

    expect(page.locator("[data-autosave-status]")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("[name=slogan]")).to_have_value("会话没了还在写的口号")
    expect(page.locator(".message.info")).to_contain_text("还没有存进草稿")


def test_the_second_window_of_a_brand_page_is_left_to_choose_and_back_leads_back(page_as):
    first = page_as("officer")
    _open_brand_page(first)
    second = first.context.new_page()
    second.goto(first.url)
    first.locator("[name=slogan]").fill("第一个窗口的口号")
    expect(first.locator("[data-autosave-status]")).to_contain_text("已保存")
    first.reload()

    second.locator("[name=slogan]").fill("第二个窗口的口号")
    expect(second.locator("[data-autosave-status]")).to_contain_text("您在另一个窗口")
    unit.save(second)
    group = second.get_by_role("group", name="品牌口号")
    expect(group).to_contain_text("第一个窗口的口号")
    shot(second, "choose-brand-page")
    second.go_back()
    expect(second.get_by_role("heading", name="编辑品牌页")).to_be_visible()
    second.go_forward()
    group.get_by_label("用您在另一个窗口保存的").check()
    second.get_by_role("button", name="按选择保存").click()

    expect(second.locator(".messages")).to_contain_text("草稿已保存")
    expect(second.locator("[name=slogan]")).to_have_value("第一个窗口的口号")
    expect(second.locator("[data-autosave-offer]")).to_be_hidden()


def test_a_double_click_sends_once(page_as):
    page = page_as("officer2")
    unit.open_due(page, RETURNED)
    before = _times_sent(page)
    unit.check(page)
    page.get_by_label("修改说明").fill("补写了名额和合办的办法。")
    page.get_by_role("button", name="报送", exact=True).dblclick()
    page.wait_for_url("**/receipt/")

    page.go_back()
    assert _times_sent(page) == before + 1


def _open_brand_page(page: Page) -> None:
    """Open the editor of the newest brand of the person's unit."""
    page.goto("/my/projects/")
    page.locator("main a[href*='/my/projects/YHYP-']").first.click()
    page.get_by_role("link", name="编辑品牌页").click()
    expect(page.locator("[name=slogan]")).to_be_visible()


def _open_notice(page: Page, title: str) -> str:
    """Open a notice of the demo in the CMS's editor; returns its address."""
    page.goto(f"/admin/pages/search/?q={title}")
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("#id_title")).to_have_value(title)
    return page.url


def _save_draft(page: Page) -> None:
    page.get_by_role("button", name="保存草稿").click()


def _go_on_if_asked(page: Page) -> None:
    """Go on where the editor itself has noticed something by then and asks."""
    asked = page.get_by_role("button", name="继续", exact=True)
    page.wait_for_timeout(500)
    if asked.is_visible():
        asked.click()


def _times_sent(page: Page) -> int:
    """Return how often the application on the screen was sent, by its own page's list of versions."""
    entry = page.url.split("/entries/")[1].split("/")[0]
    with_list = page.context.new_page()
    with_list.goto(f"/my/entries/{entry}/")
    versions = with_list.get_by_role("link", name="版 · ").count()
    with_list.close()
    return versions


def _wait_for_copy(page: Page, words: str) -> None:
    """Wait until this browser holds a copy with some words: at most two seconds old, so it must be there within them."""
    for _ in range(20):
        if words in page.evaluate("() => JSON.stringify(localStorage)"):
            return
        page.wait_for_timeout(100)
    pytest.fail("two seconds after typing there is no copy in the browser")


def _sign_in_again(page: Page, username: str) -> None:
    page.wait_for_url("**/accounts/login/**")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/edit/**")
