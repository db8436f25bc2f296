"""The media kit (宣传素材包): poster, long picture, press text and the pictures that may be used, as one ZIP."""

import re
import zipfile
from io import BytesIO

from docx import Document as Word
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from portal.cms.models import SiteSettings
from portal.plain_text import without_control

from .drawings import long_picture, poster
from .telling import Told

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
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as kit:
        folder = UNFIT.sub("", without_control(f"{brand.title}-宣传素材包"))
        kit.writestr(f"{folder}/海报.jpg", poster(brand, union=union))
        kit.writestr(f"{folder}/长图.jpg", long_picture(brand, union=union))
        kit.writestr(f"{folder}/新闻稿.docx", press_text(brand, site=site))
        kit.writestr(f"{folder}/图片说明.txt", "﻿" + without_control(captions(brand, names)))
        for name, shown in zip(names, brand.pictures, strict=True):
            with shown.rendition.file.open("rb") as picture:
                kit.writestr(f"{folder}/图片/{name}", picture.read(), zipfile.ZIP_STORED)
    return file.getvalue()


def captions(brand: Told, names: list[str]) -> str:
    """Return what stands beside the pictures: file, caption, photographer, and the terms of use, for Windows' editor."""
    lines = [f"{brand.title}（{brand.unit}）图片说明", ""]
    for name, shown in zip(names, brand.pictures, strict=True):
        credit = f"（摄影：{shown.credit}）" if shown.credit else ""
        lines.append(f"{name}  {shown.caption}{credit}")
    lines += [
        "",
        "图中人物已同意公开，仅限报道本品牌时使用，请署摄影者姓名；不得用于商业用途。",
        f"出处：{brand.address}",
    ]
    return "\r\n".join(lines) + "\r\n"


def press_text(brand: Told, *, site: SiteSettings) -> bytes:
    """Return the press text as a Word file: title, what it is, the story, the year in figures, whom to ask."""
    word = Word()
    style = word.styles["Normal"]
    style.font.name, style.font.size = "仿宋", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    title = _said(word, "")
    run = title.add_run(without_control(brand.title))
    run.bold, run.font.size = True, Pt(22)
    if brand.slogan:
        _said(word, f"——{brand.slogan}")
    honour = f"，获{brand.award}" if brand.award else ""
    _said(
        word,
        f"“{brand.title}”是{brand.unit}培育的{brand.year}年度“一会一品”文化品牌（{brand.category}）{honour}。",
    )
    if brand.intro:
        _said(word, brand.intro)
    for block in brand.story:
        if block["kind"] == "heading":
            _said(word, "").add_run(without_control(block["text"])).bold = True
        elif block["kind"] in ("text", "quote"):
            for paragraph in filter(str.strip, block["text"].splitlines()):
                quoted = block["kind"] == "quote" and not paragraph.startswith("“")
                _said(word, f"“{paragraph}”" if quoted else paragraph)
    if brand.activity_count:
        _said(word, f"一年来开展活动{brand.activity_count}场，参与{brand.participants}人次。")
    _said(word, f"供稿：{brand.unit}、{site.union_name or site.organiser}")
    contact = "，".join(filter(None, (site.phone, site.email)))
    if contact:
        _said(word, f"联系校工会：{contact}")
    _said(word, f"网址：{brand.address}")
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _said(word: WordDocument, text: str) -> Paragraph:
    """Write a paragraph; what was published before control characters were refused may still hold some."""
    return word.add_paragraph(without_control(text))
