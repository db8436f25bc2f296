"""An entry on paper: the official form as .docx and as a page to print."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from forms_app.models import EntryVersion
from forms_app.paper.code import paper_code, read_code
from portal.units.models import Post, Role
from tests.factories.answers import complete_application_answers
from tests.factories.forms import draft, entry_in
from tests.factories.units import UnitFactory, person_of, person_with
from tests.forms_app.paper.conftest import cells_of, foot_of


def beside(cells, label):
    """Return the text of the cell after a label's."""
    return cells[cells.index(label) + 1]


@pytest.fixture
def sent(call):
    unit = UnitFactory(name="示例学院工会")
    answers = complete_application_answers(partner_units=[UnitFactory(name="示例图书馆工会").code])
    return entry_in("submitted", call=call, unit=unit, answers=answers)


@pytest.fixture
def content(sent, as_):
    client = as_(sent.created_by)
    return client.get(reverse("forms_app:version_docx", args=[sent.pk, 1])).content


def test_a_version_is_an_official_form(content):
    cells = cells_of(content)

    assert beside(cells, "项目名称") == "太极晨光"
    assert beside(cells, "申报单位") == "示例学院工会"
    assert beside(cells, "经费总额") == "12,000.00 元"
    assert beside(cells, "开始日期") == "2026年4月10日"
    assert beside(cells, "申请校工会经费") == "10,000.00 元"
    assert "☑\u00a0校园文化类" in beside(cells, "项目类别")
    assert beside(cells, "项目性质") == "☑\u00a0新建　☐\u00a0延续提升"
    assert beside(cells, "联合申报单位") == "示例图书馆工会"
    assert cells[cells.index("教练课酬") - 1 : cells.index("教练课酬") + 3] == [
        "职工教育",
        "教练课酬",
        "200 元 × 40 次",
        "8,000.00 元",
    ]
    assert "合计：12,000.00 元" in cells
    assert "延续的项目" not in cells


def test_the_opinions_stand_in_their_boxes_with_room_for_stamps(sent, content):
    cells = cells_of(content)
    chair, office = beside(cells, "二级工会意见"), beside(cells, "校工会意见")
    signed = sent.signoffs.get(level="chair")

    assert chair.startswith("同意")
    assert str(signed.signer) in chair
    assert "（盖章）" in chair
    assert "年" in chair
    assert "　　　年　　月　　日" in office
    assert "（盖章）" in office
    assert "党组织意见" in cells


def test_version_hash_and_code_stand_on_every_page(sent, content):
    version = EntryVersion.objects.get(entry=sent)
    section = Document(BytesIO(content)).sections[0]

    assert "第 1 版（报送，" in foot_of(content)
    assert version.digest[:12] in foot_of(content)
    assert len(section.footer._element.xpath(".//pic:pic")) == 1
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_a_draft_says_that_it_is_one_and_has_no_opinions_yet(call, as_):
    entry = draft(call=call)

    content = as_(entry.created_by).get(reverse("forms_app:docx", args=[entry.pk])).content

    assert "草稿，尚未报送" in foot_of(content)
    assert "　　　年　　月　　日" in beside(cells_of(content), "二级工会意见")


def test_an_association_has_its_own_opinions(call, as_):
    choir = UnitFactory(name="示例合唱协会", kind="association")
    entry = draft(call=call, unit=choir)

    cells = cells_of(as_(entry.created_by).get(reverse("forms_app:docx", args=[entry.pk])).content)

    assert {"会长意见", "挂靠单位意见"} <= set(cells)


def test_characters_that_no_document_holds_break_nothing(call, as_):
    entry = draft(call=call, answers={"title": "太极\ufffe晨光<&>", "summary": "一\n\n二\t三"})

    cells = cells_of(as_(entry.created_by).get(reverse("forms_app:docx", args=[entry.pk])).content)

    assert beside(cells, "项目名称") == "太极晨光<&>"
    assert beside(cells, "项目简介") == "一\n\n二三"


def test_the_print_page_says_the_same(sent, as_):
    page = as_(sent.created_by).get(reverse("forms_app:version_print", args=[sent.pk, 1]))

    for words in ("太极晨光", "☑\u00a0新建", "8,000.00 元", "合计：12,000.00 元", "（盖章）"):
        assert words in page.text
    assert "第 1 版（报送，" in page.text
    assert "data:image/svg+xml" in page.text


@pytest.mark.parametrize("name", ["docx", "print"])
def test_a_form_is_for_those_who_may_see_the_entry(name, sent, as_):
    addresses = [
        reverse(f"forms_app:{name}", args=[sent.pk]),
        reverse(f"forms_app:version_{name}", args=[sent.pk, 1]),
    ]
    for person, answer in (
        (sent.created_by, 200),
        (person_of(sent.unit, Post.PARTY), 200),
        (person_with(Role.SCHOOL_UNION), 200),
        (person_with(Role.AUDITOR), 200),
        (person_of(UnitFactory()), 404),
        (person_with(Role.EXPERT), 404),
        (None, 302),
    ):
        client = as_(person)
        assert [client.get(one).status_code for one in addresses] == [answer, answer]
    assert as_(sent.created_by).post(addresses[0]).status_code == 405
    missing = reverse(f"forms_app:version_{name}", args=[sent.pk, 9])
    assert as_(sent.created_by).get(missing).status_code == 404


def test_the_code_on_paper_tells_whether_the_paper_is_still_true(sent, as_):
    version = sent.versions.select_related("form_version").get()
    code = paper_code(sent, version)
    assert read_code(code.address) == code
    client = as_(sent.created_by)

    assert "与系统里现在的内容一致" in client.get(code.address, follow=True).text

    other = entry_in("returned", call=sent.call, answers=complete_application_answers())
    old = paper_code(other, other.versions.select_related("form_version").get())
    other.answers = {**other.answers, "title": "太极晨光二"}
    other.save()
    client = as_(other.created_by)
    assert "第 1 版，系统里的内容后来改过" in client.get(old.address, follow=True).text
    assert as_(sent.created_by).get(old.address).status_code == 404


@pytest.mark.parametrize(
    "text", ["", "https://example.com/", "/my/paper/1-2-xyz/", "/my/paper/1-1/"]
)
def test_other_codes_are_none_of_ours(text):
    assert read_code(text) is None
