"""Opening a .docx that comes from outside: nothing in it is run, followed or expanded."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx import Document
from docx.document import Document as DocumentType
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from portal.cms.files import uploads
from portal.cms.files.uploads import MB, UploadRefused
from portal.office_files import BROKEN, Limits, Unsound, marked_up_parts

MAX_BYTES = 20 * MB
# The longest form has about 1 MB of markup with some twenty thousand marks.
LIMITS = Limits(markup=20 * MB, marks=600_000)
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
REASONS = {
    "broken": gettext_lazy(
        "这个文件不是完好的 Word 文档。请用 Word 打开原稿，另存为 .docx 后重新上传。"
    ),
    "locked": gettext_lazy("文件设有打开密码。请取消密码后重新上传。"),
    "too_large": gettext_lazy(
        "文件展开后过大，不像一份填好的表。请把内容复制到新下载的表格里再上传。"
    ),
    "dtd": gettext_lazy(
        "这个文件里有 Word 不会写的定义（DTD），不能接收。请用 Word 另存为 .docx 后重新上传。"
    ),
}


def open_word(upload: File) -> DocumentType:
    """Return an uploaded .docx, opened.

    Raises:
        UploadRefused: no sound .docx, too large (unpacked too), with macros, a password, entities, or parts to be
            fetched from elsewhere; the reason is for the person.
    """
    checked = uploads.check(upload, allowed={"docx"}, max_bytes=MAX_BYTES)
    data = checked.file.read()
    with only_sound():
        for name, root in marked_up_parts(data, LIMITS):
            if name.endswith(".rels"):
                _refuse_fetching(root)
        return Document(BytesIO(data))


@contextmanager
def only_sound() -> Iterator[None]:
    """Around whatever walks through a document from outside: what it stumbles over is the file's fault.

    Raises:
        UploadRefused: in the words for the person.
    """
    try:
        yield
    except Unsound as unsound:
        raise UploadRefused(str(REASONS[unsound.code])) from unsound
    except (PackageNotFoundError, *BROKEN) as error:
        raise UploadRefused(str(REASONS["broken"])) from error


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
