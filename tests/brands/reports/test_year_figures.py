"""The reports of a year in December: every figure is what a person would count by hand, and the same wherever it stands."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.cultivation import cultivating
from brands.models import Project, ProjectStatus
from brands.reports.catalogue import REPORTS, all_reports, report_of
from brands.reports.units import all_units, unit_record
from brands.reports.year_facts import YearFacts
from forms_app.covering import coverage_of, exempt
from forms_app.models import EntryStatus, FormKind, ProgrammeYear
from forms_app.office.queues import budget_left
from portal.units.models import Role
from tests.brands.reports.reading import by_title, figures, rows
from tests.factories.forms import Cast, draft, entry_in
from tests.factories.projects import (
    activity_of,
    award_level,
    project_in,
    quick_call,
    summed_up,
)
from tests.factories.units import UnitFactory, person_with

pytestmark = pytest.mark.django_db


SPENT = [
    {"category": "activity", "budgeted": "4000.00", "spent": "1200.50"},
    {"category": "publicity", "budgeted": "500.00", "spent": "300.25"},
]


def asking(amount, **answers):
    return {"amount_requested": amount, **answers}


@pytest.fixture(scope="module")
def told(made_once):
    """A year as it stands in December; sums are small enough to add up in the head."""

    def make():
        call = quick_call()
        year = call.programme_year
        units = {
            code: UnitFactory(code=code, name=f"示例{code}工会", kind=kind, is_disciplinary=college)
            for code, kind, college in (
                ("awarded", "college", True),
                ("running", "department", False),
                ("refused", "college", True),
                ("noticed", "association", False),
                ("drafting", "college", True),
                ("away", "college", True),
                ("silent", "college", True),
                ("gone", "department", False),
            )
        }
        awarded = project_in(
            ProjectStatus.CULTIVATING,
            call=call,
            unit=units["awarded"],
            answers=asking("10000.00", title="示例获奖项目"),
        )
        awarded.disbursements.update(amount=Decimal("5000.40"), paid_on=timezone.localdate())
        awarded = summed_up(awarded, grade="excellent", expenses=SPENT)
        cultivating.give_award(awarded, actor=Cast(awarded.unit).office, level=award_level(year))
        running = project_in(
            ProjectStatus.CULTIVATING,
            call=call,
            unit=units["running"],
            answers=asking("9000.10", title="示例在建项目", category="lead"),
        )
        activity_of(running)
        entry_in(
            EntryStatus.REJECTED,
            call=call,
            unit=units["refused"],
            answers=asking("700.00", category="culture"),
        )
        noticed = quick_call(programme_year=year, notice_days=5)
        entry_in(
            EntryStatus.IN_NOTICE,
            call=noticed,
            unit=units["noticed"],
            answers=asking("8000.00", category="care"),
        )
        draft(call=call, unit=units["drafting"])
        entry_in(EntryStatus.WITHDRAWN, call=call, unit=units["gone"])
        exempt(year, unit=units["away"], actor=Cast(units["away"]).office, reason="今年新建")
        return year.pk

    return made_once(make)


@pytest.fixture
def year(db, told):
    return ProgrammeYear.objects.get(pk=told)


@pytest.fixture
def report(year):
    """Return a function that makes one of the year's reports."""
    return lambda code: report_of(YearFacts(year), code)


# --- coverage -----------------------------------------------------------------------------------


def test_coverage_is_that_of_the_office_and_names_the_missing(report, year):
    told = report("coverage")

    assert figures(told) == {
        "应申报学院": 4,
        "已申报": 2,
        "未申报": 2,
        "豁免": 1,
        "覆盖率": Decimal("50.0"),
    }
    standing = coverage_of(year)
    assert (standing.total, standing.applied) == (4, 2)
    assert told.words == ["还没有申报：示例drafting工会、示例silent工会。"]
    [table] = told.tables
    states = {row[1]: (row[2], row[6]) for row in rows(table)}
    assert states["示例away工会"] == ("豁免", "今年新建")
    assert states["示例drafting工会"] == ("未申报", "已起草，还没有报送")
    assert states["示例awarded工会"][0] == "已申报"


# --- categories ---------------------------------------------------------------------------------


def test_categories_and_kinds_add_up_to_what_was_received(report):
    told = report("categories")
    # received, established, in notice, rejected, open, requested, granted
    everything = [4, 2, 1, 1, 0, Decimal("27700.10"), Decimal("24000.00")]

    for table in told.tables:
        assert [one for one in table.totals if not isinstance(one, str | None)] == everything
    assert list(figures(told).values()) == everything
    by_category = {row[0]: row[1:] for row in rows(by_title(told, "按项目类别"))}
    assert by_category["校园文化类"] == [2, 1, 0, 1, 0, Decimal("10700.00"), Decimal("8000.00")]
    assert by_category["民主管理类"] == [0, 0, 0, 0, 0, 0, 0]
    by_kind = {row[0]: row[1:] for row in rows(by_title(told, "按单位类型"))}
    assert by_kind["教职工文体协会"] == [1, 0, 1, 0, 0, Decimal("8000.00"), Decimal("8000.00")]


def test_what_was_granted_is_what_is_missing_from_the_budget(report, year):
    granted = figures(report("categories"))["批准经费合计"]
    sums = figures(report("money"))

    assert year.budget - granted == budget_left(year) == sums["年度经费剩余"]
    assert sums["立项批准"] + sums["公示中批准"] == granted


def test_the_report_counts_what_the_offices_lists_count(report, client):
    client.force_login(person_with(Role.SCHOOL_UNION))
    listed = client.get(reverse("office:calls")).context["calls"]

    applied = [call for call in listed if call.kind == FormKind.APPLICATION]
    assert sum(call.received for call in applied) == figures(report("categories"))["收到申报"]


# --- money --------------------------------------------------------------------------------------


def test_money_is_followed_from_the_wish_to_what_is_left(report):
    [table] = report("money").tables
    awarded, running = rows(table)

    assert awarded[4:] == [
        Decimal("10000.00"),
        Decimal("8000.00"),
        Decimal("5000.40"),
        Decimal("2999.60"),
        Decimal("1500.75"),
        Decimal("6499.25"),
    ]
    assert running[4:] == [
        Decimal("9000.10"),
        Decimal("8000.00"),
        0,
        Decimal("8000.00"),
        None,
        None,
    ]
    assert list(table.totals[4:]) == [
        Decimal("19000.10"),
        Decimal("16000.00"),
        Decimal("5000.40"),
        Decimal("10999.60"),
        Decimal("1500.75"),
        Decimal("6499.25"),
    ]


# --- progress -----------------------------------------------------------------------------------


def test_drafts_are_counted_and_not_listed(report):
    told = report("progress")

    assert "示例drafting工会" not in {row[1] for row in rows(by_title(told, "申报"))}
    assert any("1 份" in words for words in told.words)


# --- grades and awards --------------------------------------------------------------------------


def test_grades_and_awards_are_counted_as_the_public_reads_them(report, year, client):
    told = report("honours")

    assert figures(told) == {
        "已验收": 1,
        "优秀": 1,
        "良好": 0,
        "合格": 0,
        "不合格": 0,
        "表彰": 1,
    }
    public = client.get(reverse("brands:awards", args=[year.year])).context["count"]
    assert public == len(by_title(told, "表彰名单").rows) == 1
    assert rows(by_title(told, "等次分布"))[0] == ["优秀", 1, Decimal("100.0")]


def test_a_revoked_project_has_neither_grade_nor_award(report, year):
    project = Project.objects.get(title="示例获奖项目")
    cultivating.revoke(project, actor=Cast(project.unit).office, reason="经费使用不当")

    told = report_of(YearFacts(year), "honours")

    assert set(figures(told).values()) == {0}


# --- the record of a unit -----------------------------------------------------------------------


def test_a_units_record_tells_each_year_with_what_came_of_it(report):
    project = Project.objects.select_related("unit").get(title="示例获奖项目")
    told = unit_record(project.unit)

    [row] = rows(told.tables[0])
    assert row[1:] == [
        "示例获奖项目",
        "校园文化类",
        "已表彰",
        project.project_no,
        Decimal("10000.00"),
        Decimal("8000.00"),
        Decimal("1500.75"),
        1,
        "优秀",
        "十佳品牌",
    ]
    assert figures(told)["表彰"] == 1


def test_the_units_add_up_to_the_years(report, year):
    totals = all_units().tables[0].totals
    counted = figures(report("categories"))

    assert totals[2] == counted["收到申报"]
    assert totals[3] == counted["立项"]
    assert totals[4] == counted["批准经费合计"]
    assert totals[6] == figures(report("honours"))["表彰"]


# --- all of them --------------------------------------------------------------------------------


def test_every_report_is_in_the_catalogue_under_its_own_code(year):
    assert [one.code for one in all_reports(YearFacts(year))] == list(REPORTS)
