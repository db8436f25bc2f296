"""经费: what was applied for, granted, paid, spent and left, project by project."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forms_app.models import EntryStatus
from forms_app.office.sheet import granted

from .records import ProjectRecord
from .table import Cell, Column, Figure, Kind, Report, Table, total
from .year_facts import YearFacts


def money(facts: YearFacts) -> Report:
    """Return the report; what is left of the budget is the office's own figure, which counts grants in notice too."""
    records = facts.records
    in_notice = total(
        granted(entry) for entry in facts.applications if entry.status == EntryStatus.IN_NOTICE
    )
    sums = [total(column) for column in zip(*map(_sums, records), strict=True)]
    _asked, given, paid, _unpaid, spent, balance = sums or [total([])] * 6
    yuan = _("元")
    figures = [
        Figure(_("年度经费"), facts.year.budget, yuan, Kind.MONEY),
        Figure(_("立项批准"), given, yuan, Kind.MONEY),
        Figure(_("公示中批准"), in_notice, yuan, Kind.MONEY),
        Figure(
            _("年度经费剩余"),
            facts.budget_left,
            yuan,
            Kind.MONEY,
            tone="act" if facts.budget_left < 0 else "",
        ),
        Figure(_("已下达"), paid, yuan, Kind.MONEY),
        Figure(_("决算支出"), spent, yuan, Kind.MONEY),
        Figure(_("项目结余"), balance, yuan, Kind.MONEY),
    ]
    return Report(
        code="money",
        title=_("经费"),
        lede=_("每个项目申请、批准、下达、支出和结余各多少，单位都是元。"),
        figures=figures,
        tables=[
            Table(
                title=_("项目经费"),
                columns=[
                    Column(_("立项编号"), Kind.CODE, 16),
                    Column(_("项目名称"), width=32, is_title=True),
                    Column(_("单位"), width=28),
                    Column(_("状态"), width=12),
                    Column(_("申请"), Kind.MONEY, 14),
                    Column(_("批准"), Kind.MONEY, 14),
                    Column(_("已下达"), Kind.MONEY, 14),
                    Column(_("待下达"), Kind.MONEY, 14),
                    Column(_("决算支出"), Kind.MONEY, 14),
                    Column(_("结余"), Kind.MONEY, 14),
                ],
                rows=[_row(record) for record in records],
                totals=[_("合计"), None, None, None, *sums] if records else None,
                note=_(
                    "决算支出取自报到校工会的总结表，没有报送的空着；结余＝批准－决算支出，与总结表的算法一致。"
                ),
                empty=_("这一年还没有立项的项目。"),
                wide=True,
            )
        ],
    )


def _sums(record: ProjectRecord) -> list[Any]:
    return [
        record.requested,
        record.project.granted,
        record.paid,
        record.unpaid,
        record.spent,
        record.balance,
    ]


def _row(record: ProjectRecord) -> list[Any]:
    project = record.project
    return [
        project.project_no,
        Cell(project.title, url=project.office_path),
        Cell(str(project.unit), url=reverse("yearly:unit", args=[project.unit.code])),
        project.get_status_display(),
        *_sums(record),
    ]
