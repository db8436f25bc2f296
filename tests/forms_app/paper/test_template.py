"""The office's own template: names in double braces, checked when it comes, filled with nothing but answers."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from forms_app.models import FormTemplate
from forms_app.paper.placeholders import faults
from portal.units.models import Role
from tests.factories.answers import complete_application_answers, default_schema
from tests.factories.forms import entry_in
from tests.factories.units import person_with

SCHEMA = default_schema("application")


def docx(*lines, row=(), foot="{{二维码}}"):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if row:
        cells = document.add_table(1, len(row)).rows[0].cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.sections[0].footer.paragraphs[0].text = foot
    return document


def saved(document):
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def office(call):
    return person_with(Role.SCHOOL_UNION)


@pytest.fixture
def send(call, as_):
    """Return a function that uploads a template as somebody."""

    def send(person, document):
        file = SimpleUploadedFile("本校格式.docx", saved(document))
        return as_(person).post(reverse("office:template", args=[call.form_id]), {"file": file})

    return send


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{{项目名字}}", "{{项目名字}} 不是"),
        ("{{ title.__class__ }}", "{{ title.__class__ }} 不是"),
        ("{{ 7*7 }}", "{{ 7*7 }} 不是"),
        ("{{ title|upper }}", "不是"),
        ("{{ title", "没有配对"),
        ("title }}", "没有配对"),
        ("{% for a in b %}", "不能写程序语句"),
        ("{{预算明细.内容}}", "要写在 Word 表格的一行里"),
        ("{{标题}}", "不是"),
    ],
)
def test_a_placeholder_that_means_nothing_is_named(written, words):
    [fault] = faults(docx(written), SCHEMA)

    assert words in fault


def test_a_row_belongs_to_one_table():
    [fault] = faults(docx(row=("{{预算明细.内容}}", "{{schedule.task}}")), SCHEMA)

    assert "一行只能属于一个表格" in fault


def test_codes_labels_blanks_and_torn_runs_are_all_understood():
    document = docx(
        "{{title}} {{ 项目名称 }}", row=("{{budget_items.item}}", "{{预算明细.金额（元）}}")
    )
    paragraph = document.add_paragraph("{")
    for piece in ("{项目", "简介", "}}"):
        paragraph.add_run(piece)

    assert faults(document, SCHEMA) == []


def test_forms_are_filled_into_the_template(call, office, send, as_):
    document = docx(
        "项目：{{项目名称}}（{{version}}）", row=("{{预算明细.内容}}", "{{budget_items.amount}}")
    )
    torn = document.add_paragraph("简介：{")
    for piece in ("{项目", "简介", "}}。"):
        torn.add_run(piece)
    document.add_paragraph("{{chair_opinion}}")
    entry = entry_in(
        "submitted",
        call=call,
        answers=complete_application_answers(title="{{leader_phone}}", summary="一\n二"),
    )

    assert send(office, document).status_code == 302

    content = as_(entry.created_by).get(reverse("forms_app:docx", args=[entry.pk])).content
    filled = Document(BytesIO(content))
    texts = [paragraph.text for paragraph in filled.paragraphs]
    assert texts[0].replace("\u200b", "").startswith("项目：{{leader_phone}}（第 1 版（报送，")
    assert "13800000001" not in texts[0]
    assert "简介：一\n二。" in texts
    assert "同意" in texts
    assert [[cell.text for cell in row.cells] for row in filled.tables[0].rows] == [
        ["教练课酬", "8,000.00 元"],
        ["年底展演", "4,000.00 元"],
    ]
    assert filled.sections[0].footer._element.xpath(".//pic:pic")


def test_a_wrong_template_changes_nothing_and_says_what_is_wrong(call, office, send, as_):
    send(office, docx("{{项目名称}}"))

    page = send(office, docx("{{项目名字}}"))

    assert page.status_code == 422
    assert "{{项目名字}} 不是这张表的栏目" in page.text
    template = FormTemplate.objects.get()
    got = as_(office).get(reverse("office:template_file", args=[call.form_id]))
    assert Document(BytesIO(got.content)).paragraphs[0].text == "{{项目名称}}"
    assert template.uploaded_by == office


def test_another_template_takes_the_place_and_can_be_taken_away(
    call, office, send, client, django_capture_on_commit_callbacks
):
    send(office, docx("{{项目名称}}"))
    first = FormTemplate.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        page = send(office, docx("{{品牌口号}}", foot=""))
    assert "认不出它是哪一版" in client.get(page["Location"]).text
    second = FormTemplate.objects.get().file
    assert (first.storage.exists(first.name), second.storage.exists(second.name)) == (False, True)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("office:template_drop", args=[call.form_id]))

    assert not FormTemplate.objects.exists()
    assert not second.storage.exists(second.name)


def test_the_screen_lists_what_may_be_written(call, office, as_):
    page = as_(office).get(reverse("office:template", args=[call.form_id]))

    for name in (
        "{{项目名称}}",
        "{{title}}",
        "{{预算明细.金额（元）}}",
        "{{budget_items.amount}}",
        "{{二维码}}",
    ):
        assert name in page.text


def test_only_the_office_changes_templates(call, office, send, as_):
    auditor = person_with(Role.AUDITOR)
    assert as_(auditor).get(reverse("office:template", args=[call.form_id])).status_code == 200
    assert "不办理申报" in send(auditor, docx("{{title}}")).text
    for person in (person_with(Role.EXPERT), None):
        assert send(person, docx("{{title}}")).status_code in (302, 404)
        got = as_(person).post(reverse("office:template_drop", args=[call.form_id]))
        assert got.status_code in (302, 404)
    assert not FormTemplate.objects.exists()
