"""Workbooks that an attacker made are refused in words, for little, before anything in them is carried out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.units.importing.reading import PEOPLE, read_workbook
from portal.units.models import Role, User
from tests.factories import files
from tests.factories.hostile import (
    ENTITY_IN_A_FILE,
    LAUGHS,
    MB,
    before_end,
    behind_end,
    cheaply,
    declaring,
    defining,
    xlsx,
)
from tests.factories.units import person_with

pytestmark = pytest.mark.both

ROWS = b"sheetData"
SHEET = "xl/worksheets/sheet1.xml"
MERGED = b'<mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>'
LINKED = b'<hyperlinks><hyperlink ref="A3:XFD1048576" location="x"/></hyperlinks>'
CELL = b"<c><v>1</v></c>"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def many_cells():
    return before_end(ROWS, b'<row r="3">' + CELL * 1_900_000 + b"</row>")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: xlsx(sheet=many_cells()), "解压后太大"),
        (lambda: xlsx(sheet=lambda old: old + b" " * 31 * MB), "解压后太大"),
        (lambda: xlsx(**{"xl/media/a.bmp": lambda _old: bytes(101 * MB)}), "解压后太大"),
        (lambda: declaring(xlsx(), SHEET, 4_000_000_000), "解压后太大"),
        (lambda: declaring(xlsx(sheet=many_cells()), SHEET, 4000), "已损坏"),
        (lambda: xlsx(sheet=behind_end(ROWS, MERGED)), "合并的单元格或链接太多"),
        (lambda: xlsx(sheet=behind_end(ROWS, LINKED)), "合并的单元格或链接太多"),
        (lambda: xlsx(sheet=before_end(ROWS, FAR)), "表里有 1048576 行"),
        (lambda: xlsx(sheet=defining(LAUGHS, b"&j;")), "DTD"),
        (lambda: xlsx(sheet=defining(ENTITY_IN_A_FILE, b"&e;")), "DTD"),
        (lambda: xlsx(**{"xl/workbook.xml": defining(LAUGHS)}), "DTD"),
        (lambda: files.exe().read(), "不是 Excel"),
    ],
    ids=[
        "millions of cells",
        "one long part",
        "a large picture",
        "a size that is declared too large",
        "a size that is declared too small",
        "one merged area over everything",
        "one link over everything",
        "a cell at the far corner",
        "a billion laughs",
        "an external entity",
        "a billion laughs in the workbook",
        "a program",
    ],
)
def test_it_is_refused_for_little(make, words):
    content = make()
    with cheaply():
        reading = read_workbook(content)

    [problem] = reading.problems
    assert words in problem.message
    assert not any(reading.rows.values())


def test_what_people_send_is_still_read():
    [(_row, person)] = read_workbook(xlsx()).rows[PEOPLE]

    assert person == {"staff_no": "T20260001", "name": "示例甲"}


def test_the_office_reads_why_on_the_page(client, db):
    office = person_with(Role.SCHOOL_UNION)
    client.force_login(office)
    before = User.objects.count()
    bomb = SimpleUploadedFile("名单.xlsx", xlsx(sheet=behind_end(ROWS, MERGED)))

    page = client.post(reverse("units_import"), {"file": bomb})

    assert "什么都没有导入" in page.text
    assert "请取消合并、清除链接后再上传" in page.text
    assert User.objects.count() == before
