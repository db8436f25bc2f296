"""The office's form designer in the CMS: drawing fields, looking at them as a unit will, publishing, moving drafts."""

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.e2e.steps.cms import menu

TITLES = "[name^=body-][name$=-value-title]"


def open_form(page: Page, name: str) -> None:
    """Go to the designer of a form."""
    menu(page, "表单设计")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("#body-root")).to_be_attached()


def go_on(page: Page, what: str) -> None:
    """From the designer to what stands in its head: 试填, 版本与草稿."""
    page.locator("header").get_by_role("link", name=what).click()


def unfold(page: Page, section: str) -> str:
    """Open a section of the drawing; return how the names of its inputs begin."""
    expect(page.locator(TITLES)).not_to_have_count(0)
    place = page.locator(TITLES).evaluate_all(
        "(inputs, title) => inputs.findIndex((it) => it.value === title)", section
    )
    name = f"body-{place}-value"
    if not page.locator(f"[name={name}-title]").is_visible():
        _panel(page, f"{name}-title").get_by_role("button", name="部件开关").first.click()
    expect(page.locator(f"[name={name}-title]")).to_be_visible()
    return name


def add_field(page: Page, section: str, kind: str, label: str, **inputs: str) -> str:
    """Add a field at the end of a section; return how the names of its inputs begin.

    Args:
        section: `unfold` of it.
        kind: what the menu calls it.
        inputs: the field's inputs by the end of their names; those behind the cog are found there.
    """
    name = _add(page, f"{section}-fields", kind)
    page.locator(f"[name={name}-label]").fill(label)
    for part, value in inputs.items():
        control = page.locator(f"[name={name}-{part}]")
        if not control.is_visible():
            _panel(page, f"{name}-label").get_by_role("button", name="设置").first.click()
        control.fill(value)
    return name


def add_choices(page: Page, field: str, *words: str) -> None:
    """Write the choices of a field into the two lines that are there, and add lines for more."""
    for place, word in enumerate(words):
        control = page.locator(f"[name={field}-choices-{place}-value-label]")
        if not control.count():
            choices = page.locator(f"div:has(> [name={field}-choices-count])")
            choices.get_by_title("新增").last.click()
        control.fill(word)


def add_column(page: Page, field: str, kind: str, label: str) -> None:
    """Add a column to a table."""
    name = _add(page, f"{field}-columns", kind)
    page.locator(f"[name={name}-label]").fill(label)


def preview(page: Page, size: str) -> FrameLocator:
    """Open the live preview beside the drawing, for a desk or a phone (what the button says); return what it shows."""
    panel = page.locator("[data-side-panel=preview]")
    if not panel.is_visible():
        page.get_by_role("button", name="预览开关").click()
    panel.get_by_label(size).check(force=True)
    return panel.frame_locator("iframe").last


def save_draft(page: Page) -> None:
    """Save what was drawn; units see nothing of it yet."""
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator(".messages")).to_contain_text("草稿已保存")


def publish(page: Page, *, version: int) -> None:
    """Publish what is drawn: from now on the form is filled in by this version."""
    page.locator("footer").get_by_role("button", name="更多动作").click()
    page.locator("footer").get_by_role("button", name="发布").click()
    expect(page.locator(".messages")).to_contain_text(f"现在用的是第 {version} 版")


def move_drafts(page: Page, *, to: int) -> None:
    """Move all open drafts to the version in use, from the page that shows what changes."""
    page.get_by_role("button", name=f"换用第 {to} 版").click()
    expect(page.locator(".messages")).to_contain_text(f"已换用第{to}版")


def _add(page: Page, stream: str, kind: str) -> str:
    count = page.locator(f"[name={stream}-count]")
    number = count.input_value()
    page.locator(f"div:has(> [name={stream}-count])").get_by_title("插入内容块").last.click()
    page.get_by_placeholder("搜索项").fill(kind)
    page.locator("[role=listbox]:visible").get_by_role("option", name=kind, exact=True).click()
    expect(count).to_have_value(str(int(number) + 1))
    return f"{stream}-{number}-value"


def _panel(page: Page, name: str) -> Locator:
    """Return the innermost panel around an input."""
    return page.locator("section[data-panel]").filter(has=page.locator(f"[name={name}]")).last
