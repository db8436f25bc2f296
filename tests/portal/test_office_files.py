"""Office files are looked into before a library opens them: bombs and definitions are found for little."""

import pytest

from portal.office_files import Limits, Unsound, marked_up_parts
from tests.factories import hostile
from tests.factories.hostile import MB, cheaply, declaring, docx, docx_of

LIMITS = Limits(markup=20 * MB, marks=600_000)
BODY = "word/document.xml"


def tags():
    return b"<a/>" * 4_900_000


def code_of(data):
    with cheaply(), pytest.raises(Unsound) as unsound:
        for _name, _root in marked_up_parts(data, LIMITS):
            pass
    return unsound.value.code


def locked():
    data = bytearray(docx())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def called(name, content):
    """Return a .docx in which a relation makes styles of a part that is not called so."""
    types = b'<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    return docx(
        **{
            "[Content_Types].xml": hostile.before_end(b"Types", types % name.encode()),
            "word/_rels/document.xml.rels": lambda old: old.replace(
                b"styles.xml", name.removeprefix("word/").encode()
            ),
            name: lambda _old: content,
        }
    )


def test_a_sound_file_gives_its_parts():
    names = [name for name, _root in marked_up_parts(docx(), LIMITS)]

    assert BODY in names
    assert "[Content_Types].xml" in names


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"PK\x03\x04" + bytes(400), "broken"),
        (lambda: docx()[:-400], "broken"),
        (locked, "locked"),
        (lambda: docx_of(b" " * 21 * MB), "too_large"),
        (lambda: docx_of(tags()), "too_large"),
        (
            lambda: docx_of(b"<w:p " + b"".join(b'a%d="" ' % n for n in range(700_000)) + b"/>"),
            "too_large",
        ),
        (lambda: docx(**{"word/media/a.bmp": lambda _old: bytes(101 * MB)}), "too_large"),
        (lambda: docx(**{f"x{n}.txt": lambda _old: b"" for n in range(2000)}), "too_large"),
        (lambda: called("word/styles.bin", b"<w:styles>" + tags() + b"</w:styles>"), "too_large"),
        (
            lambda: called("word/styles.png", f"<s>{'a' * 11 * MB}</s>".encode("utf-16")),
            "too_large",
        ),
        (lambda: called("word/styles.jpg", b" " * 500 + tags()), "too_large"),
        (lambda: declaring(docx_of(tags()), BODY, 4000), "broken"),
        (lambda: declaring(docx(), BODY, 4_000_000_000), "too_large"),
        (lambda: docx(**{BODY: hostile.defining(hostile.ENTITY_IN_A_FILE, b"&e;")}), "dtd"),
        (lambda: docx(**{BODY: hostile.defining(hostile.LAUGHS, b"&j;")}), "dtd"),
        (lambda: docx(**{"docProps/app.xml": hostile.defining(hostile.LAUGHS)}), "dtd"),
        (lambda: called("word/styles.bin", hostile.ENTITY_IN_A_FILE + b"<s>&e;</s>"), "dtd"),
        (
            lambda: called(
                "word/styles.xml", "<!DOCTYPE s [<!ENTITY e 'x'>]><s/>".encode("utf-16")
            ),
            "dtd",
        ),
        (lambda: docx_of(b"<a>" * 400 + b"</a>" * 400), "broken"),
    ],
    ids=[
        "no archive",
        "cut off",
        "a password",
        "one long part",
        "millions of tags",
        "millions of attributes",
        "a large picture",
        "thousands of parts",
        "tags under another name",
        "text in UTF-16 under another name",
        "tags behind blanks under another name",
        "a size that is declared too small",
        "a size that is declared too large",
        "an external entity",
        "a billion laughs",
        "a billion laughs where nobody looks",
        "an external entity under another name",
        "an entity in UTF-16",
        "elements without an end of depth",
    ],
)
def test_what_is_not_sound_is_told_for_little(make, code):
    assert code_of(make()) == code
