"""Documents that are not what they seem are refused in words, before anything in them is opened."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from forms_app.paper.word_opening import open_word
from portal.cms.uploads import UploadRefused

RELS = "word/_rels/document.xml.rels"
EXTERNAL = '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s" TargetMode="External"/></Relationships>'


def docx(**changes):
    """Return a .docx with parts changed (text → function of what stood there) or added."""
    plain, changed = BytesIO(), BytesIO()
    Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, changes.pop(part)(content) if part in changes else content)
        for part, make in changes.items():
            new.writestr(part, make(b""))
    return changed.getvalue()


def external(kind, target):
    tail = EXTERNAL % (kind, target)
    return docx(**{RELS: lambda old: old.replace(b"</Relationships>", tail.encode())})


def with_entities(old):
    declared = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    head, found, rest = old.partition(b"?>")
    return head + found + declared + rest


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "旧版的 Word"),
        (b"hello", "纯文本"),
        (b"", "空的"),
        (docx()[:-400], ""),
        (docx(**{"word/vbaProject.bin": lambda old: b"x"}), "宏"),
        (docx(**{"word/document.xml": with_entities}), "DTD"),
        (docx(**{"word/media/x.xml": lambda old: b" " * 21_000_000}), "展开后过大"),
        (docx(**{"word/document.xml": lambda old: b"<w:document"}), "不是完好的"),
        (external("image", "https://example.com/x.png"), "外部的内容"),
        (external("attachedTemplate", "https://example.com/x.dotm"), "外部的内容"),
        (external("oleObject", "file:///C:/x.xlsx"), "外部的内容"),
    ],
    ids=[
        "an old .doc",
        "text",
        "nothing",
        "cut off",
        "macros",
        "entities",
        "a bomb of markup",
        "broken markup",
        "a picture from elsewhere",
        "a template from elsewhere",
        "an object from elsewhere",
    ],
)
def test_it_is_refused(content, words):
    with pytest.raises(UploadRefused) as refusal:
        open_word(SimpleUploadedFile("表.docx", content))

    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "target"),
    [("hyperlink", "mailto:jia@example.com"), ("attachedTemplate", "file:///C:/Normal.dotm")],
)
def test_what_word_itself_writes_is_taken(kind, target):
    assert open_word(SimpleUploadedFile("表.docx", external(kind, target))).element.body is not None
