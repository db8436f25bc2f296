"""The year on the CMS home screen: its five steps, and who has applied to the open call."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.units.permissions import may_read_all

from ..models import CallPage, EntryStatus, FormKind, ProgrammeYear
from .queues import counts_by_status, coverage


def steps_of(year: ProgrammeYear) -> list[dict[str, str]]:
    """Return the five steps of a year (plan, section 4) with their dates, and which is now."""
    today = timezone.localdate()
    begins = year.apply_from
    steps = []
    for name, until in (
        (_("项目申报"), year.apply_until),
        (_("评审立项"), year.establish_until),
        (_("过程培育"), year.cultivate_until),
        (_("评估验收"), year.evaluate_until),
        (_("表彰奖励"), year.award_until),
    ):
        state = "done" if until < today else "now" if begins <= today else "next"
        steps.append({"name": name, "dates": f"{_short(begins)}–{_short(until)}", "state": state})
        begins = until + timedelta(days=1)
    return steps


def _short(day: date) -> str:
    return _("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}


class YearPanel(Component):
    """Five steps, and for each running call its numbers and the coverage of disciplinary colleges."""

    name = "programme_year"
    order = 60
    template_name = "forms_app/office/year_panel.html"
    media = Media(css={"all": ["css/admin/office.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the year and its calls."""
        year = ProgrammeYear.current()
        calls = CallPage.objects.filter(programme_year=year).order_by("opens_at") if year else []
        return {
            "year": year,
            "steps": steps_of(year) if year else [],
            "calls": [
                {
                    "call": call,
                    "coverage": coverage(call) if call.kind == FormKind.APPLICATION else None,
                    "counts": [
                        (status.label, counts[status])
                        for status in EntryStatus
                        if counts.get(status)
                    ],
                }
                for call in calls
                for counts in [counts_by_status(call)]
            ],
        }


def show_the_year(request: HttpRequest, panels: list[Component]) -> None:
    """Put the year on the home screen of the office and the auditors."""
    if may_read_all(request.user):
        panels.append(YearPanel())
