"""A unit's people at /my/: filling a form in, sending it, signing it."""

from playwright.sync_api import Page, expect

from tests.e2e.steps.materials import Upload, prose

APPLICATION = {
    "title": "灯下算盘会",
    "slogan": "一盏灯，一把算盘",
    "category": "culture",
    "kind": "new",
    "audience": "全校在职教职工",
    "expected_participants": "300",
    "leader_name": "示例甲",
    "leader_post": "工会主席、副教授",
    "leader_staff_no": "T20260001",
    "leader_phone": "13800000001",
    "leader_email": "jia@example.edu",
    "contact_name": "示例乙",
    "contact_phone": "0571-12345678",
    "summary": prose(120),
    "foundation": prose(220),
    "goals": prose(100),
    "measures": prose(320),
    "innovation": prose(100),
    "safeguards": prose(100),
    "expected_results": prose(100),
    "publicity_plan": prose(80),
    "amount_requested": "10000",
    "amount_matching": "2000",
    "amount_other": "0",
    "declaration": "yes",
}
SUMMARY = {
    "implementation": prose(520),
    "results": prose(320),
    "highlights": prose(100),
    "experience": prose(100),
    "satisfaction": "96",
    "problems": prose(60),
    "next_steps": prose(60),
    "self_grade": "excellent",
    "public_intro": prose(80),
    "declaration": "yes",
}


def open_due(page: Page, title: str) -> None:
    """Go to what is due and press the button of one card; the page behind it has loaded, its scripts too."""
    page.goto("/my/")
    with page.expect_navigation():
        page.locator(".due").filter(has_text=title).get_by_role("link").click()


def start_application(page: Page, year: int) -> str:
    """Start the year's application from its card; return the address of the form."""
    open_due(page, f"{year}年度项目申报")
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url("**/edit/")
    return page.url


def fill(page: Page, answers: dict[str, str]) -> None:
    """Answer questions by their keys."""
    for key, answer in answers.items():
        control = page.locator(f"[name='f-{key}']")
        kind = control.first.get_attribute("type") or control.first.evaluate("it => it.tagName")
        if kind in ("radio", "checkbox"):
            page.locator(f"[name='f-{key}'][value='{answer}']").check()
        elif kind == "SELECT":
            control.select_option(answer)
        else:
            control.fill(answer)


def fill_row(page: Page, table: str, number: int, cells: dict[str, str]) -> None:
    """Fill in a row of a table, adding it where it is not there yet; the first has the number 0."""
    name = f"f-{table}-{number}"
    if not page.locator(f"[name='{name}-{next(iter(cells))}']").count():
        page.locator(f"#field-f-{table}").get_by_role("button", name="再加一行").click()
    for column, value in cells.items():
        control = page.locator(f"[name='{name}-{column}']")
        if control.evaluate("it => it.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def attach(page: Page, key: str, *files: Upload) -> None:
    """Choose files for a question; they go with the next save."""
    page.locator(f"input[type=file][name='f-{key}']").set_input_files(list(files))


def save(page: Page) -> None:
    """Save the draft by its button."""
    page.locator(".save-bar").get_by_role("button", name="保存草稿").click()


def check(page: Page) -> None:
    """Go on to the page that looks the form through before it is sent."""
    page.locator(".save-bar").get_by_role("button", name="检查并报送").click()
    page.wait_for_url("**/check/")


def send(page: Page, *, mended: str = "") -> None:
    """Send the form that was looked through; `mended` says what changed after a return."""
    if mended:
        page.get_by_label("修改说明").fill(mended)
    page.get_by_role("button", name="报送", exact=True).click()
    page.wait_for_url("**/receipt/")


def sign(page: Page, title: str, opinion: str) -> None:
    """Sign what is due, having read it."""
    open_due(page, title)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.get_by_label("意见").fill(opinion)
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.locator("body")).to_contain_text("已签署同意。")


def describe_photos(page: Page, key: str, captions: list[str]) -> None:
    """Say what each attached picture shows, and that it may be shown."""
    pictures = page.locator(f"#field-f-{key} .picture-list li")
    expect(pictures).to_have_count(len(captions))
    for place, caption in enumerate(captions):
        picture = pictures.nth(place)
        picture.locator("[name$=-caption]").fill(caption)
        picture.locator("[name$=-consent]").check()
