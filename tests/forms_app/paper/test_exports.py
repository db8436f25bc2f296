"""What leaves a call in bulk: the workbook of all answers, and the ZIP of forms and files."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from forms_app.models import Entry, FormVersion
from forms_app.permissions import handled_by, may_handle
from portal.messaging import jobs
from portal.messaging.models import Job
from portal.units.models import Post, Role
from tests.browsing import read
from tests.factories.answers import attach, complete_application_answers, default_schema, tiny_pdf
from tests.factories.forms import draft, entry_in
from tests.factories.units import UnitFactory, person_of, person_with
from tests.forms_app.paper.conftest import cells_of


@pytest.fixture
def office(call):
    return person_with(Role.SCHOOL_UNION)


@pytest.fixture
def sent(call):
    unit = UnitFactory(name="示例学院工会")
    answers = complete_application_answers(title="=1+1")
    return entry_in("submitted", call=call, unit=unit, answers=answers)


def workbook(client, call, **query):
    answer = client.get(reverse("office:answers_xlsx", args=[call.pk]), query)
    return load_workbook(BytesIO(answer.content))


def row_of(sheet, number=2):
    """Return a row of a sheet by its headings."""
    heads = [cell.value for cell in sheet[1]]
    return dict(zip(heads, [cell.value for cell in sheet[number]], strict=True))


def test_every_answer_stands_in_its_column_with_its_type(call, sent, office, as_):
    book = workbook(as_(office), call)

    row = row_of(book["全部内容"])
    assert (row["序号"], row["单位"], row["状态"]) == (1, "示例学院工会", "待形式审查")
    assert row["开始日期"] == datetime(2026, 4, 10)
    assert row["申请校工会经费"] == 10000
    assert row["预计覆盖人数"] == 300
    assert row["项目类别"] == "校园文化类"
    assert row["项目性质"] == "新建"
    assert row["承诺"] == "已承诺"
    assert row["负责人手机"] == "13800000001"
    budget = row_of(book["预算明细"], 3)
    assert (budget["科目"], budget["金额（元）"]) == ("文体活动", 4000)
    assert row_of(book["进度安排"])["结束"] == datetime(2026, 5, 31)


def test_nothing_typed_becomes_a_formula(call, sent, office, as_):
    book = workbook(as_(office), call)

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells}.isdisjoint({"f"})
    [title] = [cell for cell in book["全部内容"][2] if cell.value == "=1+1"][:1]
    assert title.quotePrefix


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "=cmd|' /C calc'!", "=HYPERLINK("])
def test_what_begins_like_a_formula_stays_text_in_every_sheet(call, office, as_, sign):
    answers = complete_application_answers(slogan=f"{sign}1+1", leader_post=f"{sign}2")
    answers["members"] = [{"name": f"{sign}3", "unit": "会计学院", "duty": f"{sign}4"}]
    entry_in("submitted", call=call, answers=answers)

    book = workbook(as_(office), call)

    found = {
        cell.value: cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(sign)
    }
    assert {f"{sign}1+1", f"{sign}2", f"{sign}3", f"{sign}4"} <= found.keys()
    assert {cell.data_type for cell in found.values()} == {"s"}
    assert all(cell.quotePrefix for cell in found.values())


def test_days_and_amounts_are_typed_and_look_like_it(call, sent, office, as_):
    book = workbook(as_(office), call)
    heads = {cell.value: cell.column_letter for cell in book["全部内容"][1]}

    def cell(sheet, head):
        return book[sheet][f"{heads[head]}2"]

    day, amount, people = (
        cell("全部内容", head) for head in ("开始日期", "申请校工会经费", "预计覆盖人数")
    )
    assert (day.is_date, day.number_format) == (True, 'yyyy"年"m"月"d"日"')
    assert (amount.data_type, amount.number_format) == ("n", "#,##0.00")
    assert isinstance(amount.value, int | float)
    assert (people.data_type, people.value) == ("n", 300)
    # What looks like a number and is none stays as it was typed: a telephone keeps its digits.
    phone = cell("全部内容", "负责人手机")
    assert (phone.data_type, phone.value) == ("s", "13800000001")


def test_entries_of_two_versions_share_their_columns(call, sent, office, as_):
    schema = default_schema("application")
    schema["sections"][0]["fields"][3]["label"] = "品牌名称"
    del schema["sections"][0]["fields"][4]
    FormVersion.objects.create(definition=call.form, number=2, schema=schema, digest="second")
    del call.form.latest_version
    newer = entry_in("submitted", call=call, answers=complete_application_answers(slogan=None))
    assert newer.form_version.number != sent.form_version.number

    sheet = workbook(as_(office), call)["全部内容"]

    assert {row_of(sheet, 2)["品牌名称"], row_of(sheet, 3)["品牌名称"]} == {"=1+1", "太极晨光"}
    assert row_of(sheet, 2)["品牌口号"] == "晨起一刻，身心舒展"
    assert row_of(sheet, 3)["品牌口号"] is None


def test_drafts_stay_with_their_units_and_the_filter_holds(call, sent, office, as_):
    draft(call=call, answers={"title": "草稿"})
    entry_in("rejected", call=call, answers=complete_application_answers(title="未立项的"))

    sheet = workbook(as_(office), call, status="rejected")["全部内容"]

    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["未立项的"]
    assert workbook(as_(office), call)["全部内容"].max_row == 3


def test_more_entries_ask_no_more(call, sent, office, as_):
    address = reverse("office:answers_xlsx", args=[call.pk])
    client = as_(office)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(2):
        entry_in("submitted", call=call, answers=complete_application_answers())
    with CaptureQueriesContext(connection) as three:
        client.get(address)

    assert len(one) == len(three) <= 20


def test_who_does_not_handle_an_entry_gets_it_by_no_export(call, sent, office, as_):
    own = person_with(Role.SCHOOL_UNION)
    sent.unit.memberships.create(user=own, post=Post.PARTY)
    partner = person_with(Role.SCHOOL_UNION)
    library = UnitFactory()
    library.memberships.create(user=partner, post=Post.OFFICER)
    second = entry_in(
        "submitted",
        call=call,
        answers=complete_application_answers(title="另一项", partner_units=[library.code]),
    )
    auditor = person_with(Role.AUDITOR)

    for person in (office, own, partner, auditor, sent.created_by):
        handled = {one.pk for one in Entry.objects.all() if may_handle(person, one)}
        assert set(handled_by(person).values_list("pk", flat=True)) == handled
    book = workbook(as_(own), call)
    assert [row[2] for row in book["全部内容"].iter_rows(min_row=2, values_only=True)] == ["另一项"]
    assert "1 份申报不在内" in book["说明"]["A1"].value
    book = workbook(as_(partner), call)
    assert book["全部内容"].max_row == 2
    assert str(second) not in [cell.value for cell in book["全部内容"]["C"]]


@pytest.mark.parametrize(("name", "method"), [("answers_xlsx", "get"), ("pack", "post")])
def test_others_get_nothing(name, method, call, sent, as_):
    address = reverse(f"office:{name}", args=[call.pk])
    for person, answer in (
        (person_with(Role.AUDITOR), 302),
        (person_with(Role.EXPERT), 404),
        (sent.created_by, 404),
        (person_of(UnitFactory()), 404),
        (None, 404),
    ):
        got = getattr(as_(person), method)(address)
        assert got.status_code in (answer, 302)
        assert "spreadsheet" not in got.get("Content-Type", "")
    assert not Job.objects.exists()


def test_the_zip_holds_forms_and_files_in_folders_by_unit(call, sent, office, as_):
    attach(sent, "attachments", "证明.pdf", tiny_pdf())
    attach(sent, "attachments", "证明.pdf", tiny_pdf() + b"2")
    attach(sent, "plan_file", "../../方案:1.pdf", tiny_pdf())
    gone = attach(sent, "attachments", "丢失.pdf", tiny_pdf() + b"3")
    gone.file.storage.delete(gone.file.name)
    client = as_(office)
    client.get(reverse("office:queue", args=[call.pk]))

    answer = client.post(reverse("office:pack", args=[call.pk]))
    assert jobs.sweep() == 1

    job = Job.objects.get(asked_by=office)
    assert answer["Location"] == job.get_absolute_url()
    got = client.get(reverse("workspace:job_file", args=[job.pk]))
    with zipfile.ZipFile(BytesIO(b"".join(got.streaming_content))) as archive:
        names = set(archive.namelist())
        form = archive.read("示例学院工会/=1+1/=1+1.docx")
        notes = archive.read("说明.txt").decode("utf-8-sig")
    assert names == {
        "示例学院工会/=1+1/=1+1.docx",
        "示例学院工会/=1+1/证明.pdf",
        "示例学院工会/=1+1/证明（2）.pdf",
        "示例学院工会/=1+1/_.._方案_1.pdf",
        "全部内容.xlsx",
        "说明.txt",
    }
    assert "教练课酬" in cells_of(form)
    assert "丢失.pdf" in notes


def lost_role(office, unit):
    office.groups.clear()


def took_a_post(office, unit):
    unit.memberships.create(user=office, post=Post.OFFICER)


@pytest.mark.parametrize("change", [lost_role, took_a_post])
def test_a_zip_is_fetched_only_while_its_asker_handles_what_is_in_it(
    call, sent, office, as_, change
):
    client = as_(office)
    client.post(reverse("office:pack", args=[call.pk]))
    jobs.sweep()
    address = reverse("workspace:job_file", args=[Job.objects.get().pk])
    before = read(client.get(address))

    change(office, sent.unit)

    assert before
    assert client.get(address).status_code == 404


def test_a_zip_holds_only_what_its_asker_still_handles_when_it_is_made(call, sent, office, as_):
    as_(office).post(reverse("office:pack", args=[call.pk]))
    sent.unit.memberships.create(user=office, post=Post.OFFICER)

    assert jobs.sweep() == 0

    assert "不由您办理" in Job.objects.get().error
