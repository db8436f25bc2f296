"""The summary form: prefilled with what was approved and recorded, and the project goes with it."""

import pytest
from django.utils import timezone

from brands.cultivation import summarising
from brands.models import ProjectStatus as S
from forms_app.entries import sending
from forms_app.models import FormDefinition
from portal.lifecycle.door import Refused
from portal.messaging.models import Message
from tests.factories.forms import Cast
from tests.factories.projects import (
    activity_of,
    evaluated,
    project_in,
    summary_call,
    summary_of,
)

pytestmark = pytest.mark.django_db


def start(project):
    return summarising.start_summary(project, actor=Cast(project.unit).officer)


def test_the_form_knows_what_was_approved_and_done():
    project = project_in()
    form = FormDefinition.objects.get(name="项目总结表")
    summary_call(
        project.programme_year,
        form=form,
    )
    activity_of(project, name="示例开班", participants=30)
    activity_of(project, name="示例展示", participants=12, place="操场")

    answers = start(project).answers

    assert answers["title"] == project.title
    assert answers["granted"] == "8000.00"
    assert answers["participants_total"] == 42
    assert answers["activity_count"] == 2
    assert [row["name"] for row in answers["activities"]] == ["示例开班", "示例展示"]
    assert answers["indicator_results"] == [{"name": "活动场次", "target": 20, "unit_label": "场"}]
    assert answers["expenses"] == [
        {"category": "activity", "budgeted": "4000.00"},
        {"category": "publicity", "budgeted": "500.00"},
    ]


def test_without_a_call_there_is_nothing_to_fill_in_yet():
    project = project_in()

    with pytest.raises(Refused, match="还没有开始收总结表"):
        start(project)
    project.refresh_from_db()
    assert project.status == S.ESTABLISHED


def test_starting_twice_gives_the_same_form():
    project = project_in(S.SUMMARISING)

    assert start(project) == summary_of(project)


def test_a_returned_summary_takes_the_project_back():
    project = project_in(S.EVALUATING)

    sending.return_for_changes(
        summary_of(project), actor=Cast(project.unit).office, comment="照片太少", until=None
    )

    project.refresh_from_db()
    assert project.status == S.SUMMARISING


def test_a_withdrawn_summary_is_replaced_by_a_new_one():
    project = project_in(S.SUMMARISING)
    old = summary_of(project)
    sending.withdraw(old, actor=Cast(project.unit).officer)

    new = start(project)

    assert new != old
    assert project.summaries.get().entry == new


def test_rectifying_starts_a_second_round_that_can_still_be_sent():
    project = project_in(S.RECTIFYING)

    second = start(project)

    assert [it.round for it in project.summaries.all()] == [1, 2]
    assert second.call.deadline_for(project.unit) >= timezone.now()
    project.refresh_from_db()
    assert project.status == S.RECTIFYING


def test_the_office_hears_when_the_verdict_is_due():
    project = evaluated(project_in(S.EVALUATING))

    [told] = Message.objects.filter(kind="project_to_accept", channel="inbox")
    assert told.recipient == Cast(project.unit).office
    assert told.path == project.office_path
