"""覆盖面: which disciplinary colleges have applied, who is exempt, and who is missing."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.covering import College

from ..measures import of_colleges
from .table import Cell, Column, Figure, Kind, Report, Table, share
from .year_facts import YearFacts


def coverage(facts: YearFacts) -> Report:
    """Return the report; the rule is `covering.coverage_of`."""
    standing = facts.coverage
    exempt = [one for one in standing.colleges if one.exemption and not one.has_applied]
    covered = share(standing.applied, standing.total)
    missing = standing.missing
    names = "、".join(str(one.unit) for one in missing)
    return Report(
        code="coverage",
        title=_("覆盖面"),
        lede=_("学科性学院原则上每年申报一项。分母是在用的学科性学院减去豁免的。"),
        figures=[
            Figure(_("应申报学院"), standing.total, of_colleges(standing.total)),
            Figure(_("已申报"), standing.applied, of_colleges(standing.applied)),
            Figure(
                _("未申报"), len(missing), of_colleges(len(missing)), tone="act" if missing else ""
            ),
            Figure(_("豁免"), len(exempt), of_colleges(len(exempt))),
            Figure(_("覆盖率"), covered, "" if covered is None else "%", Kind.SHARE),
        ],
        words=[_("还没有申报：%(units)s。") % {"units": names}] if missing else [],
        tables=[
            Table(
                title=_("各学院申报情况"),
                columns=[
                    Column(_("序号"), Kind.COUNT, 6),
                    Column(_("学院"), width=28, is_title=True),
                    Column(_("申报情况"), width=12),
                    Column(_("项目名称"), width=32),
                    Column(_("现在的状态"), width=14),
                    Column(_("报送日期"), Kind.DAY, 16),
                    Column(_("说明"), width=32),
                ],
                rows=[_row(number, one) for number, one in enumerate(standing.colleges, start=1)],
                empty=_("还没有登记学科性学院：在“单位与人员”的“单位”里勾选。"),
                wide=True,
            )
        ],
    )


def _row(number: int, college: College) -> list:
    entry = college.entry if college.has_applied else None
    if entry:
        state = Cell(_("已申报"), tone="good")
    elif college.exemption:
        state = Cell(_("豁免"), tone="stopped")
    else:
        state = Cell(_("未申报"), tone="act")
    said = college.exemption.reason if college.exemption else ""
    if not entry and not college.exemption and college.entry:
        said = _("已起草，还没有报送")
    return [
        number,
        Cell(str(college.unit), url=reverse("yearly:unit", args=[college.unit.code])),
        state,
        Cell(str(entry), url=reverse("office:entry", args=[entry.pk])) if entry else None,
        entry.get_status_display() if entry else None,
        timezone.localdate(entry.submitted_at) if entry else None,
        said,
    ]
