"""Opening a .docx that comes from outside: nothing in it is run, followed or expanded."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files import File
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentType
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from portal.cms import uploads
from portal.cms.uploads import MB, UploadRefused

MAX_BYTES = 20 * MB
MAX_XML = 20 * MB  # unpacked; the longest form has about 1 MB
MAX_PARTS = 2000
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    struct.error,
    KeyError,
    ValueError,
    AttributeError,
    EOFError,
    RuntimeError,  # RecursionError, a password, an unknown way of packing
)


def open_word(upload: File) -> DocumentType:
    """Return an uploaded .docx, opened.

    Raises:
        UploadRefused: no sound .docx, too large (unpacked too), with macros, a password, entities, or parts to be
            fetched from elsewhere; the reason is for the person.
    """
    checked = uploads.check(upload, allowed={"docx"}, max_bytes=MAX_BYTES)
    data = checked.file.read()
    try:
        _look_into(data)
        return Document(BytesIO(data))
    except _BROKEN as error:
        raise UploadRefused(
            _("这个文件不是完好的 Word 文档。请用 Word 打开原稿，另存为 .docx 后重新上传。")
        ) from error


def _look_into(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = package.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise UploadRefused(_("文件设有打开密码。请取消密码后重新上传。"))
        marked_up = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
        if len(parts) > MAX_PARTS or sum(part.file_size for part in marked_up) > MAX_XML:
            raise UploadRefused(
                _("文件展开后过大，不像一份填好的表。请把内容复制到新下载的表格里再上传。")
            )
        for part in marked_up:
            content = package.read(part)
            root = _parsed(content)
            if part.filename.endswith(".rels"):
                _refuse_fetching(root)


def _parsed(content: bytes) -> etree._Element:
    """Return the root of a part. A document type can define entities, and Word never writes one."""
    if b"<!DOCTYPE" in content or "<!DOCTYPE".encode("utf-16-le") in content:
        raise _entities()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise _entities()
    return root


def _entities() -> UploadRefused:
    return UploadRefused(
        _("这个文件里有 Word 不会写的定义（DTD），不能接收。请用 Word 另存为 .docx 后重新上传。")
    )


def _refuse_fetching(root: etree._Element) -> None:
    """Refuse parts that Word would fetch from elsewhere; links to click are only text to us."""
    for relation in root.iter(RELATIONSHIP):
        if relation.get("TargetMode") != "External":
            continue
        kind = (relation.get("Type") or "").rpartition("/")[2]
        own_disk = (relation.get("Target") or "").lower().startswith("file:///")
        if kind != "hyperlink" and not (kind == "attachedTemplate" and own_disk):
            raise UploadRefused(
                _(
                    "这个文件引用了外部的内容（图片、模板或对象），不能接收。请把它们断开链接或删去，另存后重新上传。"
                )
            )
