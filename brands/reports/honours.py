"""验收与表彰: the grades, and the award list."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Award, Grade, ProjectStatus
from .records import ProjectRecord
from .table import Cell, Column, Figure, Kind, Report, Table, items, share
from .year_facts import YearFacts

TONES = {Grade.EXCELLENT: "good", Grade.FAIL: "act"}


def honours(facts: YearFacts) -> Report:
    """Return the report. A revoked project has neither grade nor award here, as on the public list."""
    standing = [one for one in facts.records if one.project.status != ProjectStatus.REVOKED]
    judged = [one for one in standing if one.acceptance]
    grades = [one.acceptance.grade for one in judged]
    return Report(
        code="honours",
        title=_("验收与表彰"),
        lede=_("等次是校工会的验收结论，整改后重新验收的取最后一次；只有通过验收的项目参加表彰。"),
        figures=[
            Figure(_("已验收"), len(judged), f"/ {len(standing)}"),
            *(items(str(grade.label), grades.count(grade)) for grade in Grade),
            items(_("表彰"), len(facts.awards)),
        ],
        tables=[_awards(facts.awards), _distribution(grades), _grades(judged)],
    )


def _awards(awards: list[Award]) -> Table:
    return Table(
        title=_("表彰名单"),
        columns=[
            Column(_("序号"), Kind.COUNT, 6),
            Column(_("奖项"), width=16),
            Column(_("项目名称"), width=32, is_title=True),
            Column(_("单位"), width=28),
            Column(_("项目类别"), width=14),
            Column(_("立项编号"), Kind.CODE, 16),
            Column(_("表彰日期"), Kind.DAY, 16),
        ],
        rows=[
            [
                number,
                award.level.name,
                Cell(award.project.title, url=award.project.office_path),
                _unit_of(award.project),
                str(award.project.category),
                award.project.project_no,
                timezone.localdate(award.given_at),
            ]
            for number, award in enumerate(awards, start=1)
        ],
        empty=_("这一年还没有表彰。验收合格以后，在项目页上授奖。"),
    )


def _distribution(grades: list[str]) -> Table:
    return Table(
        title=_("等次分布"),
        columns=[
            Column(_("等次"), width=12, is_title=True),
            Column(_("项目（项）"), Kind.COUNT, 12),
            Column(_("占比（%）"), Kind.SHARE, 12),
        ],
        rows=[
            [str(grade.label), grades.count(grade), share(grades.count(grade), len(grades))]
            for grade in Grade
        ]
        if grades
        else [],
        totals=[_("合计"), len(grades), None] if grades else None,
        empty=_("这一年还没有验收。"),
    )


def _grades(judged: list[ProjectRecord]) -> Table:
    return Table(
        title=_("验收等次"),
        columns=[
            Column(_("立项编号"), Kind.CODE, 16),
            Column(_("项目名称"), width=32, is_title=True),
            Column(_("单位"), width=28),
            Column(_("专家评分"), Kind.SCORE, 10),
            Column(_("等次"), width=10),
            Column(_("验收日期"), Kind.DAY, 16),
            Column(_("奖项"), width=14),
        ],
        rows=[_grade(one) for one in judged],
        empty=_("总结表评审结束以后，在项目页上记录验收结论，这里就有等次。"),
    )


def _grade(record: ProjectRecord) -> list[Any]:
    project, verdict = record.project, record.acceptance
    return [
        project.project_no,
        Cell(project.title, url=project.office_path),
        _unit_of(project),
        verdict.score,
        Cell(verdict.get_grade_display(), tone=TONES.get(Grade(verdict.grade), "")),
        timezone.localdate(verdict.accepted_at),
        record.award.level.name if record.award else None,
    ]


def _unit_of(project: Any) -> Cell:
    return Cell(str(project.unit), url=reverse("yearly:unit", args=[project.unit.code]))
