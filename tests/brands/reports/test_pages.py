"""The reports as pages, workbooks and prints: who opens them, what they cost, what the files hold."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from brands.cultivation import cultivating
from brands.models import Project, ProjectStatus
from brands.reports.catalogue import REPORTS
from forms_app.models import ProgrammeYear
from portal.units.models import Role
from tests.factories.forms import Cast, YearFactory, entry_in
from tests.factories.projects import award_level, project_in, quick_call, summed_up
from tests.factories.units import UnitFactory, person_of, person_with

pytestmark = pytest.mark.django_db
FORMULA = "=1+1"
MOST_QUERIES = 45  # of the overview, the admin's frame included


def finished_in(call, **details):
    """Return a project with a summary, a grade and an award."""
    project = project_in(ProjectStatus.CULTIVATING, call=call, **details)
    project.disbursements.update(paid_on=timezone.localdate())
    spent = [{"category": "activity", "spent": "1200.50"}]
    project = summed_up(project, grade="excellent", expenses=spent)
    level = award_level(project.programme_year)
    return cultivating.give_award(project, actor=Cast(project.unit).office, level=level)


@pytest.fixture(scope="module")
def told(made_once):
    def make():
        answers = {"title": FORMULA, "amount_requested": "10000.00"}
        return finished_in(
            quick_call(needs_experts=True, limit_per_unit=9),
            unit=UnitFactory(code="told", name="示例已报工会"),
            answers=answers,
        ).pk

    return made_once(make)


@pytest.fixture
def project(db, told):
    return Project.objects.select_related("unit", "programme_year", "entry").get(pk=told)


@pytest.fixture
def office(client):
    """The browser of somebody in the office."""
    client.force_login(person_with(Role.SCHOOL_UNION))
    return client


def addresses(project):
    """Return every address of the reports, by what it is."""
    year, unit = project.programme_year.year, project.unit.code
    found = {"units": reverse("yearly:units"), "units_xlsx": reverse("yearly:units_xlsx")}
    found["units_print"] = reverse("yearly:units_print")
    for form in ("", "_xlsx", "_print"):
        found[f"year{form}"] = reverse(f"yearly:year{form}", args=[year])
        found[f"unit{form}"] = reverse(f"yearly:unit{form}", args=[unit])
        for code in REPORTS:
            found[f"{code}{form}"] = reverse(f"yearly:report{form}", args=[year, code])
    return found


def book_at(client, address):
    answer = client.get(address)
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    return load_workbook(BytesIO(answer.content))


# --- who comes in -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.SCHOOL_UNION, {200}),
        (Role.AUDITOR, {200}),
        (Role.FIRST_REVIEW, {404}),
        # Who has no business in the CMS is stopped at its door.
        (Role.EXPERT, {302, 403}),
        (None, {302, 403}),
    ],
)
def test_the_office_and_the_auditors_read_and_nobody_else(client, project, role, statuses):
    client.force_login(person_with(role) if role else person_of(project.unit))

    for name, address in addresses(project).items():
        answer = client.get(address)
        assert answer.status_code in statuses, name
        assert client.post(address).status_code in {*statuses, 404, 405} - {200}, name


def test_who_has_not_signed_in_is_asked_to(client, project):
    for address in addresses(project).values():
        assert client.get(address).status_code == 302


def test_the_menu_leads_there_for_those_who_may(client, project):
    index = reverse("yearly:index")
    client.force_login(person_with(Role.AUDITOR))
    assert index in client.get("/admin/").text
    client.force_login(person_with(Role.FIRST_REVIEW))
    assert index not in client.get("/admin/").text


def test_without_a_choice_the_running_year_is_shown(office, project):
    answer = office.get(reverse("yearly:index"))

    assert answer.url == reverse("yearly:year", args=[ProgrammeYear.current().year])


@pytest.mark.parametrize("path", ["1999/", "1999.xlsx", "1999/print/", "units/nobody/"])
def test_what_there_is_not_is_not_found(office, project, path):
    assert office.get(reverse("yearly:index") + path).status_code == 404


def test_a_report_that_nobody_makes_is_not_found(office, project):
    year = project.programme_year.year

    for name in ("report", "report_xlsx", "report_print"):
        assert office.get(reverse(f"yearly:{name}", args=[year, "weather"])).status_code == 404


# --- pages --------------------------------------------------------------------------------------


def test_a_page_shows_sums_and_leads_to_project_and_unit(office, project):
    text = office.get(addresses(project)["money"]).text

    for words in ("10,000.00", "8,000.00", "1,200.50", "6,799.50"):
        assert words in text
    assert project.office_path in text
    assert reverse("yearly:unit", args=[project.unit.code]) in text


def test_another_year_of_the_same_report_is_one_click_away(office, project):
    YearFactory(year=2020)

    text = office.get(addresses(project)["coverage"]).text

    assert reverse("yearly:report", args=[2020, "coverage"]) in text


def test_the_register_of_units_leads_to_their_records(office, project):
    text = office.get("/admin/units/unit/").text

    assert reverse("yearly:unit", args=[project.unit.code]) in text


def test_in_english_no_word_is_left_in_chinese_that_is_not_content(office, project):
    with translation.override("en"):
        told = [str(label) for label, _make in REPORTS.values()]

    assert all(label.isascii() for label in told)


def test_more_projects_ask_no_more(office, project):
    names = [*REPORTS, "year", "unit", "units", "year_xlsx", "year_print"]

    def asked(name):
        office.get(addresses(project)[name])
        with CaptureQueriesContext(connection) as queries:
            assert office.get(addresses(project)[name]).status_code == 200, name
        return len(queries)

    few = {name: asked(name) for name in names}
    call = project.entry.call
    for kind in ("college", "department"):
        finished_in(call, unit=UnitFactory(kind=kind))
        finished_in(call, unit=project.unit)
        entry_in("in_notice", call=quick_call(programme_year=call.programme_year, notice_days=5))
        entry_in("returned", call=call)

    assert {name: asked(name) for name in names} == few
    assert max(few.values()) <= MOST_QUERIES


# --- workbooks ----------------------------------------------------------------------------------


def test_the_years_workbook_holds_every_table_with_its_types(office, project):
    book = book_at(office, addresses(project)["year_xlsx"])

    assert book.sheetnames[0] == "总览"
    assert {"各学院申报情况", "按项目类别", "项目经费", "项目", "表彰名单", "等次分布"} <= set(
        book.sheetnames
    )
    sheet = book["项目经费"]
    assert "项目经费" in sheet["A1"].value
    heads = [cell.value for cell in sheet[2]]
    granted = sheet.cell(3, heads.index("批准") + 1)
    assert (granted.value, granted.number_format) == (8000, "#,##0.00")
    total = {cell.value for cell in sheet[4]}
    assert "合计" in total
    assert {10000, 8000} <= total
    given = book["表彰名单"].cell(3, 7)
    assert isinstance(given.value, datetime)
    assert given.value.date() == timezone.localdate()


def test_what_people_typed_is_never_a_formula(office, project):
    sheet = book_at(office, addresses(project)["money_xlsx"])["项目经费"]
    [typed] = [cell for cell in sheet[3] if cell.value == FORMULA]

    assert (typed.data_type, typed.quotePrefix) == ("s", True)


def test_the_overview_of_the_workbook_says_what_the_page_says(office, project):
    book = book_at(office, addresses(project)["year_xlsx"])
    context = office.get(addresses(project)["year"]).context

    told = [row[:3] for row in book["总览"].iter_rows(min_row=3, values_only=True) if row[1]]
    shown = [(one.title, f.label, f.value) for one in context["reports"] for f in one.figures]

    assert [(a, b, Decimal(str(c))) for a, b, c in told if c is not None] == [
        (a, b, Decimal(c)) for a, b, c in shown if c is not None
    ]


def test_a_sheet_is_ready_for_a4(office, project):
    sheet = book_at(office, addresses(project)["money_xlsx"])["项目经费"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$1:$2"


# --- on paper -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*REPORTS, "year", "unit", "units"])
def test_paper_says_what_it_is_when_it_was_printed_and_who_signs(office, project, name):
    text = office.get(addresses(project)[f"{name}_print"]).text

    today = timezone.localdate()
    for words in ("一会一品", f"{today.year}年{today.month}月{today.day}日", "制表人", "审核人"):
        assert words in text
    assert 'href="/admin/projects/' not in text
