"""分类统计: applied, established and rejected, and the sums, by category and by kind of unit."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from forms_app.models import Entry, EntryStatus
from forms_app.office.sheet import granted, requested
from portal.units.models import UnitKind

from .table import Column, Figure, Kind, Report, Table, items, total
from .year_facts import YearFacts


def categories(facts: YearFacts) -> Report:
    """Return the report; a category or a kind of unit without any application stands there with its zeros."""
    entries = facts.applications
    named = [(category.pk, category.name) for category in facts.categories]
    if any(entry.category_id is None for entry in entries):
        named.append((None, _("（未分类）")))
    kinds = [(kind.value, str(kind.label)) for kind in UnitKind]
    of_category = {key: [one for one in entries if one.category_id == key] for key, _n in named}
    of_kind = {key: [one for one in entries if one.unit.kind == key] for key, _n in kinds}
    everything = tally(entries)
    pairs = [
        [category, kind, *tally(both)]
        for key, category in named
        for code, kind in kinds
        if (both := [one for one in of_category[key] if one.unit.kind == code])
    ]
    return Report(
        code="categories",
        title=_("分类统计"),
        lede=_("报到校工会、没有放弃的申报，按项目类别和单位类型分别统计；批准经费包括公示中的。"),
        figures=_figures(everything),
        tables=[
            _table(
                _("按项目类别"), [_("项目类别")], [[n, *tally(of_category[k])] for k, n in named]
            ),
            _table(_("按单位类型"), [_("单位类型")], [[n, *tally(of_kind[k])] for k, n in kinds]),
            _table(_("项目类别与单位类型"), [_("项目类别"), _("单位类型")], pairs),
        ],
    )


def tally(entries: Iterable[Entry]) -> list[Any]:
    """Return how many of the applications were received, established, are in notice, were rejected, are still open; sums."""
    several = list(entries)
    states = [entry.status for entry in several]
    settled = [
        states.count(state)
        for state in (EntryStatus.APPROVED, EntryStatus.IN_NOTICE, EntryStatus.REJECTED)
    ]
    return [
        len(several),
        *settled,
        len(several) - sum(settled),
        total(map(requested, several)),
        total(map(granted, several)),
    ]


def _figures(counted: Sequence[Any]) -> list[Figure]:
    received, established, in_notice, rejected, under_way, asked, given = counted
    return [
        items(_("收到申报"), received),
        items(_("立项"), established),
        items(_("公示中"), in_notice),
        items(_("未立项"), rejected),
        items(_("办理中"), under_way),
        Figure(_("申请经费合计"), asked, _("元"), Kind.MONEY),
        Figure(_("批准经费合计"), given, _("元"), Kind.MONEY),
    ]


def _table(title: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    words = len(names)
    sums = [sum(column) for column in zip(*(row[words:] for row in rows), strict=True)]
    return Table(
        title=title,
        columns=[
            *(Column(name, width=18, is_title=not place) for place, name in enumerate(names)),
            Column(_("申报"), Kind.COUNT, 8),
            Column(_("立项"), Kind.COUNT, 8),
            Column(_("公示中"), Kind.COUNT, 8),
            Column(_("未立项"), Kind.COUNT, 8),
            Column(_("办理中"), Kind.COUNT, 8),
            Column(_("申请经费（元）"), Kind.MONEY, 18),
            Column(_("批准经费（元）"), Kind.MONEY, 18),
        ],
        rows=rows,
        totals=[_("合计"), *([None] * (words - 1)), *sums] if rows else None,
        empty=_("这一年还没有收到申报。"),
    )
