"""The yearly reports and the units' records: each as a page in the CMS, a workbook and a print."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forms_app.models import ProgrammeYear
from forms_app.office.gate import for_the_office, frame
from portal.units.models import Unit
from portal.workbooks import CONTENT_TYPE

from ..reports.book import workbook_of
from ..reports.catalogue import REPORTS, all_reports, report_of
from ..reports.table import Report
from ..reports.units import all_units, unit_record
from ..reports.year_facts import YearFacts

ICON = "table"


# --- a year -------------------------------------------------------------------------------------


@require_safe
@for_the_office
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the running year's overview; without any year, say where one is made."""
    year = ProgrammeYear.current()
    if year:
        return redirect("yearly:year", year.year)
    return render(request, "brands/reports/no_year.html", frame(_("年度报表"), icon=ICON))


@require_safe
@for_the_office
def overview(request: HttpRequest, year: int) -> HttpResponse:
    """Show the figures of all reports of a year."""
    found = _year(year)
    context = {
        **_year_frame(found, ""),
        "reports": all_reports(YearFacts(found)),
        "file": reverse("yearly:year_xlsx", args=[year]),
        "paper": reverse("yearly:year_print", args=[year]),
    }
    return render(request, "brands/reports/overview.html", context)


@require_safe
@for_the_office
def year_book(request: HttpRequest, year: int) -> HttpResponse:
    """Hand out all reports of a year as one .xlsx file."""
    found = _year(year)
    return _book(all_reports(YearFacts(found)), title=_heading(found), overview=True)


@require_safe
@for_the_office
def year_print(request: HttpRequest, year: int) -> HttpResponse:
    """Show all reports of a year, to print and sign."""
    found = _year(year)
    back = reverse("yearly:year", args=[year])
    return _paper(request, all_reports(YearFacts(found)), heading=_heading(found), back=back)


@require_safe
@for_the_office
def report(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show one report of a year."""
    found = _year(year)
    context = {
        **_year_frame(found, code),
        "report": _report(found, code),
        "file": reverse("yearly:report_xlsx", args=[year, code]),
        "paper": reverse("yearly:report_print", args=[year, code]),
    }
    return render(request, "brands/reports/report.html", context)


@require_safe
@for_the_office
def report_book(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Hand out one report of a year as an .xlsx file."""
    found = _year(year)
    made = _report(found, code)
    return _book([made], title=_heading(found), name=made.title)


@require_safe
@for_the_office
def report_print(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show one report of a year, to print and sign."""
    found = _year(year)
    back = reverse("yearly:report", args=[year, code])
    return _paper(request, [_report(found, code)], heading=_heading(found), back=back)


# --- units --------------------------------------------------------------------------------------


@require_safe
@for_the_office
def units(request: HttpRequest) -> HttpResponse:
    """Show all units with what they have to show over the years."""
    context = {
        **_units_frame(_("单位档案")),
        "report": all_units(),
        "file": reverse("yearly:units_xlsx"),
        "paper": reverse("yearly:units_print"),
    }
    return render(request, "brands/reports/units.html", context)


@require_safe
@for_the_office
def units_book(request: HttpRequest) -> HttpResponse:
    """Hand the same out as an .xlsx file."""
    return _book([all_units()], title=_("“一会一品”单位档案"))


@require_safe
@for_the_office
def units_print(request: HttpRequest) -> HttpResponse:
    """Show the same to print and sign."""
    heading, back = _("“一会一品”历年统计"), reverse("yearly:units")
    return _paper(request, [all_units()], heading=heading, back=back)


@require_safe
@for_the_office
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit's record over the years."""
    found = _unit(code)
    context = {
        **_units_frame(found.name, (reverse("yearly:units"), _("单位档案"))),
        "report": unit_record(found),
        "file": reverse("yearly:unit_xlsx", args=[code]),
        "paper": reverse("yearly:unit_print", args=[code]),
    }
    return render(request, "brands/reports/units.html", context)


@require_safe
@for_the_office
def unit_book(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out one unit's record as an .xlsx file."""
    return _book([unit_record(_unit(code))], title=_("“一会一品”单位档案"), name=_unit(code).name)


@require_safe
@for_the_office
def unit_print(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit's record, to print, sign and stamp."""
    heading, back = _("“一会一品”单位档案"), reverse("yearly:unit", args=[code])
    return _paper(request, [unit_record(_unit(code))], heading=heading, back=back)


# --- what they share ----------------------------------------------------------------------------


def _year(year: int) -> ProgrammeYear:
    return get_object_or_404(ProgrammeYear, year=year)


def _unit(code: str) -> Unit:
    return get_object_or_404(Unit.objects.select_related("host"), code=code)


def _report(year: ProgrammeYear, code: str) -> Report:
    if code not in REPORTS:
        raise Http404
    return report_of(YearFacts(year), code)


def _heading(year: ProgrammeYear) -> str:
    return _("%(year)d年度“一会一品”") % {"year": year.year}


def _year_frame(year: ProgrammeYear, code: str) -> dict[str, Any]:
    """Return what the frame of a year's page needs: its way up, the other years, the reports."""
    if code in REPORTS:
        above = [(reverse("yearly:year", args=[year.year]), _("年度报表"))]
        title = f"{year} · {REPORTS[code][0]}"
    else:
        above, title = [], _("%(year)s · 年度报表") % {"year": year}
    return {
        **frame(title, icon=ICON, trail=above),
        "year": year,
        "code": code,
        "years": ProgrammeYear.objects.values_list("year", flat=True),
        "catalogue": [(key, label) for key, (label, _make) in REPORTS.items()],
    }


def _units_frame(title: str, *above: tuple[str, str]) -> dict[str, Any]:
    return frame(title, icon="group", trail=[(reverse("yearly:index"), _("年度报表")), *above])


def _book(
    reports: Iterable[Report], *, title: str, name: str = "", overview: bool = False
) -> HttpResponse:
    file = quote(f"{title}{name or _('年度报表') if overview else name}.xlsx")
    return HttpResponse(
        workbook_of(reports, title=title, overview=overview),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file}"},
    )


def _paper(request: HttpRequest, reports: list[Report], *, heading: str, back: str) -> HttpResponse:
    context = {
        "reports": reports,
        "heading": heading,
        "back": back,
        "printed_at": timezone.now(),
    }
    return render(request, "brands/reports/print.html", context)
