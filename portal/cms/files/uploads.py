"""Every file that comes in from outside: what it really is, how large, what it is called, and what it must not tell."""

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from .videos import blank_metadata

MB = 1024 * 1024
MAX_PIXELS = 64_000_000  # a decoded picture of this size takes about 200 MB of memory
MAX_UNPACKED = 300 * MB  # what an office document may unpack to
NAME_LENGTH = 80  # characters
PICTURES = frozenset({"jpg", "png", "webp"})


@dataclass(frozen=True)
class Kind:
    """A kind of file people may upload: its name for them, its MIME type, the endings it goes by."""

    label: Promise | str
    content_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": Kind("PDF", "application/pdf", ("pdf",)),
    "docx": Kind(gettext_lazy("Word（docx）"), f"{_OFFICE}wordprocessingml.document", ("docx",)),
    "xlsx": Kind(gettext_lazy("Excel（xlsx）"), f"{_OFFICE}spreadsheetml.sheet", ("xlsx",)),
    "pptx": Kind(gettext_lazy("PPT（pptx）"), f"{_OFFICE}presentationml.presentation", ("pptx",)),
    "jpg": Kind("JPG", "image/jpeg", ("jpg", "jpeg")),
    "png": Kind("PNG", "image/png", ("png",)),
    "webp": Kind("WebP", "image/webp", ("webp",)),
    "mp4": Kind(gettext_lazy("MP4 视频"), "video/mp4", ("mp4", "m4v")),
}
# The part that makes a zip archive a document of its kind.
_OFFICE_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
# Other things people upload by mistake or on purpose: how they begin, and what to call them.
_OTHERS: tuple[tuple[bytes, Promise], ...] = (
    (b"MZ", gettext_lazy("程序")),
    (b"\x7fELF", gettext_lazy("程序")),
    (b"#!", gettext_lazy("程序")),
    (b"PK", gettext_lazy("压缩包")),
    (b"Rar!", gettext_lazy("压缩包")),
    (b"7z\xbc\xaf", gettext_lazy("压缩包")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("旧版的 Word 或 Excel 文件")),
    (b"GIF8", gettext_lazy("GIF 动图")),
    (b"<", gettext_lazy("网页")),
    (b"{\\rtf", gettext_lazy("RTF 文档")),
)


class UploadRefused(Exception):
    """A file that is not taken; `str()` says why and what to do, in words for the person who uploaded it."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept.

    Attributes:
        kind: a key of KINDS, by content.
        content_type: the MIME type of that kind.
        name: the cleaned file name, with the ending of its kind.
        size: bytes, after cleaning.
        sha256: of the cleaned content, in hexadecimal.
        file: the cleaned content, at its beginning, named `name`.
    """

    kind: str
    content_type: str
    name: str
    size: int
    sha256: str
    file: File


def check(upload: File, *, allowed: Collection[str], max_bytes: int) -> CheckedFile:
    """Look into an uploaded file and return what may be kept of it.

    Args:
        upload: the file as it came.
        allowed: keys of KINDS that are taken here.
        max_bytes: the largest size taken, in bytes.

    Returns:
        The cleaned file: location data gone from pictures and videos, pictures upright, a harmless name.

    Raises:
        UploadRefused: empty, too large, not what it claims to be, not of an allowed kind, or unreadable.
    """
    if not upload.size:
        raise UploadRefused(
            _("这个文件是空的（0 字节）。可能是没有保存好，请打开确认内容后重新上传。")
        )
    if upload.size > max_bytes:
        raise UploadRefused(
            _("这个文件有 %(size)s，这里最多 %(limit)s。请压缩图片或分成几个文件后再上传。")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(max_bytes)}
        )
    kind = _kind_of(upload)
    if kind not in allowed:
        raise UploadRefused(_wrong_kind(upload, kind, allowed))
    name = clean_name(upload.name or "", kind)
    cleaned = strip_location(upload, kind)
    digest, size = _digest(cleaned)
    return CheckedFile(kind, KINDS[kind].content_type, name, size, digest, File(cleaned, name=name))


def strip_location(upload: File, kind: str) -> IO[bytes]:
    """Return the content without what cameras and phones write into it: place, device, thumbnails, comments.

    Pictures are turned upright and encoded again (colour profile kept); in videos the metadata boxes are blanked
    in the upload itself, which is writable; other kinds are returned as they are.

    Args:
        upload: the file.
        kind: its kind by content.

    Raises:
        UploadRefused: the picture or video cannot be read, or the picture has too many pixels.
    """
    upload.seek(0)
    if kind in PICTURES:
        return _encode_again(upload)
    if kind == "mp4":
        try:
            blank_metadata(upload)
        except ValueError as error:
            raise UploadRefused(_("这个视频打不开，请重新导出为 MP4 再上传。")) from error
        upload.seek(0)
    return upload


def clean_name(name: str, kind: str) -> str:
    """Return a harmless file name that people still recognise, with the ending of the kind.

    Folders, control and direction characters and what file systems forbid are dropped; at most NAME_LENGTH characters.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    name = "".join(
        " " if unicodedata.category(letter) in {"Zl", "Zp", "Zs"} else letter
        for letter in name
        if unicodedata.category(letter) not in {"Cc", "Cf", "Co", "Cn", "Cs"}
    )
    name = re.sub(r'[<>:"|?*]', "_", name)
    stem, _dot, ending = name.rpartition(".")
    known = {ending for kind in KINDS.values() for ending in kind.endings}
    if ending.lower() in KINDS[kind].endings and stem:
        ending = ending.lower()
    else:
        stem = stem if stem and ending.lower() in known else name
        ending = KINDS[kind].endings[0]
    stem = re.sub(r"\s+", " ", stem).strip(" .") or _("未命名")
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"


def _kind_of(upload: File) -> str | None:
    upload.seek(0)
    head = upload.read(32)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] not in {b"heic", b"heix", b"mif1", b"msf1", b"avif"}:
        return "mp4"
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(upload)
    return None


def _office_kind(upload: File) -> str | None:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if sum(parts.values()) > MAX_UNPACKED:
        raise UploadRefused(
            _("这个文件解压后过大，不能接收。请删去文件里不需要的图片后另存再上传。")
        )
    if any(PurePosixPath(part).name == "vbaProject.bin" for part in parts):
        raise UploadRefused(_("这个文件带有宏程序，不能接收。请另存为不含宏的文件再上传。"))
    if "[Content_Types].xml" not in parts:
        return None
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in parts), None)


def _wrong_kind(upload: File, kind: str | None, allowed: Collection[str]) -> str:
    wanted = "、".join(str(KINDS[code].label) for code in KINDS if code in allowed)
    ending = (upload.name or "").rpartition(".")[2].lower()
    claimed = next((code for code in allowed if ending in KINDS[code].endings), None)
    content = KINDS[kind].label if kind else _other_content(upload)
    if claimed:
        return _(
            "这个文件其实不是 %(claimed)s（内容是%(content)s），请重新导出为 %(claimed)s 再上传。"
        ) % {"claimed": KINDS[claimed].label, "content": content}
    return _("这里只能上传 %(wanted)s，这个文件是%(content)s。") % {
        "wanted": wanted,
        "content": content,
    }


def _other_content(upload: File) -> Promise | str:
    upload.seek(0)
    head = upload.read(512)
    if head[4:8] == b"ftyp":
        return _("手机的 HEIC 照片")
    if b"<svg" in head.lower():
        return _("SVG 矢量图")
    for beginning, label in _OTHERS:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(beginning):
            return label
    if b"\x00" in head:
        return _("无法识别的数据")
    return _("纯文本")


def _encode_again(upload: File) -> IO[bytes]:
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UploadRefused(
                    _(
                        "这张照片有 %(width)d×%(height)d 像素，太大了。请缩小到 8000×8000 以内再上传。"
                    )
                    % {"width": picture.width, "height": picture.height}
                )
            target = "JPEG" if picture.format == "MPO" else picture.format
            profile = picture.info.get("icc_profile")
            upright = ImageOps.exif_transpose(picture)
            # What Pillow carries over by itself: XMP, comments, Exif. The transparent colour is part of the picture.
            upright.info = {
                key: value for key, value in upright.info.items() if key == "transparency"
            }
            encoded = BytesIO()
            upright.save(encoded, target, quality=92, icc_profile=profile)
    except UploadRefused:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UploadRefused(
            _("这张照片打不开，可能没有传完整。请在电脑上打开确认后重新上传。")
        ) from error
    encoded.seek(0)
    return encoded


def _digest(content: IO[bytes]) -> tuple[str, int]:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := content.read(MB):
        digest.update(block)
        size += len(block)
    content.seek(0)
    return digest.hexdigest(), size
