"""Filling in in Word: what is typed into the form comes back, however people type it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml import parse_xml

from forms_app.engine.context import FillingContext
from forms_app.engine.kinds import kind_of
from forms_app.engine.schema import fields_of
from forms_app.models import Entry
from forms_app.paper.sheet import Sheet, parts_of
from forms_app.paper.word_opening import open_word
from forms_app.paper.word_reading import read_word
from forms_app.paper.word_writing import word_form
from portal.units.models import Post, Role
from tests.factories.answers import (
    complete_application_answers,
    complete_summary_answers,
    default_schema,
    prose,
)
from tests.factories.forms import draft, entry_in
from tests.factories.units import UnitFactory, person_of, person_with

SCHEMAS = {kind: default_schema(kind) for kind in ("application", "summary")}
FULL = {
    "application": complete_application_answers(
        leader_email="jia@example.com",
        publicity_plan="一、校内：海报\n\n二、校外：\t公众号",
        amount_other="0.00",
    ),
    "summary": complete_summary_answers(
        satisfaction="96.5",
        self_grade="failed",
        press=[
            {
                "title": "太极进校园",
                "media": "校报",
                "level": "school",
                "date": "2026-05-01",
                "url": "https://example.com/a?b=1&c=2",
            }
        ],
        videos=[{"title": "展演", "url": "https://example.com/v"}],
    ),
}


def form_of(schema, answers, *, fill_in=True):
    parts = parts_of(schema, answers, FillingContext(), fill_in=fill_in)
    return Document(BytesIO(word_form(Sheet("表", "", "", "", parts, fill_in=fill_in))))


def read(document, schema, answers=None):
    """Return what is read of a document after it has been saved, as an uploaded file is."""
    saved = BytesIO()
    document.save(saved)
    return read_word(Document(BytesIO(saved.getvalue())), schema, answers or {}, FillingContext())


def typed(schema, answers):
    """Return the answers that people can type into Word."""
    writable = {one["key"] for one in fields_of(schema) if kind_of(one).writable_in_word}
    return {
        key: answer
        for key, answer in answers.items()
        if key in writable and kind_of(field(schema, key)).answered
    }


def field(schema, key):
    return next(one for one in fields_of(schema) if one["key"] == key)


def fill(document, label, text):
    """Type over the cell beside a label."""
    cell = beside(document, label)
    cell.text = text


def beside(document, label):
    for table in document.tables:
        for row in table.rows:
            texts = [cell.text.split("\n")[0] for cell in row.cells]
            if label in texts:
                return row.cells[texts.index(label) + 1]
    raise AssertionError(label)


def table_of(document, caption):
    return next(
        table for table in document.tables if table.rows[0].cells[0].text.startswith(caption)
    )


@pytest.fixture
def lists(db):
    """The lists that the database holds."""


@pytest.mark.parametrize("fill_in", [True, False])
@pytest.mark.parametrize("kind", ["application", "summary"])
def test_the_default_forms_come_back_without_loss(kind, fill_in, lists):
    schema, answers = SCHEMAS[kind], FULL[kind]

    found = read(form_of(schema, answers, fill_in=fill_in), schema, answers)

    assert found.answers == typed(schema, answers)
    assert not (fill_in and found.missing)


def test_an_empty_form_says_nothing(lists):
    for schema in SCHEMAS.values():
        found = read(form_of(schema, {}), schema)
        assert (found.answers, found.missing) == ({}, {})
        assert "signed_scan" in found.elsewhere


@pytest.mark.parametrize(
    ("label", "key", "text", "answer"),
    [
        ("开始日期", "start_date", "2024.3.20", "2024-03-20"),
        ("开始日期", "start_date", "２０２４年３月２０日", "2024-03-20"),
        ("开始日期", "start_date", "2024/03/20", "2024-03-20"),
        ("开始日期", "start_date", "20240320", "2024-03-20"),
        ("开始日期", "start_date", "三月底", {"raw": "三月底"}),
        ("预计覆盖人数", "expected_participants", "１，２００人", 1200),
        ("预计覆盖人数", "expected_participants", "约300", {"raw": "约300"}),
        ("申请校工会经费", "amount_requested", "12,000元", "12000.00"),
        ("申请校工会经费", "amount_requested", "1.2万元", "12000.00"),
        ("负责人手机", "leader_phone", "138 0000 0001", "13800000001"),
        ("项目性质", "kind", "√新建　☐延续提升", "new"),
        ("项目性质", "kind", "□新建  ☑ 延续提升", "continued"),
        ("项目性质", "kind", "新建√  延续提升", "new"),
        ("项目性质", "kind", "☐√新建 ☐延续提升", "new"),
        ("项目性质", "kind", "延续提升", "continued"),
        ("项目性质", "kind", "☑新建 ☑延续提升", {"raw": "新建、延续提升"}),
        ("项目性质", "kind", "看情况", {"raw": "看情况"}),
        ("项目名称", "title", "  太极\n晨光 ", "太极 晨光"),
        ("项目简介", "summary", "一\n\n  二 ", "一\n\n  二"),
    ],
)
def test_people_type_as_they_are_used_to(label, key, text, answer, lists):
    document = form_of(SCHEMAS["application"], {})
    fill(document, label, text)

    assert read(document, SCHEMAS["application"]).answers == {key: answer}


def test_rows_are_added_and_left_empty_and_columns_change_places(lists):
    schema = SCHEMAS["application"]
    document = form_of(schema, {})
    table = table_of(document, "量化指标")
    for number in range(3):
        table.add_row()
        cells = table.rows[-1].cells
        cells[0].text, cells[1].text, cells[2].text = f"指标{number}", f"{number + 1}0", "场"
    for row in table.rows[1:]:
        row._tr.append(row._tr.tc_lst[0])

    assert read(document, schema).answers == {
        "indicators": [
            {"name": f"指标{number}", "target": (number + 1) * 10, "unit_label": "场"}
            for number in range(3)
        ]
    }


def test_a_form_without_its_bookmarks_is_read_by_its_labels(lists):
    schema, answers = SCHEMAS["application"], FULL["application"]
    document = form_of(schema, answers)
    for mark in document.element.body.xpath("//w:bookmarkStart|//w:bookmarkEnd"):
        mark.getparent().remove(mark)

    found = read(document, schema, answers)

    assert found.answers == typed(schema, answers)


def test_sections_may_change_their_order_and_labels_their_words(lists):
    schema, answers = SCHEMAS["application"], FULL["application"]
    document = form_of(schema, answers)
    body = document.element.body
    body.insert(0, body.tbl_lst[-1])
    [label] = [one for one in document.element.body.iter(f"{{{W}}}t") if one.text == "项目名称"]
    label.text = "名称（必填）"

    assert read(document, schema, answers).answers == typed(schema, answers)


def test_a_deleted_row_is_said_to_be_missing(lists):
    schema = SCHEMAS["application"]
    document = form_of(schema, FULL["application"])
    row = beside(document, "品牌口号")._tc.getparent()
    row.getparent().remove(row)

    found = read(document, schema)

    assert "slogan" not in found.answers
    assert found.missing == {"slogan": "文件里没有找到“品牌口号”这一栏。"}


def test_fixed_rows_keep_what_is_fixed_wherever_they_stand(lists):
    schema = SCHEMAS["summary"]
    before = [
        {"name": "活动场次", "target": 40, "unit_label": "场"},
        {"name": "参加人次", "target": 900, "unit_label": "人次"},
    ]
    document = form_of(schema, {"indicator_results": before})
    table = table_of(document, "指标完成情况")
    table.rows[2].cells[3].text, table.rows[3].cells[3].text = "46", "1204"
    table.rows[2].cells[1].text = "1"
    table._tbl.append(table.rows[2]._tr)

    answer = read(document, schema, {"indicator_results": before}).answers["indicator_results"]

    assert answer[1] == {**before[1], "actual": 1204}
    assert {**answer[0], "actual": None} == {**before[0], "actual": None}


def test_symbols_tracked_changes_numbers_and_prompts(lists):
    document = form_of(SCHEMAS["application"], {})
    cell = beside(document, "项目性质")
    cell.text = ""
    sym = '<w:p xmlns:w="%s"><w:r><w:sym w:font="Wingdings 2" w:char="F0%s"/><w:t>%s</w:t></w:r></w:p>'
    from_xml(cell, sym % (W, "52", "新建"), sym % (W, "A3", "延续提升"))
    beside(document, "品牌口号").text = ""
    from_xml(
        beside(document, "品牌口号"),
        f'<w:p xmlns:w="{W}"><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新口号</w:t></w:r></w:ins></w:p>',
    )
    from_xml(
        beside(document, "覆盖对象"),
        f'<w:p xmlns:w="{W}"><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点击输入</w:t></w:r></w:sdtContent></w:sdt></w:p>',
    )

    assert read(document, SCHEMAS["application"]).answers == {"kind": "new", "slogan": "新口号"}


def from_xml(cell, *paragraphs):
    for text in paragraphs:
        cell._tc.append(parse_xml(text))


@pytest.mark.parametrize(
    ("first", "read_as"),
    [("合计算盘大赛", ["合计算盘大赛"]), ("合计", []), ("合 计：12,000.00 元", [])],
)
def test_a_row_of_totals_that_somebody_added_is_no_answer(first, read_as, lists):
    document = form_of(SCHEMAS["application"], {})
    cells = table_of(document, "量化指标").rows[2].cells
    cells[0].text, cells[1].text = first, "40"

    found = read(document, SCHEMAS["application"]).answers.get("indicators", [])

    assert [row["name"] for row in found] == read_as


def test_units_are_named_in_any_way(lists):
    first, second = UnitFactory(name="示例图书馆工会"), UnitFactory(name="示例法学院工会")
    document = form_of(SCHEMAS["application"], {})
    fill(document, "联合申报单位", "示例法学院工会 示例图书馆工会，体育部")

    assert read(document, SCHEMAS["application"]).answers == {
        "partner_units": [second.code, first.code, {"raw": "体育部"}]
    }


def test_a_units_name_may_run_over_two_lines(lists):
    unit = UnitFactory(name="示例音乐 舞蹈协会")
    document = form_of(SCHEMAS["application"], {})
    fill(document, "联合申报单位", "示例音乐\n舞蹈协会")

    assert read(document, SCHEMAS["application"]).answers == {"partner_units": [unit.code]}


# --- the pages ----------------------------------------------------------------------------------


@pytest.fixture
def entry(call):
    return draft(call=call, answers={"title": "旧名称", "slogan": "不变"})


def upload(client, entry, content, name="表.docx"):
    return client.post(
        reverse("forms_app:word", args=[entry.pk]), {"file": SimpleUploadedFile(name, content)}
    )


def filled(client, entry, **labels):
    address = reverse("forms_app:word_form", args=[entry.pk])
    document = open_word(SimpleUploadedFile("表.docx", client.get(address).content))
    for label, text in labels.items():
        fill(document, label, text)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_what_was_read_is_shown_before_anything_is_saved(entry, as_):
    client = as_(entry.created_by)

    page = upload(client, entry, filled(client, entry, 项目名称="新名称", 负责人手机="12345"))

    assert page.status_code == 200
    assert [word.key for _draft, word, _faults in page.context["replacing"]] == ["title"]
    [(_draft, word, [fault])] = page.context["new"]
    assert (word.key, "11 位" in fault) == ("leader_phone", True)
    assert [word.key for _draft, word, _faults in page.context["same"]] == ["slogan"]
    assert "盖章扫描件" in page.text
    assert Entry.objects.get(pk=entry.pk).answers == entry.answers


@pytest.mark.parametrize(("chosen", "title"), [("word", "新名称"), ("draft", "旧名称")])
def test_what_is_chosen_lands_in_the_draft_and_nothing_else_is_lost(chosen, title, entry, as_):
    client = as_(entry.created_by)
    page = upload(client, entry, filled(client, entry, 项目名称="新名称", 覆盖对象="全体教职工"))

    answer = client.post(
        reverse("forms_app:word_take", args=[entry.pk]),
        {
            "read": page.context["read"],
            "seen": page.context["seen"],
            "take-title": chosen,
        },
    )

    assert answer["Location"] == reverse("forms_app:edit", args=[entry.pk])
    saved = Entry.objects.get(pk=entry.pk)
    assert (saved.answers["title"], saved.title) == (title, title)
    assert saved.answers["audience"] == "全体教职工"
    assert saved.answers["slogan"] == "不变"


def test_where_somebody_saved_in_between_both_are_shown_to_choose(entry, as_):
    client = as_(entry.created_by)
    page = upload(client, entry, filled(client, entry, 品牌口号="新口号"))
    Entry.objects.filter(pk=entry.pk).update(
        save_count=entry.save_count + 1, answers={**entry.answers, "slogan": "同事改的"}
    )
    data = {"read": page.context["read"], "seen": page.context["seen"]}
    address = reverse("forms_app:word_take", args=[entry.pk])

    answer = client.post(address, data)

    assert answer.status_code == 409
    assert "同事改的" in answer.text
    assert Entry.objects.get(pk=entry.pk).answers["slogan"] == "同事改的"
    assert client.post(address, {**data, "read": data["read"] + "x"}).status_code == 404
    assert client.get(address).status_code == 302


def test_another_document_is_refused_in_words(entry, as_):
    content = BytesIO()
    Document().save(content)

    page = upload(as_(entry.created_by), entry, content.getvalue())

    assert page.status_code == 422
    assert "没有找到这张表的栏目" in page.text


def test_only_who_fills_in_gets_the_form_to_fill_in(entry, as_):
    for name in ("word", "word_form", "word_take"):
        address = reverse(f"forms_app:{name}", args=[entry.pk])
        for person, answer in (
            (person_of(entry.unit, Post.PARTY), 403),
            (person_with(Role.SCHOOL_UNION), 403),
            (person_of(UnitFactory()), 404),
            (person_with(Role.EXPERT), 404),
            (None, 302),
        ):
            assert as_(person).get(address).status_code == answer
    sent = entry_in(
        "submitted", call=entry.call, answers=complete_application_answers(summary=prose(99))
    )
    assert as_(sent.created_by).get(reverse("forms_app:word", args=[sent.pk])).status_code == 409


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
