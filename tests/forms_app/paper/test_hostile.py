"""Documents that are not what they seem are refused in words, before anything in them is opened."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forms_app.engine.context import FillingContext
from forms_app.paper.word_opening import open_word
from forms_app.paper.word_reading import read_word
from portal.cms.files.uploads import UploadRefused
from tests.factories.answers import default_schema
from tests.factories.forms import draft
from tests.factories.hostile import (
    ENTITY_IN_A_FILE,
    LAUGHS,
    TABLE,
    cheaply,
    defining,
    docx,
    docx_of,
)

pytestmark = pytest.mark.both

RELS = "word/_rels/document.xml.rels"
EXTERNAL = '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s" TargetMode="External"/></Relationships>'


def external(kind, target):
    tail = EXTERNAL % (kind, target)
    return docx(**{RELS: lambda old: old.replace(b"</Relationships>", tail.encode())})


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "旧版的 Word"),
        (lambda: b"hello", "纯文本"),
        (lambda: b"", "空的"),
        (lambda: docx()[:-400], ""),
        (lambda: docx(**{"word/vbaProject.bin": lambda old: b"x"}), "宏"),
        (lambda: docx(**{"word/document.xml": defining(LAUGHS, b"&j;")}), "DTD"),
        (lambda: docx(**{"word/document.xml": defining(ENTITY_IN_A_FILE, b"&e;")}), "DTD"),
        (lambda: docx_of(TABLE * 200_000), "展开后过大"),
        (lambda: docx(**{"word/media/x.xml": lambda old: b" " * 21_000_000}), "展开后过大"),
        (lambda: docx(**{"word/document.xml": lambda old: b"<w:document"}), "不是完好的"),
        (lambda: external("image", "https://example.com/x.png"), "外部的内容"),
        (lambda: external("attachedTemplate", "https://example.com/x.dotm"), "外部的内容"),
        (lambda: external("oleObject", "file:///C:/x.xlsx"), "外部的内容"),
    ],
    ids=[
        "an old .doc",
        "text",
        "nothing",
        "cut off",
        "macros",
        "entities",
        "an external entity",
        "hundreds of thousands of tables",
        "a bomb of markup",
        "broken markup",
        "a picture from elsewhere",
        "a template from elsewhere",
        "an object from elsewhere",
    ],
)
def test_it_is_refused(make, words):
    content = make()
    with cheaply(), pytest.raises(UploadRefused) as refusal:
        open_word(SimpleUploadedFile("表.docx", content))

    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "target"),
    [("hyperlink", "mailto:jia@example.com"), ("attachedTemplate", "file:///C:/Normal.dotm")],
)
def test_what_word_itself_writes_is_taken(kind, target):
    assert open_word(SimpleUploadedFile("表.docx", external(kind, target))).element.body is not None


def read(content):
    document = open_word(SimpleUploadedFile("表.docx", content))
    return read_word(document, default_schema("application"), {}, FillingContext())


def test_thousands_of_tables_are_read_without_finding_anything():
    with cheaply():
        reading = read(docx_of(TABLE * 4000))

    assert reading.found_nothing


def test_tables_within_tables_are_read_too():
    deep = b"<w:tbl><w:tr><w:tc>" * 80 + b"</w:tc></w:tr></w:tbl>" * 80

    assert read(docx_of(deep)).found_nothing


def test_a_number_without_end_is_refused():
    wide = b'<w:tc><w:tcPr><w:gridSpan w:val="' + b"9" * 5000 + b'"/></w:tcPr>'

    with pytest.raises(UploadRefused, match="不是完好的"):
        read(docx_of(TABLE.replace(b"<w:tc>", wide)))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: docx(**{"word/document.xml": defining(ENTITY_IN_A_FILE, b"&e;")}), "DTD"),
        (lambda: docx_of(TABLE * 200_000), "展开后过大"),
    ],
    ids=["an external entity", "a bomb"],
)
def test_whoever_uploads_it_reads_why_beside_the_file(client, call, make, words):
    entry = draft(call=call, answers={"title": "示例"})
    client.force_login(entry.created_by)

    page = client.post(
        reverse("forms_app:word", args=[entry.pk]), {"file": SimpleUploadedFile("表.docx", make())}
    )

    assert page.status_code == 422
    error = page.text.split('id="word-file-error"')[1].split("</p>")[0]
    assert words in error
    assert 'aria-describedby="word-file-error"' in page.text
