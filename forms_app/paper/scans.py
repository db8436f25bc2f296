"""The stamped scan: whether the paper that was stamped is what the portal holds."""

from dataclasses import dataclass
from threading import Lock
from typing import IO

import pypdfium2
import zxingcpp
from django.utils.translation import gettext as _
from PIL import Image

from ..models import Attachment, Entry, VersionReason
from ..models.call import SCAN
from .code import PaperCode, code_of, read_code

FEW_PAGES = 4  # the code is on every page; what is not on the first ones is on none
LONGEST_SIDE = 3400  # pixels: A4 at 290 dpi
DPI = 200
# PDFium must not be entered by two threads at once.
_pdfium = Lock()


@dataclass(frozen=True)
class Remark:
    """Something to say about a scan.

    Attributes:
        grave: whether the paper is another one; otherwise it is only a hint.
    """

    text: str
    grave: bool


def printed_code(content: IO[bytes], content_type: str) -> str:
    """Return what a readable QR code of ours on a scan says, "" where there is none.

    Args:
        content: a picture or PDF that has passed the checks of an upload; left at its beginning.
    """
    content.seek(0)
    try:
        if content_type == "application/pdf":
            return _in_pdf(content.read())
        with Image.open(content) as picture:
            return _in_picture(picture)
    except (OSError, ValueError, pypdfium2.PdfiumError):
        return ""  # what cannot be read has no code; the file itself has been taken
    finally:
        content.seek(0)


def remarks(entry: Entry) -> list[Remark]:
    """Return what is to be said about the entry's stamped scan, to the unit and to the office alike."""
    held = [one for one in entry.attachments.all() if one.removed_at is None]
    return [remark for one in held if (remark := remark_on(entry, one))]


def remark_on(entry: Entry, attachment: Attachment) -> Remark | None:
    """Return what is to be said about one file of the entry; None about any but a stamped scan.

    One query where a code was read from the scan, otherwise none.
    """
    if attachment.field_key != SCAN or "paper" not in attachment.details:
        return None
    return _about(entry, read_code(attachment.details["paper"]))


def _about(entry: Entry, printed: PaperCode | None) -> Remark | None:
    if printed is None:
        return Remark(_("扫描件上没有读到二维码，系统认不出它是哪一版，请自己核对。"), grave=False)
    if printed.entry != entry.pk:
        return Remark(_("扫描件上的二维码是另一份表的，请检查是不是传错了。"), grave=True)
    versions = list(entry.versions.select_related("form_version").order_by("number"))
    sent = [one for one in versions if one.reason == VersionReason.SUBMITTED]
    valid = entry if entry.is_editable or not sent else sent[-1]
    if code_of(valid.form_version.schema, valid.answers) == printed.code:
        return None
    older = [
        one.number
        for one in versions
        if code_of(one.form_version.schema, one.answers) == printed.code
    ]
    if older:
        words = _("扫描件是第 %(number)d 版的，之后内容改过。请重新打印、盖章，再传新的扫描件。")
        return Remark(words % {"number": older[-1]}, grave=True)
    return Remark(_("扫描件打印以后，内容又改过。请重新打印、盖章，再传新的扫描件。"), grave=True)


def _in_pdf(content: bytes) -> str:
    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            for number in range(min(len(document), FEW_PAGES)):
                page = document[number]
                scale = min(DPI / 72, LONGEST_SIDE / max(*page.get_size(), 1))
                text = _in_picture(page.render(scale=scale, grayscale=True).to_pil())
                page.close()
                if text:
                    return text
        finally:
            document.close()
    return ""


def _in_picture(picture: Image.Image) -> str:
    grey = picture.convert("L")
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    for found in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode):
        if read_code(found.text):
            return found.text
    return ""
