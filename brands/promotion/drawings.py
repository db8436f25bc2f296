"""The three drawings of a brand: the picture beside a shared link, a poster to print, a long picture for chat groups."""

from brands.drawing import HUES
from portal.cms.typesetting import (
    CINNABAR,
    GOLD,
    INK,
    INK_2,
    LINE,
    PAPER,
    SANS,
    SERIF,
    SHEET,
    Page,
    face,
    filled,
)

from .telling import Told, opened

SHARE = (1200, 630)
POSTER = (1654, 2339)  # A4 upright at 200 dots an inch
LONG_WIDTH, LONGEST = 1080, 16_000
PROGRAMME = "一会一品"


def hue_of(brand: Told) -> str:
    """Return the category's colour."""
    return HUES.get(brand.hue, CINNABAR)


def byline(brand: Told) -> str:
    """Return unit, category and year in one line."""
    return f"{brand.unit} · {brand.category} · {brand.year}年度"


def share_picture(brand: Told) -> bytes:
    """Return the picture that stands beside a shared link (JPEG, 1200×630)."""
    width, height = SHARE
    sheet = Page(width, height, colour=SHEET)
    sheet.picture(brand.cover, x=620, width=width - 620, height=height, focus=brand.cover_focus)
    sheet.seal(brand.mark, x=64, y=72, size=84, colour=hue_of(brand))
    sheet.y = 190
    size = 68 if len(brand.title) <= 7 else 54
    sheet.text(brand.title, x=64, width=500, size=size, font=SERIF, leading=1.3, most=2)
    sheet.y += 16
    if brand.slogan:
        sheet.text(brand.slogan, x=64, width=500, size=28, colour=INK_2, leading=1.5, most=2)
        sheet.y += 6
    if brand.award:
        _award(sheet, brand.award, x=64, size=26)
    sheet.y = height - 128
    sheet.rule(x=64, width=500)
    sheet.seal(PROGRAMME, x=64, y=height - 102, size=56)
    sheet.y = height - 106
    sheet.text(brand.unit, x=140, width=440, size=24, leading=1.35, most=1)
    sheet.text(f"{brand.category} · {brand.year}年度", x=140, width=440, size=21, colour=INK_2)
    return sheet.jpeg()


def poster(brand: Told, *, union: str) -> bytes:
    """Return a poster to print or to show on a screen (JPEG, A4 upright).

    Args:
        brand: what it says.
        union: the school union's name, for its foot.
    """
    width, height = POSTER
    edge = 120
    sheet = Page(width, height, colour=PAPER)
    sheet.picture(brand.cover, x=0, width=width, height=1080, focus=brand.cover_focus)
    sheet.pen.rectangle((0, 990, 1240, 1100), fill=PAPER)
    sheet.seal(brand.mark, x=edge, y=1050, size=150, colour=hue_of(brand))
    sheet.y = 1036
    size = 118 if len(brand.title) <= 8 else 88
    column = width - edge * 2 - 190
    sheet.text(brand.title, x=edge + 190, width=column, size=size, font=SERIF, leading=1.3, most=2)
    sheet.y += 22
    if brand.slogan:
        sheet.text(
            brand.slogan, x=edge + 190, width=column, size=44, font=SERIF, colour=INK_2, most=2
        )
        sheet.y += 8
    if brand.award:
        _award(sheet, brand.award, x=edge + 190, size=42)
    sheet.y = max(sheet.y + 50, 1350)
    text_size = 42 if len(brand.intro) <= 150 else 34
    sheet.text(
        brand.intro, x=edge, width=width - edge * 2, size=text_size, leading=1.8, most=6, even=True
    )
    sheet.y = max(sheet.y + 36, 1690)
    _figures(sheet, brand, x=edge, size=92)
    _scenes(sheet, brand, right=width - edge, top=sheet.y, bottom=1946)
    sheet.y = 1990
    sheet.rule(x=edge, width=width - edge * 2, colour=INK, thick=3)
    sheet.qr(brand.address, x=width - edge - 220, y=2036, size=220)
    sheet.seal(PROGRAMME, x=edge, y=2044, size=104)
    sheet.y = 2036
    sheet.text(brand.unit, x=edge + 136, width=960, size=38, font=SERIF, leading=1.4, most=1)
    sheet.text(
        f"{brand.category} · {brand.year}年度“一会一品”文化品牌",
        x=edge + 136,
        width=960,
        size=30,
        colour=INK_2,
        most=1,
    )
    sheet.text(union, x=edge + 136, width=960, size=30, colour=INK_2, most=1)
    letters = face(SANS, 24)
    sheet.pen.text((width - edge - 110, 2276), "扫码看品牌故事", INK_2, font=letters, anchor="mm")
    return sheet.jpeg()


def long_picture(brand: Told, *, union: str) -> bytes:
    """Return the whole story in one upright picture for chat groups (JPEG, 1080 wide, as long as it needs).

    Args:
        brand: what it says.
        union: the school union's name, for its foot.
    """
    edge, column = 72, LONG_WIDTH - 144
    sheet = Page(LONG_WIDTH, LONGEST, colour=PAPER)
    sheet.picture(brand.cover, x=0, width=LONG_WIDTH, height=680, focus=brand.cover_focus)
    if brand.cover_credit:
        place = (LONG_WIDTH - edge, sheet.y + 12)
        sheet.pen.text(
            place, f"摄影：{brand.cover_credit}", INK_2, font=face(SANS, 24), anchor="ra"
        )
    sheet.y += 60
    sheet.seal(brand.mark, x=edge, y=sheet.y + 8, size=104, colour=hue_of(brand))
    beside = edge + 136
    size = 72 if len(brand.title) <= 10 else 58
    sheet.text(brand.title, x=beside, width=column - 136, size=size, font=SERIF, leading=1.35)
    sheet.y += 8
    if brand.slogan:
        sheet.text(brand.slogan, x=beside, width=column - 136, size=34, font=SERIF, colour=INK_2)
        sheet.y += 6
    sheet.text(byline(brand), x=beside, width=column - 136, size=28, colour=INK_2)
    if brand.award:
        _award(sheet, brand.award, x=beside, size=32)
    sheet.y += 40
    if brand.intro:
        sheet.text(brand.intro, x=edge, width=column, size=38, leading=1.75, even=True)
        sheet.y += 28
    _story(sheet, brand, edge, column)
    _timeline(sheet, brand, edge, column)
    sheet.y += 40
    _figures(sheet, brand, x=edge, size=64)
    sheet.y += 200
    sheet.y = min(sheet.y, LONGEST - 330)
    sheet.pen.rectangle((0, sheet.y, LONG_WIDTH, sheet.y + 330), fill=SHEET)
    sheet.rule(x=0, width=LONG_WIDTH)
    sheet.qr(brand.address, x=LONG_WIDTH - edge - 200, y=sheet.y + 56, size=200)
    foot = sheet.y
    sheet.seal(PROGRAMME, x=edge, y=foot + 60, size=88)
    sheet.y = foot + 50
    sheet.text(brand.unit, x=edge + 116, width=560, size=32, font=SERIF, most=1)
    sheet.text(union, x=edge + 116, width=560, size=26, colour=INK_2, most=1)
    sheet.y += 24
    more = "扫码看全部照片和视频" if brand.has_film else "扫码看全部照片"
    sheet.text(more, x=edge + 116, width=560, size=26, colour=INK_2)
    return sheet.jpeg(height=foot + 316)


def _story(sheet: Page, brand: Told, edge: int, column: int) -> None:
    for block in brand.story:
        if sheet.y > LONGEST - 2600:
            break
        kind, text = block["kind"], block.get("text", "")
        if kind == "heading":
            sheet.y += 28
            sheet.text(text, x=edge, width=column, size=46, font=SERIF)
            sheet.y += 12
        elif kind == "text":
            for paragraph in filter(str.strip, text.splitlines()):
                sheet.text(paragraph, x=edge, width=column, size=34, leading=1.8, even=True)
                sheet.y += 18
        elif kind == "quote":
            top = sheet.y + 10
            sheet.y = top
            sheet.text(text, x=edge + 36, width=column - 36, size=38, font=SERIF)
            sheet.pen.rectangle((edge, top, edge + 6, sheet.y), fill=hue_of(brand))
            sheet.y += 28
        elif kind == "picture" and block["large"]:
            image = opened(block["large"])
            sheet.y += 14
            sheet.picture(
                image, x=edge, width=column, height=round(column * image.height / image.width)
            )
            _below(sheet, block["caption"], block["credit"], x=edge, width=column)
            sheet.y += 22


def _timeline(sheet: Page, brand: Told, edge: int, column: int) -> None:
    if not brand.timeline:
        return
    sheet.y += 40
    sheet.text("一年里长成的样子", x=edge, width=column, size=46, font=SERIF)
    sheet.y += 20
    dots = []
    for entry in brand.timeline:
        if sheet.y > LONGEST - 1200:
            break
        dots.append(sheet.y + 24)
        day = f"{entry['date'].year}年{entry['date'].month}月{entry['date'].day}日"
        sheet.text(day, x=edge + 52, width=column - 52, size=26, colour=INK_2)
        sheet.text(entry["title"], x=edge + 52, width=column - 52, size=36, font=SERIF)
        if entry["text"]:
            sheet.text(
                entry["text"], x=edge + 52, width=column - 52, size=30, colour=INK_2, even=True
            )
        for shot in entry["pictures"]:
            if shot["may_pass_on"]:
                sheet.y += 14
                sheet.picture(opened(shot["large"]), x=edge + 52, width=640, height=400)
                _below(sheet, "", shot["credit"], x=edge + 52, width=640)
        sheet.y += 26
    sheet.pen.line((edge + 9, dots[0], edge + 9, dots[-1]), fill=LINE, width=3)
    for dot in dots:
        sheet.pen.ellipse((edge - 1, dot - 10, edge + 19, dot + 10), fill=hue_of(brand))


def _below(sheet: Page, caption: str, credit: str, *, x: int, width: int) -> None:
    """Say below a picture what it shows and who took it."""
    words = "　".join(filter(None, (caption, credit and f"摄影：{credit}")))
    if words:
        sheet.y += 8
        sheet.text(words, x=x, width=width, size=26, colour=INK_2)


def _scenes(sheet: Page, brand: Told, *, right: int, top: int, bottom: int) -> None:
    """Put up to two pictures beside the figures, their names and photographers below; where there is no room, none."""
    height = bottom - 46 - top
    shown = brand.pictures[1 if brand.cover_is_own else 0 :][:2]
    if height < 150 or not shown:
        return
    width = round(height * 1.5)
    x = right - width * len(shown) - 24 * (len(shown) - 1)
    credits = "、".join(dict.fromkeys(filter(None, (it.credit for it in brand.pictures))))
    if credits:
        letters = face(SANS, 24)
        sheet.pen.text((right, bottom), f"摄影：{credits}", INK_2, font=letters, anchor="rb")
    for it in shown:
        sheet.image.paste(filled(it.image(), width, height), (x, top))
        x += width + 24


def _award(sheet: Page, name: str, *, x: int, size: int) -> None:
    """Set an award in gold, with its diamond."""
    _left, top, _right, bottom = face(SANS, size).getbbox(name)
    middle = (
        sheet.y + size * 0.3 + (top + bottom) / 2
    )  # of the characters, whatever their face keeps free above
    half = size * 0.3
    sheet.pen.polygon(
        [(x, middle), (x + half, middle - half), (x + half * 2, middle), (x + half, middle + half)],
        fill=GOLD,
    )
    sheet.text(name, x=round(x + half * 2 + size * 0.4), width=600, size=size, colour=GOLD)


def _figures(sheet: Page, brand: Told, *, x: int, size: int) -> None:
    """Set the year's figures side by side at `y`, which stays."""
    baseline = sheet.y + size * 1.55
    for label, figure, unit in (
        ("活动", brand.activity_count, "场"),
        ("参与", brand.participants, "人次"),
    ):
        if not figure:
            continue
        large, small = face(SERIF, size), face(SANS, round(size * 0.4))
        words = f"{figure:,}"
        sheet.pen.text((x, sheet.y), label, INK_2, font=small)
        sheet.pen.text((x, baseline), words, INK, font=large, anchor="ls")
        end = x + large.getlength(words) + 10
        sheet.pen.text((end, baseline), unit, INK_2, font=small, anchor="ls")
        x = round(end + small.getlength(unit) + size)
