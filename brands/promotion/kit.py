"""The media kit (宣传素材包): poster, long picture, press text and the pictures that may be used, as one ZIP."""

import re
import zipfile
from io import BytesIO

from docx import Document as Word
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from portal.cms.models import Rendition, SiteSettings
from portal.plain_text import without_control

from .drawings import long_picture, poster
from .telling import Shown, Told

# The page says the same beside the kit.
TERMS = "图中人物已同意公开，仅限报道本品牌时使用，请署摄影者姓名；不得用于商业用途。"
PRINT_DOTS, CM_OF_AN_INCH = 300, 2.54
HEADING_POINTS = {1: 22, 2: 16}
UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


def media_kit(brand: Told, *, site: SiteSettings) -> bytes:
    """Return the ZIP file: 海报.jpg, 长图.jpg, 新闻稿.docx, 图片说明.txt and the folder 图片.

    Args:
        brand: what is published now; its pictures are those whose people agreed.
        site: the school union's particulars: it signs the press text and answers for it.
    """
    union = site.union_name or site.organiser
    names = [
        f"{place:02d}-{UNFIT.sub('', without_control(shown.caption))[:30] or brand.title}.jpg"
        for place, shown in enumerate(brand.pictures, start=1)
    ]
    copies = [shown.for_print() for shown in brand.pictures]
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as kit:
        folder = UNFIT.sub("", without_control(f"{brand.title}-宣传素材包"))
        kit.writestr(f"{folder}/海报.jpg", poster(brand, union=union))
        kit.writestr(f"{folder}/长图.jpg", long_picture(brand, union=union))
        kit.writestr(f"{folder}/新闻稿.docx", press_text(brand, names, site=site))
        kit.writestr(f"{folder}/图片说明.txt", "﻿" + without_control(captions(brand, names, copies)))
        for name, copy in zip(names, copies, strict=True):
            with copy.file.open("rb") as picture:
                kit.writestr(f"{folder}/图片/{name}", picture.read(), zipfile.ZIP_STORED)
    return file.getvalue()


def captions(brand: Told, names: list[str], copies: list[Rendition]) -> str:
    """Return what stands beside the pictures: file, caption, photographer, size, and the terms of use, for Windows' editor."""
    lines = [f"{brand.title}（{brand.unit}）图片说明", ""]
    for name, shown, copy in zip(names, brand.pictures, copies, strict=True):
        wide = copy.width / PRINT_DOTS * CM_OF_AN_INCH
        size = f"{copy.width}×{copy.height}像素，{PRINT_DOTS} dpi可印{wide:.0f}厘米宽"
        lines += [name, f"    {_said_of(shown)}", f"    {size}"]
    lines += [
        "",
        TERMS,
        f"出处：{brand.address}",
    ]
    return "\r\n".join(lines) + "\r\n"


def _said_of(shown: Shown) -> str:
    return f"{shown.caption}（摄影：{shown.credit}）" if shown.credit else shown.caption


def press_text(brand: Told, names: list[str], *, site: SiteSettings) -> bytes:
    """Return the press text as a Word file: title, what it is, the story, the year in figures, the pictures' captions, whom to ask.

    Args:
        brand: what it says.
        names: the files of its pictures.
        site: the school union's particulars.
    """
    word = Word()
    style = word.styles["Normal"]
    style.font.name, style.font.size = "仿宋", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    _heading(word, brand.title, level=1)
    if brand.slogan:
        _said(word, f"——{brand.slogan}")
    source = f"供稿：{brand.unit}、{site.union_name or site.organiser}"
    day = brand.published
    _said(word, f"{source}　{day.year}年{day.month}月{day.day}日" if day else source)
    honour = f"，获评{brand.award}" if brand.award else ""
    _said(
        word,
        f"“{brand.title}”是{brand.unit}培育的{brand.year}年度“一会一品”文化品牌（{brand.category}）{honour}。",
    )
    if brand.intro:
        _said(word, brand.intro)
    _story(word, brand)
    if brand.activity_count:
        _said(word, f"品牌页记录的活动有{brand.activity_count}场，参与{brand.participants}人次。")
    if names:
        _heading(word, "配图", level=2)
        for name, shown in zip(names, brand.pictures, strict=True):
            _said(word, f"图片/{name}：{_said_of(shown)}")
        _said(word, TERMS)
    contact = "，".join(filter(None, (site.phone, site.email)))
    if contact:
        _said(word, f"联系校工会：{contact}")
    _said(word, f"网址：{brand.address}")
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _story(word: WordDocument, brand: Told) -> None:
    """Write the story's words; its pictures lie beside the text."""
    for block in brand.story:
        if block["kind"] == "heading":
            _heading(word, block["text"], level=2)
        elif block["kind"] in ("text", "quote"):
            for paragraph in filter(str.strip, block["text"].splitlines()):
                quoted = block["kind"] == "quote" and not paragraph.startswith("“")
                _said(word, f"“{paragraph}”" if quoted else paragraph)


def _heading(word: WordDocument, text: str, *, level: int) -> None:
    """Write a heading that Word's own navigation knows, in black, as Chinese papers set it."""
    run = word.add_heading(level=level).add_run(without_control(text))
    run.bold, run.font.size, run.font.name = True, Pt(HEADING_POINTS[level]), "黑体"
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "黑体")


def _said(word: WordDocument, text: str) -> Paragraph:
    """Write a paragraph; what was published before control characters were refused may still hold some."""
    return word.add_paragraph(without_control(text))
