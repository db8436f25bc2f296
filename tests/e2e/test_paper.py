"""An official document as the browser prints it: page box, line pitch and order of GB/T 9704; the face is the machine's."""

from statistics import median

import pypdfium2
import pytest

pytestmark = pytest.mark.e2e

MM = 72 / 25.4  # points
PITCH = 225 / 22  # mm
LEFT, RIGHT, TOP, BOTTOM = 28, 210 - 26, 37, 37 + 225  # of the type area, mm
PAGE_NUMBER = 263  # what stands lower is the page number
FILLED = 0.75  # of a sheet that is not the last; its lower margin takes 0.07


def printed(page, folder):
    """Return the open page as it comes out of the printer: for every sheet its size and lines, in mm.

    A line is (middle from the top edge, left, right, words).
    """
    page.pdf(path=folder / "paper.pdf", prefer_css_page_size=True)
    with pypdfium2.PdfDocument(folder / "paper.pdf") as paper:
        return [(*(side / MM for side in sheet.get_size()), lines_on(sheet)) for sheet in paper]


def lines_on(sheet):
    text, height, marks = sheet.get_textpage(), sheet.get_height(), []
    for place in range(text.count_chars()):
        mark = text.get_text_range(place, 1)
        if mark.strip():
            left, bottom, right, top = (side / MM for side in text.get_charbox(place, loose=True))
            marks.append((height / MM - (top + bottom) / 2, left, right, mark))
    rows = []
    for mark in sorted(marks):
        if not rows or mark[0] - rows[-1][0][0] > PITCH / 2:
            rows.append([])
        rows[-1].append(mark)
    return [
        (
            median(mark[0] for mark in row),
            min(mark[1] for mark in row),
            max(mark[2] for mark in row),
            "".join(mark[3] for mark in sorted(row, key=lambda mark: mark[1])),
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def sheets(portal, browser, tmp_path_factory):
    context = browser.new_context(base_url=portal.url, locale="en")
    page = context.new_page()
    page.goto("/policies/2024-2/")
    # As long as the longest document: more than one sheet is needed to see the pitch of a full page.
    page.evaluate(
        "for (const it of [...document.querySelectorAll('.official-body > p')]) it.after(it.cloneNode(true))"
    )
    yield printed(page, tmp_path_factory.mktemp("paper"))
    context.close()


def test_every_sheet_is_a4_with_the_type_area_of_the_standard(sheets):
    assert len(sheets) > 1
    for width, height, lines in sheets:
        assert (width, height) == pytest.approx((210, 297), abs=0.3)
        body = [line for line in lines if line[0] < PAGE_NUMBER]
        assert min(line[1] for line in body) >= LEFT - 0.5
        assert max(line[2] for line in body) <= RIGHT + 0.6
        assert min(line[0] for line in body) >= TOP
        assert max(line[0] for line in body) <= BOTTOM


def test_a_full_sheet_holds_22_lines(sheets):
    _width, _height, lines = sheets[1]
    body = [line[0] for line in lines if line[0] < PAGE_NUMBER]
    steps = [after - before for before, after in zip(body, body[1:], strict=False)]

    assert len(body) in (21, 22)  # a heading does not end a sheet
    assert (body[-1] - body[0]) / (len(body) - 1) == pytest.approx(PITCH, abs=0.12)
    assert steps == [pytest.approx(PITCH, abs=1)] * len(steps)


def test_a_line_holds_28_characters(sheets):
    full = [
        line[3]
        for _w, _h, lines in sheets
        for line in lines
        if line[2] - line[1] > RIGHT - LEFT - 1
    ]

    assert full
    assert max(len(words) for words in full if words.isalpha() or "，" in words) <= 30
    assert 28 in {len(words) for words in full}


def test_the_parts_stand_in_their_order(sheets):
    words = [line[3] for _w, _h, lines in sheets for line in lines if line[0] < PAGE_NUMBER]
    text = "\n".join(words)

    assert words[0].endswith("文件")
    assert "〔2024〕2号" in words[1]
    assert words[2].startswith("关于实施")
    assert words[3].endswith("：")
    assert text.index("一、做什么") > text.index(words[3])
    assert text.rindex("2024年3月1日") > text.rindex("一、做什么")
    # The language of the interface changes no document.
    assert "March" not in text


def test_sheets_are_numbered_on_the_outer_side(sheets):
    for number, (_width, _height, lines) in enumerate(sheets, start=1):
        _middle, left, right, words = lines[-1]
        assert words == f"—{number}—"
        if number % 2:
            assert right == pytest.approx(RIGHT - 5, abs=1)
        else:
            assert left == pytest.approx(LEFT + 5, abs=1)


@pytest.mark.parametrize("number", ["2024-2", "2025-1"])
def test_the_imprint_stands_at_the_foot_of_the_last_sheet_with_text(new_page, tmp_path, number):
    page = new_page()
    page.goto(f"/policies/{number}/")

    _width, _height, lines = printed(page, tmp_path)[-1]
    body = [line for line in lines if line[0] < PAGE_NUMBER]

    assert body[-1][3].endswith("印发")
    assert body[-2][3].startswith("抄送")
    assert BOTTOM - 2 * PITCH < body[-1][0] < BOTTOM
    assert len(body) > 2


@pytest.mark.parametrize("link", ["main .card a", "main a[href^='/brands/awards/']"])
def test_a_brand_and_the_award_list_leave_no_page_half_empty(portal, browser, tmp_path, link):
    context = browser.new_context(base_url=portal.url)
    page = context.new_page()
    page.goto("/brands/")
    page.goto(page.locator(link).last.get_attribute("href"))
    page.evaluate("document.querySelectorAll('img').forEach((it) => (it.loading = 'eager'))")
    page.wait_for_load_state("networkidle")

    page.pdf(path=tmp_path / "brand.pdf", prefer_css_page_size=True)
    context.close()

    with pypdfium2.PdfDocument(tmp_path / "brand.pdf") as paper:
        filled = [how_far_down(sheet) for sheet in paper]
    assert all(share > FILLED for share in filled[:-1]), filled


def how_far_down(sheet):
    """Return how far down a sheet something is printed, as a share of its height."""
    picture = sheet.render(scale=0.25).to_pil().convert("L").point(lambda light: 255 - light)
    return picture.getbbox()[3] / picture.height
