"""Uploads are judged by their content, and give away nothing their owner did not mean to give."""

import hashlib

import pytest
from PIL import Image

from portal.cms.files.uploads import KINDS, MB, UploadRefused, check, clean_name
from tests.factories import files

EVERYTHING = frozenset(KINDS)


def refusal(upload, *, allowed=EVERYTHING, max_bytes=20 * MB) -> str:
    with pytest.raises(UploadRefused) as refused:
        check(upload, allowed=allowed, max_bytes=max_bytes)
    return str(refused.value)


@pytest.mark.parametrize(
    ("upload", "kind"),
    [
        (files.pdf(), "pdf"),
        (files.office(), "docx"),
        (files.office("名单.xlsx", "xl/workbook.xml"), "xlsx"),
        (files.office("汇报.pptx", "ppt/presentation.xml"), "pptx"),
        (files.photo(), "jpg"),
        (files.png(), "png"),
        (files.film(), "mp4"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_kind_is_known_by_its_content(upload, kind):
    checked = check(upload, allowed=EVERYTHING, max_bytes=MB)

    content = checked.file.read()
    assert (checked.kind, checked.content_type) == (kind, KINDS[kind].content_type)
    assert (checked.size, checked.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_program_under_the_name_of_a_pdf_is_called_a_program():
    assert (
        refusal(files.exe(), allowed={"pdf", "docx"})
        == "这个文件其实不是 PDF（内容是程序），请重新导出为 PDF 再上传。"
    )


@pytest.mark.parametrize(
    ("upload", "content"),
    [
        (files.upload("a.pdf", b"\x7fELF" + bytes(40)), "程序"),
        (files.upload("a.pdf", b"#!/bin/sh\n"), "程序"),
        (files.upload("a.pdf", b"PK\x03\x04" + bytes(40)), "压缩包"),
        (files.office("a.pdf", "readme.txt"), "压缩包"),
        (files.upload("a.pdf", b"\xd0\xcf\x11\xe0" + bytes(40)), "旧版的 Word 或 Excel 文件"),
        (files.upload("a.pdf", b"\n <!doctype html><script>"), "网页"),
        (files.upload("a.pdf", "你好".encode()), "纯文本"),
        (files.upload("a.pdf", bytes(40)), "无法识别的数据"),
        (files.upload("a.pdf", b"\0\0\0\x18ftypheic" + bytes(20)), "手机的 HEIC 照片"),
        (files.photo("a.pdf"), "JPG"),
        (files.upload("a.pdf", files.SVG), "SVG 矢量图"),
    ],
    ids=[
        "elf",
        "shell",
        "broken zip",
        "zip",
        "doc",
        "html",
        "text",
        "data",
        "heic",
        "photo",
        "svg",
    ],
)
def test_the_reason_names_what_the_file_is(upload, content):
    assert f"（内容是{content}）" in refusal(upload, allowed={"pdf"})


@pytest.mark.parametrize("name", ["合影.jpg", "海报.png", "封面.webp"])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (files.SVG, "SVG 矢量图"),
        (b"<?xml version='1.0'?>\n" + files.SVG, "SVG 矢量图"),
        ("\ufeff<!doctype html><script>alert(1)</script>".encode(), "网页"),
        (b"GIF89a/*<svg/onload=alert(1)>*/=1", "SVG 矢量图"),
    ],
    ids=["svg", "svg with a declaration", "html", "a gif that is a script"],
)
def test_drawings_and_pages_under_the_name_of_a_picture_are_no_pictures(name, content, what):
    reason = refusal(files.upload(name, content), allowed={"jpg", "png", "webp"})

    assert f"（内容是{what}）" in reason


def test_what_hangs_behind_a_picture_is_not_kept():
    upload = files.upload("合影.jpg", files.photo().read() + b"<script>alert(1)</script>")

    checked = check(upload, allowed={"jpg"}, max_bytes=MB)

    assert b"<script>" not in checked.file.read()


def test_an_ending_that_is_not_taken_is_told_what_is():
    assert (
        refusal(files.upload("名单.txt", b"abc"), allowed={"pdf", "docx"})
        == "这里只能上传 PDF、Word（docx），这个文件是纯文本。"
    )


def test_an_empty_file_is_refused():
    assert "0 字节" in refusal(files.upload("a.pdf", b""))


def test_a_file_of_50_mb_is_refused_with_both_sizes():
    reason = refusal(files.pdf(size=50 * MB), max_bytes=20 * MB)

    assert "50.0" in reason
    assert "20.0" in reason


def test_macros_are_refused():
    assert "宏" in refusal(files.office(**{"word/vbaProject.bin": b"x"}))


def test_a_picture_cut_off_while_uploading_is_refused():
    whole = files.photo(size=(400, 400)).read()

    assert "打不开" in refusal(files.upload("a.jpg", whole[: len(whole) // 2]))


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded():
    assert "像素" in refusal(files.png(size=(9000, 8000), bilevel=True))


def test_a_video_with_broken_boxes_is_refused():
    assert "视频打不开" in refusal(files.upload("a.mp4", b"\0\0\0\x10ftypisom" + bytes(9)))


@pytest.mark.parametrize("upload", [files.photo(), files.png()], ids=["jpg", "png"])
def test_pictures_lose_place_camera_and_comments(upload):
    checked = check(upload, allowed=EVERYTHING, max_bytes=MB)

    assert b"30.18N" not in checked.file.read()
    with Image.open(checked.file) as picture:
        assert not picture.getexif()
        assert not {"comment", "Comment", "xmp", "exif"} & set(picture.info)


def test_a_picture_taken_sideways_is_stored_upright():
    checked = check(files.photo(size=(60, 40), orientation=6), allowed=EVERYTHING, max_bytes=MB)

    with Image.open(checked.file) as picture:
        assert picture.size == (40, 60)


def test_a_transparent_picture_stays_transparent():
    checked = check(files.png(), allowed=EVERYTHING, max_bytes=MB)

    with Image.open(checked.file) as picture:
        assert picture.getpixel((0, 0)) == (120, 30, 20, 90)


def test_videos_lose_the_place_and_keep_their_length():
    upload = files.film()

    checked = check(upload, allowed=EVERYTHING, max_bytes=MB)

    content = checked.file.read()
    assert b"30.1800" not in content
    assert b"film" * 50 in content
    assert len(content) == upload.size


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("实施方案.PDF", "实施方案.pdf"),
        ("C:\\Users\\a\\实施方案.pdf", "实施方案.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("方案\u202efdp.exe.pdf", "方案fdp.exe.pdf"),
        ("方案\n第二版.pdf", "方案第二版.pdf"),
        ('a<b>"c".pdf', "a_b__c_.pdf"),
        ("照片.jpg", "照片.pdf"),
        ("方案 v1.2", "方案 v1.2.pdf"),
        (".pdf", "pdf.pdf"),
        ("  . .pdf", "未命名.pdf"),
        ("长" * 200 + ".pdf", "长" * 76 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_still_recognised(given, kept):
    assert clean_name(given, "pdf") == kept
