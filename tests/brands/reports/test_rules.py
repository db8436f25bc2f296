"""What the reports go by: when a ranking is told, whose turn it is, which verdict counts, what a unit's record holds."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from brands.models import Project, ProjectStatus
from brands.reports.catalogue import all_reports, report_of
from brands.reports.records import records_of
from brands.reports.units import unit_record
from brands.reports.year_facts import YearFacts
from forms_app.covering import exempt
from forms_app.models import Entry, EntryStatus
from forms_app.review.reviewing import assign, close_review
from portal.units.models import Role
from tests.brands.reports.reading import figures, progress_of, rows
from tests.factories.forms import CallFactory, Cast, YearFactory, entry_in
from tests.factories.projects import (
    project_in,
    summed_up,
)
from tests.factories.reviews import finish
from tests.factories.units import UnitFactory, person_with

pytestmark = pytest.mark.django_db


def test_a_summary_that_is_still_with_the_unit_says_nothing_of_the_money():
    project = project_in(ProjectStatus.SUMMARISING)
    Entry.objects.filter(project_summary__project=project).update(
        answers={"expenses": [{"category": "activity", "spent": "1200.50"}]}
    )

    [record] = records_of(Project.objects.all())

    assert (record.spent, record.balance) == (None, None)


def test_a_ranking_waits_until_the_experts_have_finished(db):
    call = CallFactory(needs_chair=False, needs_party=False)
    office = person_with(Role.SCHOOL_UNION)
    better, worse = (
        entry_in(EntryStatus.IN_REVIEW, call=call, answers={"title": title})
        for title in ("示例高分", "示例低分")
    )
    for entry, less in ((worse, 7), (better, 1)):
        for expert in [person_with(Role.EXPERT) for _n in range(3)]:
            [given] = assign(entry, experts=[expert], actor=office)
            finish(given, less=less)
    close_review(better, actor=office)
    before = report_of(YearFacts(call.programme_year), "ranking")
    close_review(worse, actor=office)
    after = report_of(YearFacts(call.programme_year), "ranking")

    assert before.tables[0].rows == []
    assert "还没有结束" in before.tables[0].empty
    assert [(row[0], row[1], row[5]) for row in rows(after.tables[0])] == [
        (1, "示例高分", Decimal("99.00")),
        (2, "示例低分", Decimal("93.00")),
    ]


def test_what_is_late_stands_first_with_its_days(db):
    call = CallFactory()
    calm = entry_in(EntryStatus.AWAITING_CHAIR, call=call)
    late = entry_in(EntryStatus.RETURNED, call=call)
    Entry.objects.filter(pk=late.pk).update(return_until=timezone.localdate() - timedelta(days=3))

    first, second = progress_of(call.programme_year, "申报")

    assert (first["单位"], first["轮到谁"], first["逾期（天）"]) == (str(late.unit), "经办人", 3)
    assert (second["单位"], second["轮到谁"], second["逾期（天）"]) == (
        str(calm.unit),
        "工会主席",
        None,
    )
    assert second["期限"] == timezone.localdate(call.closes_at)


def test_more_time_for_a_unit_moves_its_date(db):
    call = CallFactory(closes_at=timezone.now() + timedelta(days=2))
    entry = entry_in(EntryStatus.AWAITING_PARTY, call=call)
    until = timezone.now() + timedelta(days=9)
    call.extensions.create(unit=entry.unit, until=until, reason="换届")

    [line] = progress_of(call.programme_year, "申报")

    assert line["期限"] == timezone.localdate(until)


@pytest.mark.parametrize(
    ("status", "whose"),
    [
        (ProjectStatus.ESTABLISHED, "经办人"),
        (ProjectStatus.CULTIVATING, "经办人"),
        (ProjectStatus.SUMMARISING, "经办人"),
        (ProjectStatus.EVALUATING, "校工会"),
        (ProjectStatus.RECTIFYING, "经办人"),
        (ProjectStatus.ACCEPTED, "校工会"),
    ],
)
def test_it_is_said_whose_turn_a_project_is(status, whose):
    project = project_in(status)

    [line] = progress_of(project.programme_year, "项目")

    assert line["轮到谁"] == whose
    assert line["期限"]


@pytest.mark.parametrize(
    "status",
    [
        ProjectStatus.FAILED,
        ProjectStatus.AWARDED,
        ProjectStatus.ARCHIVED,
        ProjectStatus.TERMINATED,
        ProjectStatus.REVOKED,
    ],
)
def test_what_has_come_to_its_end_is_nobodys_turn(status):
    project = project_in(status)

    assert progress_of(project.programme_year, "项目") == []


def test_after_a_rectification_the_last_verdict_counts(db):
    project = project_in(ProjectStatus.RECTIFYING)
    again = summed_up(project, grade="pass")

    told = report_of(YearFacts(again.programme_year), "honours")

    assert (figures(told)["合格"], figures(told)["不合格"]) == (1, 0)


def test_a_record_shows_the_years_without_an_application(db):
    unit = UnitFactory()
    office = Cast(unit).office
    YearFactory(year=2020)
    exempt(YearFactory(year=2021), unit=unit, actor=office, reason="换届")

    told = [(row[0], row[3]) for row in rows(unit_record(unit).tables[0])]

    assert told == [("2021年度", "豁免：换届"), ("2020年度", "未申报")]


def test_partners_find_their_joint_projects(db):
    partner = UnitFactory(code="partner")
    project = project_in()
    project.entry.partner_units.add(partner)

    [_years, joint] = unit_record(partner).tables

    assert rows(joint)[0][1:4] == [project.title, str(project.unit), project.project_no]


def test_a_year_without_anything_invites_in_every_table(db):
    for told in all_reports(YearFacts(YearFactory())):
        for table in told.tables:
            assert table.rows or table.empty
