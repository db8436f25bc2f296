"""A unit's project: activities, materials, guidance, the brand page."""

from playwright.sync_api import Page, expect

from tests.e2e.steps.materials import Upload


def open_project(page: Page, title: str) -> None:
    """Go to one of the unit's projects."""
    page.goto("/my/projects/")
    page.get_by_role("main").get_by_role("link", name=title, exact=True).first.click()


def record_activity(page: Page, *photos: Upload, offered: bool = True, **fields: str) -> None:
    """Record an activity of the project on the screen, with pictures."""
    page.get_by_role("link", name="记一次活动").click()
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=pictures]").set_input_files(list(photos))
    if photos:
        page.locator("[name=consent]").check()
    if offered:
        page.locator("[name=offered]").check()
    page.get_by_role("button", name="记下来").click()
    expect(page.locator("#activities")).to_contain_text(fields["name"])


def add_picture(page: Page, photo: Upload, *, caption: str, credit: str) -> None:
    """Add a picture to the materials of the project on the screen; ends on the materials."""
    page.get_by_role("link", name="素材").click()
    form = page.locator("form").filter(has_text="加照片")
    form.locator("input[type=file]").set_input_files([photo])
    form.get_by_label("照片说明").fill(caption)
    form.get_by_label("拍摄者").fill(credit)
    form.get_by_label("同意公开").check()
    form.get_by_role("button", name="上传").click()
    expect(page.locator(".shots")).to_contain_text(caption)


def add_block(page: Page, kind: str, text: str) -> None:
    """Add a block of words to the story on the screen."""
    page.locator("#story").get_by_role("button", name=kind, exact=True).click()
    block = page.locator("#story fieldset.block").last
    expect(block.locator("legend")).to_contain_text(kind)
    block.locator("[name$=-text]").fill(text)


def choose_picture(page: Page, caption: str) -> None:
    """Make a picture the cover and put it into the gallery."""
    pick = page.locator("#cover .picks li").filter(has_text=caption)
    pick.get_by_label("作封面").check()
    pick.get_by_label("放进图集").check()


def choose_activity(page: Page, name: str) -> None:
    """Put an activity on the page."""
    page.locator("#chosen li").filter(has_text=name).get_by_role("checkbox").check()


def save_and_send(page: Page) -> None:
    """Save the draft on the screen and send it to the three stages."""
    page.get_by_role("button", name="保存并送审").click()
    page.wait_for_url("**/page/send/**")
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.locator("body")).to_contain_text("已送审")
