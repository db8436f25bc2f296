"""单位档案: one unit's record over the years, and the units to choose from."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms_app.models import Decision, Entry, EntryStatus, Exemption, FormKind, ProgrammeYear
from forms_app.office.queues import IN_FORCE
from forms_app.office.sheet import granted, requested
from portal.units.models import Unit

from ..measures import of_activities, of_attendances, of_times
from ..models import Acceptance, Award, Grade, Project, ProjectStatus
from .records import ProjectRecord, records_of
from .table import Cell, Column, Figure, Kind, Report, Table, items, total

HONOURS = ("模范职工小家", "先进工会工作集体", "优秀教职工文体协会")


def _received() -> QuerySet[Entry]:
    """Return the applications that count, of all years."""
    return Entry.objects.filter(kind=FormKind.APPLICATION, submitted_at__isnull=False).exclude(
        status=EntryStatus.WITHDRAWN
    )


def all_units() -> Report:
    """Return the units with what they have to show over all years (five queries)."""
    applied = Counter(_received().order_by().values_list("unit", flat=True))
    projects = Counter(Project.objects.order_by().values_list("unit", flat=True))
    grants: defaultdict[int, Decimal] = defaultdict(Decimal)
    for unit, amount in Decision.objects.filter(IN_FORCE).values_list(
        "entry__unit", "amount_granted"
    ):
        grants[unit] += amount
    awards = Counter(
        Award.objects.exclude(project__status=ProjectStatus.REVOKED)
        .order_by()
        .values_list("project__unit", flat=True)
    )
    excellent = Counter(
        Acceptance.objects.filter(grade=Grade.EXCELLENT)
        .exclude(summary__project__status=ProjectStatus.REVOKED)
        .values_list("summary__project__unit", flat=True)
    )
    shown = Unit.objects.filter(Q(is_active=True) | Q(pk__in=list(applied)))
    rows = [
        [
            Cell(unit.name, url=reverse("yearly:unit", args=[unit.code])),
            unit.get_kind_display(),
            applied[unit.pk],
            projects[unit.pk],
            grants[unit.pk],
            excellent[unit.pk],
            awards[unit.pk],
        ]
        for unit in shown
    ]
    return Report(
        code="units",
        title=_("单位档案"),
        lede=_("每个单位历年的申报、立项、经费、等次和表彰。"),
        figures=[],
        tables=[
            Table(
                title=_("历年合计"),
                columns=[
                    Column(_("单位"), width=28, is_title=True),
                    Column(_("单位类型"), width=16),
                    Column(_("申报（项）"), Kind.COUNT, 10),
                    Column(_("立项（项）"), Kind.COUNT, 10),
                    Column(_("批准经费（元）"), Kind.MONEY, 18),
                    Column(_("优秀（次）"), Kind.COUNT, 10),
                    Column(_("表彰（次）"), Kind.COUNT, 10),
                ],
                rows=rows,
                totals=[_("合计"), None, *(sum(row[n] for row in rows) for n in range(2, 7))]
                if rows
                else None,
                empty=_("还没有登记单位：在“单位与人员”里导入或添加。"),
            )
        ],
    )


def unit_record(unit: Unit) -> Report:
    """Return one unit's record over the years (a fixed number of queries)."""
    entries = list(
        _received()
        .filter(unit=unit)
        .select_related("call__programme_year", "category", "decision")
        .order_by("-call__programme_year__year", "pk")
    )
    records = records_of(Project.objects.filter(unit=unit))
    by_entry = {one.project.entry_id: one for one in records}
    standing = [one for one in records if one.project.status != ProjectStatus.REVOKED]
    verdicts = [one.acceptance for one in standing if one.acceptance]
    awards = [one for one in standing if one.award]
    activities = sum(one.activities for one in records)
    participants = sum(one.participants for one in records)
    excellent = sum(one.grade == Grade.EXCELLENT for one in verdicts)
    joint = _joint(unit)
    return Report(
        code=unit.code,
        title=unit.name,
        lede=_facts_of(unit),
        figures=[
            items(_("申报"), len(entries)),
            items(_("立项"), len(records)),
            Figure(_("批准经费合计"), total(map(granted, entries)), _("元"), Kind.MONEY),
            Figure(_("优秀"), excellent, of_times(excellent)),
            Figure(_("表彰"), len(awards), of_times(len(awards))),
            Figure(_("活动"), activities, of_activities(activities)),
            Figure(_("参与"), participants, of_attendances(participants)),
        ],
        words=[_("可作为评选%(honours)s的参考。") % {"honours": "、".join(HONOURS)}],
        tables=[_years(unit, entries, by_entry), *([joint] if joint.rows else [])],
    )


def _facts_of(unit: Unit) -> str:
    told = [str(unit.get_kind_display())]
    if unit.is_disciplinary:
        told.append(_("学科性学院"))
    if unit.host:
        told.append(_("挂靠%(host)s") % {"host": unit.host})
    if unit.member_count:
        told.append(
            ngettext("会员 %(count)d 人", "会员 %(count)d 人", unit.member_count)
            % {"count": unit.member_count}
        )
    if not unit.is_active:
        told.append(_("已停用"))
    return " · ".join(told)


def _years(unit: Unit, entries: list[Entry], by_entry: dict[int, ProjectRecord]) -> Table:
    rows = [
        (entry.call.programme_year.year, _row(entry, by_entry.get(entry.pk))) for entry in entries
    ]
    rows += _without_application(unit, {year for year, _cells in rows})
    rows.sort(key=lambda pair: -pair[0])
    known = list(by_entry.values())
    return Table(
        title=_("历年申报与项目"),
        columns=[
            Column(_("年度"), Kind.CODE, 12),
            Column(_("项目名称"), width=32, is_title=True),
            Column(_("项目类别"), width=14),
            Column(_("结果"), width=24),
            Column(_("立项编号"), Kind.CODE, 16),
            Column(_("申请经费（元）"), Kind.MONEY, 16),
            Column(_("批准经费（元）"), Kind.MONEY, 16),
            Column(_("决算支出（元）"), Kind.MONEY, 16),
            Column(_("活动（场）"), Kind.COUNT, 8),
            Column(_("等次"), width=8),
            Column(_("奖项"), width=14),
        ],
        rows=[cells for _year, cells in rows],
        totals=[
            _("合计"),
            *[None] * 4,
            total(map(requested, entries)),
            total(map(granted, entries)),
            total(one.spent for one in known),
            sum(one.activities for one in known),
            None,
            None,
        ]
        if entries
        else None,
        empty=_("这个单位还没有申报过。"),
        wide=True,
    )


def _row(entry: Entry, record: ProjectRecord | None) -> list[Any]:
    project = record.project if record else None
    verdict = record.acceptance if record else None
    stands = record is not None and project.status != ProjectStatus.REVOKED
    return [
        str(entry.call.programme_year),
        Cell(
            project.title if project else str(entry),
            url=project.office_path if project else reverse("office:entry", args=[entry.pk]),
        ),
        str(entry.category or ""),
        project.get_status_display() if project else entry.get_status_display(),
        project.project_no if project else None,
        requested(entry),
        granted(entry),
        record.spent if record else None,
        record.activities if record else None,
        verdict.get_grade_display() if verdict else None,
        record.award.level.name if stands and record.award else None,
    ]


def _without_application(unit: Unit, applied: Iterable[int]) -> list[tuple[int, list[Any]]]:
    """Return a row for each year in which the unit was exempt, or a disciplinary college that let the time run out."""
    exempt = dict(Exemption.objects.filter(unit=unit).values_list("programme_year__year", "reason"))
    rows = []
    for year in ProgrammeYear.objects.exclude(year__in=list(applied)):
        if year.year in exempt:
            said = Cell(_("豁免：%(reason)s") % {"reason": exempt[year.year]}, tone="stopped")
        elif unit.is_disciplinary and unit.is_active and year.apply_until < timezone.localdate():
            said = Cell(_("未申报"), tone="act")
        else:
            continue
        rows.append((year.year, [str(year), None, None, said, *[None] * 7]))
    return rows


def _joint(unit: Unit) -> Table:
    """Return the projects of others in which the unit took part."""
    partner = (
        Project.objects.filter(entry__partner_units=unit)
        .exclude(unit=unit)
        .select_related("programme_year", "unit", "category")
    )
    return Table(
        title=_("参加的联合项目"),
        columns=[
            Column(_("年度"), Kind.CODE, 12),
            Column(_("项目名称"), width=32, is_title=True),
            Column(_("牵头单位"), width=28),
            Column(_("立项编号"), Kind.CODE, 16),
            Column(_("状态"), width=14),
        ],
        rows=[
            [
                str(project.programme_year),
                Cell(project.title, url=project.office_path),
                str(project.unit),
                project.project_no,
                project.get_status_display(),
            ]
            for project in partner
        ],
    )
