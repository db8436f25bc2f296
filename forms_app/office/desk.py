"""The year on the CMS home screen: its five steps, and who has applied to the open call."""

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from portal.units.permissions import may_read_all

from ..covering import coverage_of
from ..models import CallPage, EntryStatus, FormKind, ProgrammeYear
from ..steps import line_of_steps, states_on
from .queues import counts_by_status


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
            "steps": line_of_steps(year, states_on(year, timezone.localdate())) if year else [],
            "calls": [
                {
                    "call": call,
                    "coverage": coverage_of(call.programme_year)
                    if call.kind == FormKind.APPLICATION
                    else None,
                    "counts": [
                        (status, counts[status]) for status in EntryStatus if counts.get(status)
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
