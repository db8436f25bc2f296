"""What the browser itself keeps of a form: it waits for who typed it, and for nobody else."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD
from tests.e2e.steps import unit
from tests.e2e.steps.looking import shot

pytestmark = pytest.mark.e2e

DRAFT = "两院共读一张报表"  # the demo's unfinished application of the accounting college


def test_what_could_not_be_saved_waits_until_he_has_chosen(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    _leave_unsaved(page, "f-goals", "断网时写的建设目标。")

    offer = page.locator("[data-autosave-offer]")
    expect(offer).to_be_visible()
    with page.expect_response("**/autosave/") as saved:
        page.locator("[name='f-slogan']").fill("没有理会，先写口号")
    saved.value.finished()
    expect(page.locator("[data-autosave-status]")).to_contain_text("已保存")
    page.reload()

    expect(offer).to_be_visible()
    page.locator("[data-offer-restore]").click()
    expect(page.locator("[name='f-goals']")).to_have_value("断网时写的建设目标。")
    assert "断网时写的建设目标。" in _copies(page)
    unit.save(page)
    expect(page.locator(".messages")).to_contain_text("已保存")
    page.wait_for_load_state("networkidle")
    assert "断网时写的建设目标。" not in _copies(page)


def test_what_he_does_not_want_is_gone_at_once(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    _leave_unsaved(page, "f-goals", "不要了的建设目标。")

    page.locator("[data-offer-drop]").click()

    expect(page.locator("[data-autosave-offer]")).to_be_hidden()
    assert "不要了" not in _copies(page)


def test_points_that_were_sent_leave_nothing_readable_behind(page_as):
    page = page_as("expert2")
    page.goto("/review/next/")
    page.locator("textarea[name=for_unit]").fill("给单位的一段意见")
    page.get_by_role("button", name="保存，下一份").click()
    page.wait_for_load_state("networkidle")

    assert _copies(page) == "{}"


def test_who_signs_out_leaves_what_could_not_be_saved_and_nothing_that_was_sent(page_as):
    page = page_as("officer")
    page.goto("/my/")
    page.evaluate(
        """() => {
          const typed = [["f-goals", "字"]];
          const put = (name, copy) => localStorage.setItem(`unsaved:${name}`, JSON.stringify({ pairs: typed, ...copy }));
          put("sent", { at: Date.now(), sent: true });
          put("waiting", { at: Date.now(), sent: false });
        }"""
    )
    page.get_by_role("button", name="退出").first.click()
    page.wait_for_load_state("networkidle")

    assert page.evaluate(
        "() => Object.keys(localStorage).filter((key) => key.startsWith('unsaved:'))"
    ) == ["unsaved:waiting"]


def test_copies_older_than_a_week_go_on_any_page(page_as):
    page = page_as("officer")
    page.goto("/my/")
    page.evaluate(
        """() => {
          const at = Date.now() - 8 * 24 * 3600 * 1000;
          localStorage.setItem("unsaved:old", JSON.stringify({ at, sent: false, pairs: [] }));
        }"""
    )
    page.reload()
    page.wait_for_load_state("networkidle")

    assert _copies(page) == "{}"


def test_without_any_cookie_he_signs_in_again_in_place(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    page.context.clear_cookies()
    page.locator("[name='f-goals']").fill("没有Cookie还在写的建设目标。")
    dialog = page.get_by_role("dialog", name="登录已过期")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="登录，接着填").click()

    expect(page.locator("[data-autosave-status]")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("[name='f-goals']")).to_have_value("没有Cookie还在写的建设目标。")


def test_without_any_cookie_the_page_of_refusal_leads_to_what_he_typed(page_as):
    page = page_as("officer", width=390)
    unit.open_due(page, DRAFT)
    page.locator("[name='f-goals']").fill("按保存以前没了Cookie的目标。")
    page.context.clear_cookies()
    unit.save(page)
    expect(page.locator("main")).to_contain_text("按保存以前没了Cookie的目标。")
    shot(page, "no-cookies")
    page.get_by_role("link", name="重新登录").click()
    page.locator("input[name=login]").fill("officer")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/edit/**")

    page.locator("[data-offer-restore]").click()
    expect(page.locator("[name='f-goals']")).to_have_value("按保存以前没了Cookie的目标。")


def _leave_unsaved(page: Page, name: str, words: str) -> None:
    """Type something that cannot be saved, and open the form again."""
    page.route("**/autosave/", lambda route: route.abort())
    page.locator(f"[name='{name}']").fill(words)
    expect(page.locator("[data-autosave-status]")).to_contain_text("网络不通")
    page.reload()
    page.unroute("**/autosave/")


def _copies(page: Page) -> str:
    """Return all copies of forms that this browser keeps, as text."""
    return page.evaluate(
        """() => JSON.stringify(Object.fromEntries(
          Object.entries(localStorage).filter(([key]) => key.startsWith("unsaved:"))))"""
    )
