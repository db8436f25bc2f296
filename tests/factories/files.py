"""Files of every kind that people upload, made in memory."""

import io
import struct
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

HANGZHOU = {1: "N", 2: (30.0, 18.0, 0.0), 3: "E", 4: (120.0, 8.0, 0.0)}
GPS_TAG, ORIENTATION_TAG, MAKE_TAG = 0x8825, 0x0112, 0x010F

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'


def upload(name: str, content: bytes, content_type: str = "application/octet-stream"):
    """Return a file as a browser would send it."""
    return SimpleUploadedFile(name, content, content_type)


def pdf(name: str = "方案.pdf", size: int = 200):
    """Return a PDF of about the size in bytes."""
    return upload(name, b"%PDF-1.7\n" + b"0" * size + b"\n%%EOF", "application/pdf")


def exe(name: str = "方案.pdf"):
    """Return a Windows program under a harmless name."""
    return upload(name, b"MZ\x90\x00" + bytes(300), "application/pdf")


def office(name: str = "方案.docx", part: str = "word/document.xml", **others: bytes):
    """Return an Office document that holds the named part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
        for other, content in others.items():
            archive.writestr(other, content)
    return upload(name, buffer.getvalue())


def photo(name: str = "合影.jpg", size: tuple[int, int] = (60, 40), orientation: int = 1):
    """Return a JPEG with the place, the camera and an orientation in its Exif data."""
    exif = Image.Exif()
    exif[MAKE_TAG] = "示例相机"
    exif[ORIENTATION_TAG] = orientation
    exif.get_ifd(GPS_TAG).update(HANGZHOU)
    buffer = io.BytesIO()
    picture = Image.new("RGB", size, "#7a8c6e")
    picture.save(buffer, "JPEG", exif=exif, comment=b"30.18N 120.08E", xmp=b"<x>30.18N</x>")
    return upload(name, buffer.getvalue(), "image/jpeg")


def png(name: str = "海报.png", size: tuple[int, int] = (30, 30), *, bilevel: bool = False):
    """Return a PNG with the place in its text and Exif chunks; `bilevel` takes a bit for a pixel, where these are many."""
    exif = Image.Exif()
    exif.get_ifd(GPS_TAG).update(HANGZHOU)
    text = PngInfo()
    text.add_text("Comment", "30.18N 120.08E")
    buffer = io.BytesIO()
    picture = Image.new("1", size) if bilevel else Image.new("RGBA", size, (120, 30, 20, 90))
    picture.save(buffer, "PNG", exif=exif, pnginfo=text)
    return upload(name, buffer.getvalue(), "image/png")


def box(kind: bytes, body: bytes) -> bytes:
    """Return one MP4 box."""
    return struct.pack(">I4s", len(body) + 8, kind) + body


def film(name: str = "活动.mp4"):
    """Return an MP4 whose user data tell the place, as phones write it."""
    place = box(b"\xa9xyz", b"\x00\x12\x15\xc7+30.1800+120.0800/")
    moov = box(b"moov", box(b"mvhd", bytes(20)) + box(b"udta", place))
    return upload(
        name, box(b"ftyp", b"isom\x00\x00\x02\x00isommp42") + moov + box(b"mdat", b"film" * 50)
    )
